"""The data behind reports as files for spreadsheets and programs: of one report, and of a whole network."""

from collections.abc import Iterator

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from review_app.models.base import utc_now
from review_app.queries import export_rows
from review_app.queries.sight import reader_of
from review_app.reports.exports import comma, workbook
from review_app.reports.exports.workbook import Sheet
from review_app.reports.materials import Materials
from review_app.reports.wording.words import Words
from review_app.web import sessions, sights
from review_app.web.gate import network

bp = Blueprint("data", __name__)
STATEMENTS = "statements"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MATERIALS = Materials.of()


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


def _statements(chunks: Iterator[bytes], form: str) -> Response:
    sights.shows(STATEMENTS, downloaded=True)
    return _file(chunks, f"statements-{utc_now().date().isoformat()}", form)


def _file(chunks: Iterator[bytes], name: str, form: str) -> Response:
    answer = Response(chunks, content_type=TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return answer


def _words() -> Words:
    language = str(get_locale()).replace("_", "-")
    return Words(language, MATERIALS.sentences(language))
