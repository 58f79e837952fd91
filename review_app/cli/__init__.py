"""Commands: the door for operators."""

from flask import Flask

from review_app.cli import (
    audit,
    backups,
    brand,
    demo,
    files,
    importing,
    mail,
    methods,
    people,
    privacy,
    reports,
    reviews,
    serving,
    translations,
)

ROOMS = (
    audit,
    reviews,
    reports,
    importing,
    demo,
    people,
    privacy,
    mail,
    methods,
    brand,
    files,
    backups,
    serving,
    translations,
)


def bind(app: Flask) -> None:
    """Add every command group."""
    for room in ROOMS:
        room.bind(app)
