"""Tables as CSV for any spreadsheet: UTF-8 with a byte order mark, RFC 4180, and no cell that acts as a formula."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import chain, islice
from typing import NamedTuple

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
WRITTEN, TEXTS = {int, float, bool, date, type(None)}, {str, type(None)}
"""What csv writes as it should stand, days as ISO dates; and what has to be looked at."""
SHORT = 60
"""A list of longer things stands a line each, a list of short ones on one line."""


class Lines(NamedTuple):
    """Takes the lines of a CSV writer: a list costs less than a file in memory."""

    write: Callable[[str], None]


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
        lines: list[str] = [mark]
        is_plain = all(map(_is_plain, zip(*batch, strict=True)))
        csv.writer(Lines(lines.append)).writerows(
            batch if is_plain else ([safe(cell) for cell in row] for row in batch)
        )
        yield "".join(lines).encode("utf-8", "replace")
        mark = ""


def _is_plain(column: tuple[Cell, ...]) -> bool:
    """Tell whether a column can be written as it is: looking at all of its cells at once costs a tenth."""
    try:
        texts = "\0".join(column)  # type: ignore[arg-type]
    except TypeError:
        kinds = set(map(type, column))
        if kinds <= WRITTEN:
            return True
        if not kinds <= TEXTS:
            return False
        texts = "\0".join(filter(None, column))  # type: ignore[arg-type]
    return not _LEADS_IN.search("\0" + texts)


def safe(cell: Cell) -> Cell:
    """Return a value as CSV may hold it: numbers as they are, a text that could be a formula behind an apostrophe."""
    if type(cell) is str:
        return "'" + cell if cell and cell[0] in RISKY and not _NEGATIVE.fullmatch(cell) else cell
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
