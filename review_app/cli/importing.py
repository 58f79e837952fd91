"""`flask reviews import` and `export`, and `flask organisations load`: facts in, facts out."""

import json
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from review_app.cli import reading
from review_app.cli.audit import noted
from review_app.config import Settings
from review_app.domain import review_document, review_file
from review_app.extensions.database import db
from review_app.models.review import MethodEdition, Review
from review_app.queries import exporting, methods
from review_app.services import importing
from review_app.services.openings import edition_of
from review_app.world import network

METHOD = "critical_friend_review"


def bind(app: Flask) -> None:
    """Add the commands, to the group of reviews where it stands already."""
    group = cast(click.Group, app.cli.commands.setdefault("reviews", AppGroup("reviews", help="Reviews.")))
    group.add_command(bring_in)
    group.add_command(give_out)
    app.cli.add_command(organisations)


@click.command("import")
@click.argument("file", type=Path)
@with_appcontext
def bring_in(file: Path) -> None:
    """Take in reviews held elsewhere from FILE.json: all of them, or none and the reasons (docs/import.md)."""
    largest = _settings().import_bytes
    try:
        reviews = review_file.read(reading.content(file, largest=largest), largest=largest)
        tally = importing.take_in(reviews, _edition(), gazetteer=network.gazetteer())
    except review_file.Faulty as fault:
        db.session.rollback()
        raise _told(file, fault) from fault
    db.session.commit()
    click.echo(str(tally))


@click.command("export")
@click.argument("ref")
@with_appcontext
def give_out(ref: str) -> None:
    """Print the review REF as a document that `flask reviews import` takes."""
    review = db.session.scalar(select(Review).where(Review.ref == ref))
    if review is None:
        raise click.ClickException(f"There is no review “{ref}”.")
    plain = review_document.document([exporting.facts(review)], what=f"The review {ref}, as facts")
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    noted("export", review)


organisations = AppGroup("organisations", help="Member organisations and other places.")


@organisations.command("load")
def load_organisations() -> None:
    """Make the organisations the project ships facts about; a second time changes nothing."""
    new = network.plant_organisations()
    db.session.commit()
    click.echo(f"{len(network.gazetteer())} organisations known: {new} new.")


def _edition() -> MethodEdition:
    return edition_of(methods.definitions(_settings().methods_dir)[METHOD])


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])


def _told(file: Path, fault: review_file.Faulty) -> click.ClickException:
    problems = "\n".join(f"  {problem}" for problem in fault.problems)
    return click.ClickException(f"{file.name} was not taken in, nothing was changed:\n{problems}")
