"""Commands: the door for operators."""

from flask import Flask


def bind(app: Flask) -> None:
    """Add every command group."""
