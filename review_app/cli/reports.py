"""Commands on reports: write one into a file, in any form and language; list the kinds there are."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from review_app.cli.audit import noted
from review_app.config import Settings
from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.domain.printing import Form as PrintForm
from review_app.domain.refusal import Unacceptable
from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.queries import methods
from review_app.queries.reports import issued_kinds
from review_app.reports.exports.forms import FORMS, Form
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.reports.printing import press, shelf
from review_app.reports.printing.failures import PrintFailed
from review_app.services import publishing, synthesis_publishing

MAKER, SYNTHESIS = "command line", "synthesis"


def bind(app: Flask) -> None:
    """Add the commands on reports."""
    app.cli.add_command(reports_group)


@click.group("reports")
def reports_group() -> None:
    """Print reports."""


@reports_group.command("build")
@click.argument("ref", required=False)
@click.option("--kind", default="highlights", show_default=True, help="Which report; see: flask reports kinds")
@click.option("--format", "form", default="pdf", show_default=True, type=click.Choice(list(FORMS)))
@click.option("--lang", default=FALLBACK, show_default=True, type=click.Choice(list(LANGUAGES)), metavar="XX")
@click.option("--reviews", default="", metavar="REF,REF,...", help="The published reviews of a synthesis.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@with_appcontext
def build(ref: str | None, kind: str, form: str, lang: str, reviews: str, out: Path) -> None:
    """Write the report of review REF into a file: the published one, or a draft when none is published.

    A synthesis is made of many: --kind synthesis --reviews REF,REF,...
    """
    review = _review(ref) if ref else None
    paper = _synthesis(reviews) if kind == SYNTHESIS else _paper(kind, review)
    db.session.rollback()
    click.echo(_written(paper.spoken(lang), FORMS[form], out))
    noted("print a report into a file", review)


@reports_group.command("kinds")
@with_appcontext
def kinds() -> None:
    """List the kinds of reports that the methods here know."""
    settings: Settings = current_app.config["SETTINGS"]
    for kind in sorted({*_known(settings.methods_dir), SYNTHESIS}):
        title = registry.KINDS[kind].title if kind in registry.KINDS else ""
        click.echo(f"{kind}  {title}".rstrip())


def _paper(kind: str, review: Review | None) -> Paper:
    if review is None:
        _stop("Say of which review: flask reports build REF --out FILE")
    _check(kind, review)
    return publishing.snapshot_of(review, made_by=MAKER, kind=kind)


def _synthesis(reviews: str) -> Paper:
    refs = [part.strip() for part in reviews.split(",") if part.strip()]
    if not refs:
        _stop("Say of which reviews: flask reports build --kind synthesis --reviews REF,REF,... --out FILE")
    try:
        return synthesis_publishing.draft_of_reviews(refs, made_by=MAKER)
    except Unacceptable as trouble:
        _stop(trouble.sentence % trouble.values)


def _written(paper: Paper, form: Form, out: Path) -> str:
    """Write a report and say what was written, or stop with the sentence that says why not."""
    try:
        if form.make is None:
            printed = press.print_to(out, paper, PrintForm(form.name), mode=shelf.ORDINARY)
            return f"{out}: {printed.pages} pages, SHA-256 {printed.sha256}"
        done = shelf.put(out, form.make(paper, ""), mode=shelf.ORDINARY)
    except PrintFailed as failed:
        _stop(failed.told(lambda sentence: sentence))
    except OSError as trouble:
        _stop(f"{out} cannot be written: {trouble.strerror or trouble}.")
    return f"{out}: {done.size} bytes, SHA-256 {done.sha256}"


def _review(ref: str) -> Review:
    review = db.session.scalar(select(Review).where(Review.ref == ref))
    if review is None:
        _stop(f"There is no review with the reference “{ref}”. See: flask reviews list")
    return review


def _check(kind: str, review: Review) -> None:
    listed = methods.of(review.edition).reports
    if kind not in {*listed, *issued_kinds(review)} or kind not in registry.KINDS:
        _stop(f"This method makes no report of the kind “{kind}”; it makes: {', '.join(listed)}.")


def _known(folder: Path) -> set[str]:
    found = methods.definitions(folder).values()
    return {str(kind) for definition in found for kind in definition.get("reports", ())}


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
