"""The file itself: what it says of its origin, and the same bytes for the same report."""

from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from review_app.reports.exports.office.marks import KIND, PAPER, REVIEW
from review_app.reports.exports.office.sheet import Sheet
from review_app.reports.exports.office.text import as_xml, tag_of
from review_app.reports.frozen.snapshot import Paper

# No clock: a report without a day is as old as the format of the archive.
BEGINNING = (1980, 1, 1, 0, 0, 0)
LONGEST_TITLE = 255
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"


def packed(document: Document, paper: Paper, sheet: Sheet) -> bytes:
    """Return the finished file."""
    _describe(document, paper, sheet)
    _tell_origin(document, {REVIEW: paper.ref, PAPER: paper.sha256, KIND: paper.kind})
    made = BytesIO()
    document.save(made)
    return _again(made)


def _describe(document: Document, paper: Paper, sheet: Sheet) -> None:
    """Fill the properties that every program shows; no person stands in them."""
    known = document.core_properties
    day = datetime.fromisoformat(sheet.day) if sheet.day else datetime(*BEGINNING)  # noqa: DTZ001 (a day has no zone)
    known.title = as_xml(sheet.title)[:LONGEST_TITLE]
    known.language = tag_of(paper.language)
    known.author = known.last_modified_by = known.comments = known.keywords = known.subject = ""
    known.identifier = as_xml(paper.ref)[:LONGEST_TITLE]
    known.created = known.modified = day
    known.revision = 1


def _tell_origin(document: Document, told: dict[str, str]) -> None:
    """Say in the document's own properties from which report it comes: they outlive a change of program."""
    inside = "".join(
        f"<property fmtid={quoteattr(_FORM)} pid={quoteattr(str(number))} name={quoteattr(name)}>"
        f"<vt:lpwstr>{escape(as_xml(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(told.items(), start=2)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_PROPERTIES}/custom-properties" xmlns:vt="{_PROPERTIES}/docPropsVTypes">'
        f"{inside}</Properties>"
    )
    package: Any = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, content.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _again(made: BytesIO) -> bytes:
    """Return the archive with fixed times."""
    again = BytesIO()
    with ZipFile(made) as given, ZipFile(again, "w", ZIP_DEFLATED) as taken:
        for one in given.infolist():
            entry = ZipInfo(one.filename, BEGINNING)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            taken.writestr(entry, given.read(one))
    return again.getvalue()
