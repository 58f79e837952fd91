"""The grid of a table: which cell stands where, and how wide each column is for what its words ask."""

from typing import Any

from review_app.reports.wording.printable import BREAK

Cell = tuple[Any, int, int]
"""A cell, the columns it takes, and the rows it reaches down: 0 for one of its own, -1 for one reached from above."""
MOST_COLUMNS = 30
# Letters: a column is as wide as its words ask, between a short number and a long text.
LEAST, MOST = 8, 90
SIGNED = {"report-day": 24}
"""Columns that stay empty for a pen."""
LETTER, MARGIN, LONGEST_WORD = 108, 142, 18
"""The width of a letter in the head of a table and the room behind a cell, in twentieths of a point."""


def grid_of(element: Any) -> list[list[Cell]]:
    """Return the rows of a table: each cell with the columns it takes, and where one from above reaches down."""
    rows: list[list[Cell]] = []
    below: dict[int, Cell] = {}
    for line in element.iter("tr"):
        row: list[Cell] = []
        at, cells = 0, [one for one in line if one.tag in ("th", "td")]
        while (cells or at in below) and at < MOST_COLUMNS:
            if at in below:
                cell, span, left = below.pop(at)
                row.append((cell, span, -1))
                if left > 1:
                    below[at] = (cell, span, left - 1)
            else:
                cell = cells.pop(0)
                span = min(_number(cell.get("colspan")), MOST_COLUMNS - at)
                down = _number(cell.get("rowspan"))
                row.append((cell, span, down if down > 1 else 0))
                if down > 1:
                    below[at] = (cell, span, down - 1)
            at += span
        rows.append(row)
    return [row for row in rows if row]


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and 0 < int(given[:4]) < 1000 else 1


def widths_of(grid: list[list[Cell]], columns: int, width: int) -> list[int]:
    """Share a width by the words in each column, in twentieths of a point; the sum is the width.

    No column is narrower than its longest word where there is room for all of them.
    """
    asked, least = [float(LEAST)] * columns, [0.0] * columns
    for row in grid:
        at = 0
        for cell, span, _down in row:
            if span == 1:
                asked[at] = max(asked[at], _letters(cell))
                least[at] = max(least[at], _longest(cell) * LETTER + MARGIN)
            at += span
    if sum(least) > width:
        least = [0.0] * columns
    shared = _shared({at: one**0.8 for at, one in enumerate(asked)}, least, float(width))
    found = [int(shared[at]) for at in range(columns)]
    found[-1] += width - sum(found)
    return found


def _shared(shares: dict[int, float], least: list[float], width: float) -> dict[int, float]:
    """Share a width; who would get less than the least gets that, and the others share what is left."""
    found = {at: width * share / sum(shares.values()) for at, share in shares.items()}
    narrow = {at: least[at] for at, one in found.items() if one < least[at]}
    if not narrow:
        return found
    others = {at: share for at, share in shares.items() if at not in narrow}
    return narrow | _shared(others, least, width - sum(narrow.values()))


def _letters(cell: Any) -> float:
    """Return how many letters a cell would like to have on a line."""
    named = next((SIGNED[name] for name in cell.get("class", "").split() if name in SIGNED), 0)
    return named or min(len(" ".join("".join(cell.itertext()).split())), MOST)


def _longest(cell: Any) -> int:
    """Return the letters of the longest word of a cell; one beyond measure may be broken."""
    words = " ".join(cell.itertext()).replace(BREAK, "").split()
    return min(max((len(word) for word in words), default=0), LONGEST_WORD)
