"""Tables as an Excel workbook: real numbers and days, text that is never a formula, headings in the reader's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain, count, islice
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from review_app.reports.exports import columns
from review_app.reports.exports.cells import Cells, Looks, said
from review_app.reports.exports.tables import ABOUT, MESSAGES, Row, Table, tables_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.wording.words import Words

CHUNK = 64 * 1024
LONGEST_SHEET_NAME, MOST_ROWS = 31, 1_048_576
NO_DAY = date(2000, 1, 1)
"""The day of a workbook whose content bears none: the clock would make the same content other bytes."""
WIDTHS = {
    "text": 80, "headline": 50, "body": 60, "value": 60, "label": 40, "dissent": 40, "summary": 40, "title": 40,
    "first_step": 30, "named": 30, "source": 30, "note": 40, "url": 50, "review": 30, "name": 30, "kind": 18,
    "about": 30, "city": 24, "side": 16, "addressee": 24, "horizon": 18, "by": 18, "country": 18, "hosts": 30,
}  # fmt: skip
"""Widths of columns in letters, where more than the heading has to be read."""
WIDEST_HEADING = 24
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#14284B", "text_wrap": True, "valign": "top"}
_TEXT, _LOW, _NUMBER = {"text_wrap": True, "valign": "top"}, {"valign": "top"}, {"align": "left", "valign": "top"}
_DAY = {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
"""What Excel refuses in the name of a sheet."""


@dataclass(frozen=True)
class Sheet:
    """A table on its way to a workbook: its machine names, and rows that are read once."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def workbook_of(paper: Paper, words: Words) -> Iterator[bytes]:
    """Return the data of a report as a workbook, in chunks: a sheet a table, empty ones left out."""
    day = paper.frozen_on or (paper.draft.made_on if paper.draft else NO_DAY)
    shown = (table for table in tables_of(paper) if table.rows or table.name == MESSAGES)
    sheets = (Sheet(table.name, table.columns, _rows_of(table, words)) for table in shown)
    return stream(sheets, words, title=paper.title, day=day)


def stream(sheets: Iterable[Sheet], words: Words, *, title: str, day: date = NO_DAY) -> Iterator[bytes]:
    """Write a workbook row by row into a file beside, then yield it in chunks; memory does not grow with the rows.

    The same sheets, words, title and day give the same bytes.
    """
    with TemporaryDirectory(prefix="workbook-") as folder, TemporaryFile(dir=folder) as file:
        _write(file, folder, sheets, Book(words, title, day))
        file.seek(0)
        yield from iter(lambda: file.read(CHUNK), b"")


def _rows_of(table: Table, words: Words) -> Iterable[Row]:
    """Return the rows of a table; a line of "about" is called and said like a column, and left out where empty."""
    if table.name != ABOUT:
        return table.rows
    told = ((str(name), said(str(name), value, words)) for name, value in table.rows)
    return ((columns.column_title(name, words), value) for name, value in told if value is not None)


@dataclass(frozen=True)
class Book:
    """What the whole workbook has in common."""

    words: Words
    title: str
    day: date


def _write(file: IO[bytes], folder: str, sheets: Iterable[Sheet], book: Book) -> None:
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(file, options)
    made = datetime.combine(book.day, time(), UTC)
    workbook.set_properties({"title": book.title[:255], "author": "", "created": made})
    names: list[str] = []
    for sheet in sheets:
        left = iter(sheet.rows)
        first: Iterable[Row] = islice(left, MOST_ROWS - 1)
        _sheet(workbook, sheet, first, book.words, names)
        while (more := next(left, None)) is not None:
            _sheet(workbook, sheet, chain((more,), islice(left, MOST_ROWS - 2)), book.words, names)
    workbook.close()


def _sheet(workbook: Workbook, sheet: Sheet, rows: Iterable[Row], words: Words, names: list[str]) -> None:
    """Write one sheet: headings that stay in sight and print on every page, a filter, columns as wide as they need."""
    page: Worksheet = workbook.add_worksheet(_name_for(columns.table_title(sheet.name, words), names))
    titles = [columns.column_title(name, words) for name in sheet.columns]
    widths = [_width_of(name, title) for name, title in zip(sheet.columns, titles, strict=True)]
    head = workbook.add_format(_HEAD)
    for number, (title, width) in enumerate(zip(titles, widths, strict=True)):
        page.set_column(number, number, width)
        page.write_string(0, number, title, head)
    looks = Looks(*(workbook.add_format(look) for look in (_TEXT, _LOW, _NUMBER, _DAY)))
    cells = Cells(page, words, looks, sheet.columns, widths)
    last = 0
    for last, row in enumerate(rows, start=1):
        cells.write(last, row)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.autofilter(0, 0, last, len(titles) - 1)


def _width_of(name: str, title: str) -> int:
    """Return how wide a column is; the arrow of the filter covers the last letters of a heading."""
    return max(WIDTHS.get(name, 0), min(len(title) + 4, WIDEST_HEADING))


def _name_for(title: str, names: list[str]) -> str:
    """Return a name for a sheet that Excel takes and no other sheet has, and remember it."""
    plain = _NOT_IN_NAMES.sub(" ", title).strip("' ") or "-"
    ends = chain(("",), (f" {number}" for number in count(2)))
    wanted = (plain[: LONGEST_SHEET_NAME - len(end)].rstrip("' ") + end for end in ends)
    name = next(one for one in wanted if one.casefold() not in (*names, "history"))
    names.append(name.casefold())
    return name
