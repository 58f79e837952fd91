"""The data behind reports as files for spreadsheets and programs: of one report, and of a whole network."""

from collections.abc import Callable, Iterator, Mapping

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from review_app.domain.visibility import Thing
from review_app.models.base import utc_now
from review_app.queries import export_rows
from review_app.queries import reports as reading
from review_app.queries.seats import Seat
from review_app.queries.sight import reader_of
from review_app.reports.exports import comma, plain, workbook
from review_app.reports.exports.tables import MESSAGES
from review_app.reports.exports.workbook import Sheet
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.materials import Materials
from review_app.reports.wording.words import Words
from review_app.services import publishing
from review_app.web import sessions, sights
from review_app.web.gate import network, sees

bp = Blueprint("data", __name__)
STATEMENTS = "statements"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MATERIALS = Materials.of()


@bp.get("/reviews/<ref>/report/data.<form>")
@sees(Thing.PAPER)
def report(seat: Seat, form: str) -> ResponseReturnValue:
    """Hand out the data of the published report, or of the draft to those who read drafts."""
    if form not in WAYS:
        abort(404)
    paper, words = _paper(seat), _words()
    try:
        chunks = WAYS[form](paper, words)
    except KeyError:
        abort(404)
    sights.shows(sights.paper(seat), downloaded=True)
    number = paper.number or "draft"
    return _file(chunks, f"{paper.ref}-{paper.kind}-{number}", form)


@bp.get("/desk/statements.csv")
@network("export statements")
def statements_csv() -> ResponseReturnValue:
    """Hand out every statement of the network that the person may see, as CSV, while it is read."""
    chunks = comma.stream(export_rows.COLUMNS, export_rows.statements(reader_of(sessions.require_person())))
    return _statements(chunks, "csv")


@bp.get("/desk/statements.xlsx")
@network("export statements")
def statements_xlsx() -> ResponseReturnValue:
    """Hand out the same as an Excel workbook, which is written into a file first."""
    rows = export_rows.statements(reader_of(sessions.require_person()))
    sheet = Sheet(STATEMENTS, export_rows.COLUMNS, rows)
    title = _("Statements of all reviews")
    return _statements(workbook.stream((sheet,), _words(), title=title, day=utc_now().date()), "xlsx")


def _comma(paper: Paper, words: Words) -> Iterator[bytes]:
    return comma.comma_of(paper, words, table=request.args.get("table", MESSAGES))


WAYS: Mapping[str, Callable[[Paper, Words], Iterator[bytes]]] = {
    "csv": _comma,
    "json": plain.plain_of,
    "xlsx": workbook.workbook_of,
}


def _statements(chunks: Iterator[bytes], form: str) -> Response:
    sights.shows(STATEMENTS, downloaded=True)
    return _file(chunks, f"statements-{utc_now().date().isoformat()}", form)


def _file(chunks: Iterator[bytes], name: str, form: str) -> Response:
    answer = Response(chunks, content_type=TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return answer


def _paper(seat: Seat) -> Paper:
    """Return what the page of the report shows this person."""
    person = sessions.the_person()
    if reading.sees_published(seat):
        return publishing.snapshot_of(seat.review, made_by="")
    return publishing.freeze_draft(seat.review, person.name if person else "")


def _words() -> Words:
    language = str(get_locale()).replace("_", "-")
    return Words(language, MATERIALS.sentences(language))
