"""Commands: the door for operators."""

from flask import Flask

from review_app.cli import demo, files, importing, mail, methods, people, reports, reviews, serving

ROOMS = (reviews, reports, importing, demo, people, mail, methods, files, serving)


def bind(app: Flask) -> None:
    """Add every command group."""
    for room in ROOMS:
        room.bind(app)
