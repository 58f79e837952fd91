"""The room of a list to sign: how high its rows stand, and how many empty ones its last page holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from review_app.reports.parts.slide_room import LEADING, height_of

LEAST_EMPTY, MOST_EMPTY = 3, 5
# In mm, as in assets/print/papers.css. A row is never lower than a pen wants it; a higher one is set in small type.
ROW, HIGH, BLANKS = 11.4, 14.0, 1.3
NUMBER, DAY, GAP = 11.0, 28.0, 3.0
# Rule, margins and heading above the table with its head, and what is above the small print.
ABOVE, BELOW = 37.0, 4.5
TITLE, PLAIN, PRINT, LINE = 18.0, 10.0, 7.8, 1.5
# Bold letters are wider.
BOLD = 1.06


@dataclass(frozen=True)
class Type:
    """Names and what stands below them, in points; `leading` is the height of a line in parts of them."""

    name: float
    note: float
    leading: float


USUAL, TIGHT = Type(8.5, 7.8, 1.38), Type(7.8, 7.0, 1.25)


@dataclass(frozen=True)
class Row:
    """One line: number, name and what else is known; an empty one is for a late guest. `is_tight` is small type."""

    number: str
    name: str = ""
    function: str = ""
    organisation: str = ""
    country: str = ""
    role: str = ""
    is_tight: bool = False


@dataclass(frozen=True)
class Leaf:
    """A page of the list with its columns, in mm; the first page and those after it are not equally high."""

    width: float
    first: float
    later: float
    person: float
    role: float
    days: int

    @property
    def body(self) -> float:
        """What the other columns leave to that of organisations."""
        return self.width - NUMBER - self.person - self.role - 3 * GAP - self.days * DAY


def leaf_for(days: int, *, is_wide: bool) -> Leaf:
    """Return the page that has a column to sign for each of these days."""
    return Leaf(265.0, 180.0, 176.0, 60.0, 26.0, days) if is_wide else Leaf(180.0, 267.0, 263.0, 46.0, 22.0, days)


def set_for(rows: Iterable[Row], leaf: Leaf) -> tuple[Row, ...]:
    """Return the rows, in small type those that would be too high."""
    return tuple(replace(row, is_tight=_height(row, leaf) > HIGH) for row in rows)


def empty_rows(rows: Sequence[Row], leaf: Leaf, *, title: str, plain: Sequence[str], small: str) -> int:
    """Return how many empty rows the list gets: five, or as many as its last page holds when these are three or more.

    `plain` are the lines of text between the title and the table, `small` is the small print below it.
    """
    heights = (TITLE, (title,)), (PLAIN, plain)
    above = sum(_text(text, leaf.width, size=size, leading=LINE) for size, texts in heights for text in texts)
    left = leaf.first - ABOVE - above
    for row in rows:
        high = _height(row, leaf)
        left = (left if high <= left else leaf.later - ROW) - high
    held = int((left - BELOW - _text(small, leaf.width, size=PRINT, leading=LINE)) // ROW)
    return held if LEAST_EMPTY <= held < MOST_EMPTY else MOST_EMPTY


def _height(row: Row, leaf: Leaf) -> float:
    look = TIGHT if row.is_tight else USUAL
    cells = (
        (leaf.person, ((row.name, look.name * BOLD), (row.function, look.note))),
        (leaf.body, ((row.organisation, look.name), (row.country, look.note))),
        (leaf.role, ((row.role, look.name),)),
    )
    lines = (sum(_text(text, wide, size=size, leading=look.leading) for text, size in texts) for wide, texts in cells)
    return max(ROW, max(lines) + BLANKS)


def _text(text: str, width: float, *, size: float, leading: float) -> float:
    return height_of(text, size=size, width=width) / LEADING * leading
