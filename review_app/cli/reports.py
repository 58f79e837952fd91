"""Commands on reports: print one into a file, list the kinds there are."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from review_app.cli.audit import noted
from review_app.config import Settings
from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.queries import methods
from review_app.reports.kinds import registry
from review_app.reports.printing import press
from review_app.reports.printing.failures import PrintFailed
from review_app.services import publishing

KINDS = {"highlights": "Highlights report: two to four pages for readers who were not there"}


def bind(app: Flask) -> None:
    """Add the commands on reports."""
    app.cli.add_command(reports_group)


@click.group("reports")
def reports_group() -> None:
    """Print reports."""


@reports_group.command("build")
@click.argument("ref")
@click.option("--kind", default="highlights", show_default=True, help="Which report; see: flask reports kinds")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@with_appcontext
def build(ref: str, kind: str, out: Path) -> None:
    """Print the report of review REF: the published one, or a draft when none is published."""
    review = _review(ref)
    _check(kind, review)
    snapshot = publishing.snapshot_of(review, made_by="command line")
    db.session.rollback()
    try:
        printed = press.print_to(out, snapshot)
    except PrintFailed as failed:
        _stop(failed.told(lambda sentence: sentence))
    except OSError as trouble:
        _stop(f"{out} cannot be written: {trouble.strerror or trouble}.")
    click.echo(f"{out}: {printed.pages} pages, SHA-256 {printed.sha256}")
    noted("print a report into a file", review)


@reports_group.command("kinds")
@with_appcontext
def kinds() -> None:
    """List the kinds of reports that the methods here know."""
    settings: Settings = current_app.config["SETTINGS"]
    for kind in sorted(_known(settings.methods_dir)):
        title = registry.KINDS[kind].title if kind in registry.KINDS else ""
        click.echo(f"{kind}  {title}".rstrip())


def _review(ref: str) -> Review:
    review = db.session.scalar(select(Review).where(Review.ref == ref))
    if review is None:
        _stop(f"There is no review with the reference “{ref}”. See: flask reviews list")
    return review


def _check(kind: str, review: Review) -> None:
    method = methods.of(review.edition)
    if kind not in method.reports or kind not in KINDS:
        _stop(f"This method makes no report of the kind “{kind}”; it makes: {', '.join(method.reports)}.")


def _known(folder: Path) -> set[str]:
    found = methods.definitions(folder).values()
    return {str(kind) for definition in found for kind in definition.get("reports", ())}


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
