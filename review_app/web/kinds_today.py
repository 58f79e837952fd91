"""Kinds of report for pages: what one is called, and which ones the method of a review makes today."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from review_app.config import Settings
from review_app.queries import methods
from review_app.queries.seats import Seat
from review_app.reports.kinds.kind import Kind


def titled(kind: Kind[Any]) -> tuple[str, str]:
    """Return how a kind is called, and what it is: its title says both, with a colon between."""
    name, _colon, about = _(kind.title).partition(":")
    return name.strip(), about.strip()


def of_method(seat: Seat) -> tuple[str, ...]:
    """Return the kinds that the method of a review makes as it is on offer today."""
    settings: Settings = current_app.config["SETTINGS"]
    return methods.reports_today(seat.review.edition.name, settings.methods_dir)
