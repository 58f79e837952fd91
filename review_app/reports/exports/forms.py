"""In which forms a report leaves the house: each with its name, its type for a browser, and who makes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from review_app.domain.marking import _
from review_app.reports import page
from review_app.reports.exports import word
from review_app.reports.exports.comma import comma_of
from review_app.reports.exports.plain import plain_of
from review_app.reports.exports.workbook import workbook_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.materials import Materials
from review_app.reports.wording.words import Words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Form:
    """One form. `make` gives its bytes in pieces; None for what only the press can make.

    Its second argument names a part, of CSV the table; it raises KeyError for one that there is not. `ending` is that
    of the file, `title` what a reader is offered.
    """

    name: str
    title: str
    ending: str
    mime: str
    make: Callable[[Paper, str], Iterable[bytes]] | None = None


def _page(paper: Paper, _part: str) -> Iterable[bytes]:
    yield page.file(paper).encode()


def _word(paper: Paper, _part: str) -> Iterable[bytes]:
    yield word.document(paper)


def _workbook(paper: Paper, _part: str) -> Iterable[bytes]:
    return workbook_of(paper, _words(paper))


def _comma(paper: Paper, part: str) -> Iterable[bytes]:
    return comma_of(paper, _words(paper), table=part)


def _plain(paper: Paper, _part: str) -> Iterable[bytes]:
    return plain_of(paper, _words(paper))


def _words(paper: Paper) -> Words:
    return Words(paper.language, Materials.of().sentences(paper.language))


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.name: form
        for form in (
            Form("pdf", _("PDF"), "pdf", "application/pdf"),
            Form("pdfa", _("PDF for archives, with its data"), "pdf", "application/pdf"),
            Form("html", _("Web page as a file"), "html", "text/html; charset=utf-8", _page),
            Form("docx", _("Word"), "docx", WORD, _word),
            Form("xlsx", _("Excel"), "xlsx", WORKBOOK, _workbook),
            Form("csv", _("CSV"), "csv", "text/csv; charset=utf-8", _comma),
            Form("json", _("JSON"), "json", "application/json", _plain),
        )
    }
)


def file_name(paper: Paper, form: Form) -> str:
    """Return what a file is called: review, kind, number or draft, and language where it is not English."""
    state = str(paper.number) if paper.number else "draft" if paper.draft else ""
    language = paper.language if paper.language != "en" else ""
    archive = "archive" if form.name == "pdfa" else ""
    return "-".join(part for part in (paper.ref, paper.kind, state, language, archive) if part) + f".{form.ending}"
