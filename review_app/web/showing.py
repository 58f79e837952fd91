"""Shows a page of a review: its caption, its seat, its template."""

from typing import Any

from flask import render_template

from review_app.queries import cities
from review_app.queries.seats import Seat


def caption(seat: Seat) -> str:
    """Return the line above the heading: the hosts and the title of the review."""
    hosts = ", ".join(host.name for host in cities.hosts(seat.review))
    return f"{hosts} · {seat.review.title}" if hosts else seat.review.title


def show(template: str, seat: Seat, **values: Any) -> str:
    """Return a page of a review."""
    return render_template(template, seat=seat, review=seat.review, caption=caption(seat), **values)
