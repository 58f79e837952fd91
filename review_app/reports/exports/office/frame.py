"""The sheet of a Word file: its size, the running line, the draft mark, the number of the page."""

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.shared import Mm

from review_app.reports.exports.office.runs import Piece, Voice, properties_of, run_of
from review_app.reports.exports.office.sheet import Sheet
from review_app.reports.exports.office.text import as_xml
from review_app.reports.exports.office.xml import field, make

EDGE = 10.0
"""Millimetres between the running lines and the edge of the sheet."""
DRAFT = "Draftmark"


def begin(document: Document) -> Any:
    """Return the body, to be written from its beginning; its section waits for the end."""
    body: Any = document.element.body
    for one in list(body):
        body.remove(one)
    return body


def end(document: Document, sheet: Sheet, language: str) -> None:
    """Give what was written its sheet and the lines at its edges."""
    body: Any = document.element.body
    body.append(make("w:sectPr"))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.orientation = WD_ORIENTATION.LANDSCAPE if sheet.width > sheet.height else WD_ORIENTATION.PORTRAIT
    section.left_margin = section.right_margin = Mm(sheet.side)
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.header_distance, section.footer_distance = Mm(EDGE), Mm(EDGE)
    section.different_first_page_header_footer = True
    voice = Voice(language)
    _write(section.first_page_header, "Header", _beside([""], sheet.draft, voice))
    _write(section.header, "Header", _beside([sheet.running], sheet.draft, voice))
    for footer in (section.first_page_footer, section.footer):
        _write(footer, "Footer", [_footer(sheet.imprint, voice)])


def _write(part: Any, style: str, lines: list[list[Any]]) -> None:
    part.is_linked_to_previous = False
    for one in list(part._element):
        part._element.remove(one)
    for line in lines:
        part._element.append(make("w:p", make("w:pPr", make("w:pStyle", val=style)), *line))


def _beside(left: list[str], right: tuple[str, ...], voice: Voice) -> list[list[Any]]:
    """Return lines with words at their left and right ends."""
    count = max(len(left), len(right))
    pairs = zip([*left, *[""] * (count - len(left))], [*right, *[""] * (count - len(right))], strict=True)
    return [_line(start, end, voice, mark=number == 0) for number, (start, end) in enumerate(pairs)]


def _line(start: str, end: str, voice: Voice, *, mark: bool) -> list[Any]:
    made = [run_of(Piece(as_xml(start), voice))] if start else []
    if end:
        accented = Voice(voice.language, style=DRAFT if mark else "")
        made += [make("w:r", make("w:tab")), run_of(Piece(as_xml(end), accented))]
    return made


def _footer(imprint: str, voice: Voice) -> list[Any]:
    looks = properties_of(voice)
    between = run_of(Piece(" / ", voice))
    number = [*field("PAGE", looks), between, *field("NUMPAGES", looks)]
    return [run_of(Piece(as_xml(imprint), voice)), make("w:r", make("w:tab")), *number]
