"""The grid of a table: which cell stands where, and how wide each column is for what its words ask."""

from typing import Any

Cell = tuple[Any, int, int]
"""A cell, the columns it takes, and the rows it reaches down: 0 for one of its own, -1 for one reached from above."""
MOST_COLUMNS = 30
# Letters: a column is as wide as its words ask, between a short number and a long text.
LEAST, MOST = 9, 90


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
    """Share a width by the words in each column; the sum is the width."""
    asked = [float(LEAST)] * columns
    for row in grid:
        at = 0
        for cell, span, _down in row:
            if span == 1:
                words = "".join(cell.itertext()).split()
                length = max(min(len(" ".join(words)), MOST), max((len(word) for word in words), default=0) * 1.1)
                asked[at] = max(asked[at], min(length, MOST))
            at += span
    shares = [one**0.8 for one in asked]
    found = [int(width * share / sum(shares)) for share in shares]
    found[-1] += width - sum(found)
    return found
