"""The data behind a report as JSON for programs: stable names, stable order, what people wrote as it stands."""

import json
import math
from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import chain, islice
from typing import Any

from review_app.reports.exports.tables import ABOUT, Cell, Table, tables_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.wording.words import Words

WHAT = "report data 1"
"""Names the shape of the file; another shape gets another number."""
BATCH = 4_000
"""Pieces of text, some ten to a row, that are written at a time."""


def plain_of(paper: Paper, _words: Words) -> Iterator[bytes]:
    """Yield the data of a report as indented JSON, some thousand values at a time; the same report, the same bytes."""
    told = {
        "what": WHAT,
        "kind": paper.kind,
        "edition": paper.edition,
        "ref": paper.ref,
        "number": paper.number,
        "language": paper.language,
        "code": paper.code,
        "data": {table.name: _data(table) for table in tables_of(paper)},
    }
    pieces = chain(json.JSONEncoder(indent=2, ensure_ascii=False, allow_nan=False).iterencode(told), ("\n",))
    while batch := "".join(islice(pieces, BATCH)):
        yield batch.encode("utf-8", "replace")


def _data(table: Table) -> Any:
    if table.name == ABOUT:
        return {str(name): _value(value) for name, value in table.rows}
    return [dict(zip(table.columns, map(_value, row), strict=True)) for row in table.rows]


def _value(cell: Cell) -> Any:
    if isinstance(cell, Enum):
        return cell.value
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return [_value(one) for one in cell] if isinstance(cell, tuple) else cell
