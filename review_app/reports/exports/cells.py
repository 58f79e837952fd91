"""One row of a workbook: each value as what it is, and a text that no cell holds over several cells, with a note."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from review_app.reports.exports import values
from review_app.reports.exports.comma import joined
from review_app.reports.exports.tables import Cell, Row
from review_app.reports.wording.words import Words

MOST_LETTERS, PIECE = 32_767, 16_000
"""What a cell holds, in UTF-16 units, and letters that are no more than that in any script, with room for a note."""
MOST_DIGITS = 10**15
"""Excel keeps fifteen digits of a number; a longer one stays whole as a text."""
DAYS = ("start", "end", "when_start", "when_end")
"""Columns of ISO parts: where the day is known, it is written as a day."""
FIRST_YEAR = 1900
LINE, MOST_LINES = 15.0, 27
"""Points a line takes, and as many lines as a row can be high."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEVER = re.compile("[\ud800-\udfff\ufffe\uffff]")


MOST_TALL = 5_000
"""Rows that are as high as their texts: the library remembers each of them, so a longer table goes on with low ones."""


@dataclass(frozen=True)
class Looks:
    """How texts, texts in low rows, numbers and days are set."""

    text: Format
    low: Format
    number: Format
    day: Format


class Cells:
    """Writes the rows of one sheet; `widths` are those of its columns in letters."""

    def __init__(
        self, page: Worksheet, words: Words, looks: Looks, names: Sequence[str], widths: Sequence[int]
    ) -> None:
        self._page, self._words, self._looks = page, words, looks
        self._columns = tuple(zip(names, widths, strict=True))

    def write(self, number: int, row: Row) -> None:
        """Write a row as high as its longest text; what does not fit into a cell goes on behind the last column."""
        beyond, lines = len(self._columns), 1
        for at, ((name, width), cell) in enumerate(zip(self._columns, row, strict=True)):
            value = said(name, cell, self._words)
            if isinstance(value, str):
                lines = max(lines, _lines(value, width))
                beyond = self._text(number, at, value, beyond)
            elif isinstance(value, date):
                midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
                self._page.write_datetime(number, at, midnight, self._looks.day)
            elif value is not None:
                self._page.write_number(number, at, value, self._looks.number)
        if lines > 1 and number <= MOST_TALL:
            self._page.set_row(number, LINE * min(lines, MOST_LINES))

    def _text(self, number: int, at: int, text: str, beyond: int) -> int:
        """Write a text; return the first column behind it that is free for another one."""
        text, look = _NEVER.sub("\ufffd", text), self._looks.text if number <= MOST_TALL else self._looks.low
        if len(text) <= PIECE or len(text.encode("utf-16-le")) // 2 <= MOST_LETTERS:
            self._page.write_string(number, at, text, look)
            return beyond
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        places = (at, *range(beyond, beyond + len(pieces) - 1))
        for place, piece in zip(places, self._noted(number, places, pieces), strict=True):
            self._page.write_string(number, place, piece, look)
        return beyond + len(pieces) - 1

    def _noted(self, number: int, places: Sequence[int], pieces: Sequence[str]) -> Iterator[str]:
        """Say in each piece where the text goes on, and where it comes from."""
        _ = self._words.gettext
        cells = [xl_rowcol_to_cell(number, place) for place in places]
        for order, piece in enumerate(pieces):
            before = _("[Goes on from cell %(cell)s] ") % {"cell": cells[order - 1]} if order else ""
            last = order + 1 == len(pieces)
            after = "" if last else _(" [Goes on in cell %(cell)s]") % {"cell": cells[order + 1]}
            yield f"{before}{piece}{after}"


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column, as many at most as a row can show."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(line) // width + 1 for line in text[: width * MOST_LINES].split("\n"))


def said(name: str, cell: Cell, words: Words) -> str | int | float | date | None:
    """Return a value as a workbook shows it: words of ours in the reader's language, numbers and days as such."""
    if isinstance(cell, tuple):
        return joined([str(said(name, one, words)) for one in cell]) or None
    if isinstance(cell, (bool, Enum, str)):
        day = _day_in(cell) if name in DAYS and isinstance(cell, str) else None
        return day or values.value_in(words, name, cell) or None
    if isinstance(cell, date):
        return cell if cell.year >= FIRST_YEAR else cell.isoformat()
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    return cell if abs(cell) < MOST_DIGITS else str(cell)


def _day_in(text: str) -> date | None:
    if not _DAY.fullmatch(text) or int(text[:4]) < FIRST_YEAR:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
