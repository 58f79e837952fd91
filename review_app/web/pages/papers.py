"""Reports and papers of a review: which there are, in which form and language, to read and to take away."""

from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.domain.visibility import Thing
from review_app.queries.seats import Seat
from review_app.reports import page
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds.kind import Kind
from review_app.services import papers
from review_app.web import sessions, sights
from review_app.web.gate import sees
from review_app.web.showing import show

bp = Blueprint("papers", __name__, url_prefix="/reviews/<ref>/papers")


class Offer(NamedTuple):
    """One kind as the page of all papers offers it."""

    kind: Kind[Any]
    href: str
    forms: tuple[tuple[Form, str], ...]


@bp.get("")
@sees(Thing.REVIEW)
def index(seat: Seat) -> ResponseReturnValue:
    """Show every paper that the reader may have, in every form."""
    language = language_asked()
    return show(
        "papers/index.html",
        seat,
        offers=[_offer(kind, seat, language) for kind in papers.kinds_for(seat)],
        languages=LANGUAGES,
        spoken=language,
    )


@bp.get("/<paper>")
@sees(Thing.REVIEW)
def read(seat: Seat, paper: str) -> ResponseReturnValue:
    """Show a paper as a page."""
    kind, made = _asked(seat, paper)
    sights.shows(kind.thing, about=kind.name)
    return show(
        "papers/read.html",
        seat,
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
    shape = FORMS.get(form) or abort(404)
    if shape.make is None:
        abort(404)
    try:
        chunks = shape.make(made, request.args.get("table", ""))
    except KeyError:
        abort(404)
    sights.shows(kind.thing, about=f"{kind.name}.{shape.name}", downloaded=True)
    answer = Response(chunks, content_type=shape.mime)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(made, shape))
    return answer


def language_asked() -> str:
    """Return the language in which somebody wants a report: as asked, else their own, else English."""
    person = sessions.the_person()
    asked = request.args.get("lang", "") or (person.language if person else FALLBACK)
    return asked if asked in LANGUAGES else FALLBACK


def _asked(seat: Seat, name: str) -> tuple[Kind[Any], Paper]:
    kind = papers.find_kind(name, seat) or abort(404)
    made = papers.paper_for(kind, seat) or abort(404)
    return kind, made.spoken(language_asked())


def _offer(kind: Kind[Any], seat: Seat, language: str) -> Offer:
    ref, lang = seat.review.ref, language if language != FALLBACK else None
    forms = tuple(
        (form, url_for(".download", ref=ref, paper=kind.name, form=form.name, lang=lang)) for form in FORMS.values()
    )
    return Offer(kind, url_for(".read", ref=ref, paper=kind.name, lang=lang), forms)
