"""`flask people`: the first account of a network, and who is in it."""

from datetime import timedelta
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from review_app.config import Settings
from review_app.domain.addresses import is_address
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line, email_identity
from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db
from review_app.models.access import Purpose
from review_app.models.network import Person
from review_app.queries import own_data
from review_app.services import access, erasure, links
from review_app.tasks import erasing

group = AppGroup("people", help="People with an account.")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("add-secretariat")
@click.argument("email")
@click.option("--name", default="", help="The person's name.")
def add_secretariat(email: str, name: str) -> None:
    """Give EMAIL the right secretariat, with an account if there is none, and print a personal sign-in link."""
    email = clean_line(email)
    if not is_address(email):
        raise click.ClickException(f"{email} is not an e-mail address.")
    person = _person(email) or _new(email, clean_line(name)[:120])
    access.give_right(person, NetworkRight.SECRETARIAT)
    settings = _settings()
    link = links.make(Purpose.SIGN_IN, email=person.email, person=person)
    token = links.hand_out(link, str(current_app.secret_key), timedelta(days=settings.link_days))
    db.session.commit()
    click.echo(f"{person.name} <{person.email}> belongs to the secretariat. To sign in, once, in a browser:")
    click.echo(f"{settings.address}/link/{token}")


@group.command("list")
def list_people() -> None:
    """Print everybody: address, name, organisation, rights; tab separated."""
    load = (joinedload(Person.organisation), joinedload(Person.rights))
    query = select(Person).where(Person.email != "").options(*load).order_by(Person.name)
    for person in db.session.scalars(query).unique():
        rights = ", ".join(sorted(row.right.value for row in person.rights))
        city = person.organisation.name if person.organisation else ""
        state = "" if person.is_active else "closed"
        click.echo("\t".join((person.email, person.name, city, rights, state)).rstrip("\t"))


@group.command("export")
@click.argument("email")
def export(email: str) -> None:
    """Print everything kept about EMAIL and everything they wrote, as JSON: for that person only."""
    click.echo(own_data.as_file(_known(email)), nl=False)


@group.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")
def erase(email: str, *, yes: bool) -> None:
    """Erase EMAIL for good: account, roles, what only they said, and their name wherever it stands."""
    person = _known(email)
    settings = _settings()
    if not yes:
        click.confirm(f"Erase {person.name} <{person.email}> for good?", abort=True)
    try:
        erasure.erase(person, settings=settings)
    except Unacceptable as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    erasing.finish(settings)
    click.echo("Erased. Published reports that named them are being printed anew without the name.")
    click.echo("Letters that a mail server has delivered are out of reach. Backups forget when they grow old.")


def _known(email: str) -> Person:
    person = _person(email)
    if person is None or not person.email:
        raise click.ClickException(f"Nobody has the address {email}. See: flask people list")
    return person


def _person(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.identity == email_identity(email)))


def _new(email: str, name: str) -> Person:
    person = Person(email=email, identity=email_identity(email), name=name or email.split("@", maxsplit=1)[0])
    db.session.add(person)
    db.session.flush()
    return person


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
