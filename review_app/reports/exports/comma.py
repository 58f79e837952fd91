"""Tables as CSV for any spreadsheet: UTF-8 with a byte order mark, RFC 4180, and no cell that acts as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from io import StringIO
from itertools import chain, islice

from review_app.reports.exports.tables import Cell, Row, main_table, table_named
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.wording.words import Words

BATCH = 500
"""Rows that are in memory at a time."""
MARK = "\ufeff"
RISKY = frozenset("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
"""How a cell begins that a spreadsheet takes for a formula, full-width and small twins among them (RELIABILITY 38)."""
_LEADS_IN = re.compile(f"\0[{re.escape(''.join(sorted(RISKY)))}]")
_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)*")
NUMBERS, TEXTS = {int, float, type(None)}, {str, type(None)}
SAID = ("false", "true")
SHORT = 60
"""A list of longer things stands a line each, a list of short ones on one line."""


def comma_of(paper: Paper, _words: Words, *, table: str = "") -> Iterator[bytes]:
    """Return one table of a report as CSV, in chunks; columns and values of ours keep their English machine names.

    Without a name it is the messages, and where a kind has none its longest table. Raises KeyError for a name that
    no table of the report has.
    """
    found = table_named(paper, table) if table else main_table(paper)
    if found is None:
        raise KeyError(table)
    return stream(found.columns, found.rows)


def stream(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield CSV in chunks of some hundred rows, the header first; memory does not grow with the rows."""
    left = chain((columns,), rows)
    mark = MARK
    while batch := list(islice(left, BATCH)):
        kept = StringIO(newline="")
        csv.writer(kept).writerows(zip(*map(_safe_column, zip(*batch, strict=True)), strict=True))
        yield (mark + kept.getvalue()).encode("utf-8", "replace")
        mark = ""


def _safe_column(column: tuple[Cell, ...]) -> Iterable[Cell]:
    """Look at a column as a whole, which costs a tenth, and at its cells only where that finds something."""
    kinds = set(map(type, column))
    if kinds <= NUMBERS:
        return column
    if kinds <= TEXTS and not _LEADS_IN.search("\0" + "\0".join(filter(None, column))):  # type: ignore[arg-type]
        return column
    return map(SAID.__getitem__, column) if kinds == {bool} else map(safe, column)  # type: ignore[arg-type]


def safe(cell: Cell) -> Cell:
    """Return a value as CSV may hold it: numbers as they are, a text that could be a formula behind an apostrophe."""
    if type(cell) is str:
        return "'" + cell if cell and cell[0] in RISKY and not _NEGATIVE.fullmatch(cell) else cell
    if isinstance(cell, bool):
        return SAID[cell]
    if cell is None or isinstance(cell, (int, float)):
        return cell
    return safe(written(cell))


def written(cell: Enum | date | str | tuple[object, ...]) -> str:
    """Return a word of ours, a day or a list as text."""
    if isinstance(cell, Enum):
        return str(cell.value)
    if isinstance(cell, date):
        return cell.isoformat()
    return joined([str(one) for one in cell]) if isinstance(cell, tuple) else cell


def joined(texts: Sequence[str]) -> str:
    """Return several texts as one: "a; b", and a line each where that would be hard to read."""
    is_short = all(len(text) <= SHORT and ";" not in text for text in texts)
    return ("; " if is_short else "\n").join(texts)
