"""Background work: thin, idempotent, no arguments but names and numbers."""

from flask import Flask

from review_app.config import Settings


def bind(app: Flask, settings: Settings) -> None:
    """Bind the queue to the app."""
    app.extensions["wake"] = lambda: None
