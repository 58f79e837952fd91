"""Reports and papers of a review: which there are, in which form and language, to read and to take away."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.domain.printing import Form as PrintForm
from review_app.domain.visibility import Thing
from review_app.models.publishing import Rendering
from review_app.queries import reports as reading
from review_app.queries.seats import Seat
from review_app.reports import page
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds.kind import Kind
from review_app.services import late_reports, papers, renderings
from review_app.services.publishing import CORRECT, PRINT
from review_app.web import kinds_today, prints, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, sees
from review_app.web.offers import (
    Offer,
    form_asked,
    form_named,
    form_of_file,
    in_every_form,
    language_asked,
    language_named,
    made_at_once,
)
from review_app.web.showing import show
from review_app.web.waking import wake_worker

bp = Blueprint("papers", __name__, url_prefix="/reviews/<ref>/papers")


@bp.get("")
@sees(Thing.REVIEW)
def index(seat: Seat) -> ResponseReturnValue:
    """Show every paper that the reader may have, in every form."""
    language = language_asked()
    return show(
        "papers/index.html",
        seat,
        offers=[_offer(kind, seat, language) for kind in papers.kinds_for(seat)],
        missing=[(kind.name, *kinds_today.titled(kind)) for kind in _missing(seat)],
        languages=LANGUAGES,
        spoken=language,
    )


@bp.get("/<paper>")
@sees(Thing.REVIEW)
def read(seat: Seat, paper: str) -> ResponseReturnValue:
    """Show a paper as a page."""
    kind, made = _asked(seat, paper)
    _note(seat, kind)
    return show(
        "papers/read.html",
        seat,
        paper=kind.name,
        article=page.body(made),
        offer=_offer(kind, seat, made.language),
        languages=LANGUAGES,
        spoken=made.language,
    )


@bp.get("/<paper>.<form>")
@sees(Thing.REVIEW)
def download(seat: Seat, paper: str, form: str) -> ResponseReturnValue:
    """Hand out a paper as a file."""
    kind, made = _asked(seat, paper)
    shape = form_of_file(form)
    if shape.make is None:
        return _print_of(seat, kind, made, shape)
    answer = made_at_once(made, shape)
    _note(seat, kind, downloaded=True)
    return answer


@bp.get("/<paper>/print")
@sees(Thing.REVIEW)
def progress(seat: Seat, paper: str) -> ResponseReturnValue:
    """Show how far the print of a paper is, or offer to make it; the page looks again by itself."""
    kind, made = _asked(seat, paper)
    form = form_asked()
    row = _row(seat, made, form)
    page_of_print = show(
        "papers/print.html",
        seat,
        kind=kind,
        name=kinds_today.titled(kind)[0],
        title=FORMS[form.value].title,
        languages=LANGUAGES,
        spoken=made.language,
        address=_address(seat, kind, form, made.language),
        asked=row is not None,
        prints=_may_print(kind, seat),
        form=PageForm(formdata=None),
        **prints.standing(row),
    )
    return prints.watched(page_of_print, prints.look_again(row) if row else None)


@bp.post("/<paper>/print")
@commits
@sees(Thing.REVIEW)
def print_paper(seat: Seat, paper: str) -> ResponseReturnValue:
    """Freeze a paper as it is now and ask for its print; nothing is printed twice."""
    kind, made = _asked(seat, paper)
    if not _may_print(kind, seat):
        abort(404)
    report = papers.print_paper(kind, seat) or abort(404)
    form = form_asked()
    renderings.ask(report.digest, form=form, language=made.language, folder=prints.folder())
    return redirect(url_for(".progress", **_address(seat, kind, form, made.language)), 303)


@bp.post("/<paper>/cancel")
@commits
@sees(Thing.REVIEW)
def cancel(seat: Seat, paper: str) -> ResponseReturnValue:
    """Let the print of what bears no number be."""
    kind, made = _asked(seat, paper)
    form = form_asked()
    row = _row(seat, made, form)
    if row is not None and made.number is None and _may_print(kind, seat):
        renderings.cancel(row)
    return redirect(url_for(".progress", **_address(seat, kind, form, made.language)), 303)


def _asked(seat: Seat, name: str) -> tuple[Kind[Any], Paper]:
    kind = papers.find_kind(name, seat) or abort(404)
    made = papers.paper_for(kind, seat) or abort(404)
    return kind, made.spoken(language_asked())


def _missing(seat: Seat) -> tuple[Kind[Any], ...]:
    """Return the kinds that the reader may issue later; whoever may not costs no look at the methods."""
    return late_reports.missing(seat, kinds_today.of_method(seat)) if seat.may(CORRECT) else ()


def _print_of(seat: Seat, kind: Kind[Any], made: Paper, shape: Form) -> ResponseReturnValue:
    """Hand out a print, or lead to the page that makes it: nothing is written on a GET."""
    form = PrintForm(shape.name)
    report = papers.printed_as(made.spoken(FALLBACK), seat)
    file = prints.file_of(report.digest, form, made.language) if report else None
    if file is None:
        wake_worker()
        return redirect(url_for(".progress", **_address(seat, kind, form, made.language)), 303)
    _note(seat, kind, downloaded=True)
    return handed_out(file, media=shape.mime, name=file_name(made, shape))


def _note(seat: Seat, kind: Kind[Any], *, downloaded: bool = False) -> None:
    """Note who saw it: a report is a draft or published at this moment, whichever this person is shown."""
    thing = sights.paper(seat) if kind.thing is Thing.PAPER else kind.thing
    sights.shows(thing, about="" if kind.thing is Thing.PAPER else kind.name, downloaded=downloaded)


def _row(seat: Seat, made: Paper, form: PrintForm) -> Rendering | None:
    """Return how far the print of a paper is; None when this person has to ask for it."""
    report = papers.printed_as(made.spoken(FALLBACK), seat)
    return prints.shown(renderings.find(report.digest, form, made.language)) if report else None


def _may_print(kind: Kind[Any], seat: Seat) -> bool:
    """Drafts are printed by those whom the method lets; what is published or bears no number by whoever reads it."""
    return not kind.is_numbered or reading.sees_published(seat) or bool(seat.may(PRINT))


def _address(seat: Seat, kind: Kind[Any], form: PrintForm, language: str) -> dict[str, Any]:
    return {
        "ref": seat.review.ref,
        "paper": kind.name,
        "form": form_named(form),
        "lang": language_named(language),
    }


def _offer(kind: Kind[Any], seat: Seat, language: str) -> Offer:
    ref, lang = seat.review.ref, language_named(language)
    forms = in_every_form(".download", ref=ref, paper=kind.name, lang=lang)
    return Offer(*kinds_today.titled(kind), url_for(".read", ref=ref, paper=kind.name, lang=lang), forms)
