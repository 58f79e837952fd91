"""`flask reviews list`: every review of the network in one line."""

from datetime import date
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import Select, func, select

from review_app.domain.vocabulary import Side
from review_app.extensions.database import db
from review_app.models.network import Organisation
from review_app.models.review import Review, ReviewCity

reviews_group = AppGroup("reviews", help="Reviews.")


def bind(app: Flask) -> None:
    """Add the group; import and export join it from their own room."""
    app.cli.add_command(reviews_group)


@reviews_group.command("list")
def list_reviews() -> None:
    """Print reference, stage, host, title, first and last day; tab separated."""
    for ref, stage, title, starts, ends, host in db.session.execute(_query()):
        click.echo("\t".join((ref, stage, host or "", title, _day(starts), _day(ends))))


def _query() -> Select[Any]:
    host = (
        select(func.min(Organisation.name))
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(ReviewCity.review_id == Review.id, ReviewCity.side == Side.HOST)
        .scalar_subquery()
    )
    columns = (Review.ref, Review.stage, Review.title, Review.starts_on, Review.ends_on, host)
    return select(*columns).order_by(Review.starts_on, Review.ref)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
