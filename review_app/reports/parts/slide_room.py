"""How much goes on a slide: headlines are left out whole when there is no room for them, and never clipped."""

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from review_app.reports.drawings.labels import width_of
from review_app.reports.parts.slide_view import Point

# In mm, as in assets/print/slides.css: what headings and margins leave of a slide of 338.7 by 190.5.
WIDTH, TEXT, SIDE = 298.7, 232.0, 58.0
ROOM, TITLE_ROOM = 131.0, 154.0
MORE, GAP, BELOW = 11.0, 5.0, 8.0
POINT = 25.4 / 72
# Headlines in points, the largest first; what stands beside them is never smaller than the last.
SIZES, TITLE_SIZES, QUESTION_SIZES = (30, 26, 23, 20), (40, 34, 28), (24, 20)
SMALL_PRINT = 10
LEADING = 1.25
MOST = 5


def height_of(text: str, *, size: float, width: float) -> float:
    """Return how high a text stands in Inter of a size in points between margins in mm: on the safe side."""
    wide = width / (size * POINT)
    return _lines(text, wide) * size * POINT * LEADING if text else 0.0


def _lines(text: str, wide: float) -> int:
    lines, filled = 1, 0.0
    for word in text.split():
        needed = width_of(word)
        if filled and filled + width_of(" ") + needed > wide:
            lines, filled = lines + 1, 0.0
        lines += max(0, ceil(needed / wide) - 1)
        filled += width_of(" ") + (needed if needed <= wide else needed % wide)
    return lines


def point_height(point: Point, size: float) -> float:
    """Return how high a headline stands with what is beside and below it, and the gap behind it."""
    text = height_of(point.text, size=size, width=TEXT) + height_of(point.summary, size=SIZES[-1], width=TEXT)
    beside = sum(height_of(one, size=SIZES[-1], width=SIDE) for one in point.side)
    return max(text, beside) + GAP


def fitting(points: Sequence[Point], room: float) -> tuple[int, int]:
    """Return how many of these headlines stand on a slide, five at most, and in which size.

    The largest size that holds the five is taken; in the smallest as many stand as find room.
    """
    shown = points[:MOST]
    left = room - (MORE if len(points) > MOST else 0.0)
    for size in SIZES:
        if sum(point_height(point, size) for point in shown) <= left:
            return len(shown), size
    return _as_many(shown, room - MORE), SIZES[-1]


def _as_many(points: Sequence[Point], room: float) -> int:
    filled = accumulate(point_height(point, SIZES[-1]) for point in points)
    return sum(height <= room for height in filled)
