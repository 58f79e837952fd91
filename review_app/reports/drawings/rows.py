"""Rows of a drawing: each a label and a bar beside it on paper, below it on a narrow screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.lettering import LEADING, ON_PAPER, ON_SCREEN, SIZE, Look, broken, lines_at

# In mm: between a label and its bar, and between two rows.
GUTTER, GAP, GAP_ON_SCREEN = 4.0, 2.2, 3.2
MOST_LINES = 3


@dataclass(frozen=True)
class Row:
    """A label as it is broken, where it begins, and the upper edge of its bar, in mm."""

    lines: tuple[str, ...]
    top: float
    bar: float


@dataclass(frozen=True)
class Rows:
    """All rows of a drawing: where the bars begin, how wide they may be, and where the last row ends."""

    rows: tuple[Row, ...]
    width: float
    left: float
    bottom: float

    @property
    def room(self) -> float:
        """The width of the bars in mm."""
        return self.width - self.left

    def labels(self, palette: Palette) -> str:
        """Draw the labels."""
        look = Look(palette.ink)
        return "".join(lines_at(0, row.top + SIZE, row.lines, look) for row in self.rows)


@dataclass(frozen=True)
class Measure:
    """How rows are laid out, in mm: the width of labels beside bars, the height of a bar, where the first begins."""

    labels: float
    bar: float
    top: float = 0.0


def laid_out(labels: Sequence[str], measure: Measure, *, on_screen: bool) -> Rows:
    """Place labels and bars."""
    return _below(labels, measure) if on_screen else _beside(labels, measure)


def _beside(labels: Sequence[str], measure: Measure) -> Rows:
    rows, top = [], measure.top
    for label in labels:
        lines = broken(label, measure.labels, most=MOST_LINES)
        written = len(lines) * LEADING
        high = max(measure.bar, written)
        rows.append(Row(lines, top + (high - written) / 2 + 0.1, top + (high - measure.bar) / 2))
        top += high + GAP
    return Rows(tuple(rows), ON_PAPER, measure.labels + GUTTER, top - GAP)


def _below(labels: Sequence[str], measure: Measure) -> Rows:
    rows, top = [], measure.top
    for label in labels:
        lines = broken(label, ON_SCREEN, most=MOST_LINES)
        bar = top + len(lines) * LEADING + 0.6
        rows.append(Row(lines, top, bar))
        top = bar + measure.bar + GAP_ON_SCREEN
    return Rows(tuple(rows), ON_SCREEN, 0.0, top - GAP_ON_SCREEN)
