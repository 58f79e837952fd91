"""`flask mail`: what waits in the outbox, and sending it without a worker."""

from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.tasks import letters

group = AppGroup("mail", help="The outbox.")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("list")
def list_letters() -> None:
    """Print every letter that has not left: number, kind, address, tries, trouble; tab separated."""
    query = select(Letter).where(Letter.sent_at.is_(None)).order_by(Letter.id)
    for letter in db.session.scalars(query):
        if letter.given_up_at is None or letter.trouble:
            cells = (str(letter.id), letter.kind, letter.address, str(letter.tries), letter.trouble)
            click.echo("\t".join(cells).rstrip("\t"))


@group.command("send")
def send() -> None:
    """Send now what is due, and print how many letters left."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"{letters.drain(app)} sent")
