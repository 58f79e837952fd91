"""Where the names stand on a map: each where it covers least, and a number where no name finds room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

LINE_HEIGHT = 1.12
LONGEST_LINE = 15
# In square millimetres: a name may touch another by so much and is still read at a glance.
BEARABLE = 0.25
SWEEPS = 12
# More names than this find no room on a small map, and looking for it takes the square of their number.
MOST_NAMED, FEW_SWEEPS = 25, 2
# Widths of Inter in parts of the type size, generous enough that a bold name fits too.
NARROW, WIDE, CAPITAL, PLAIN = 0.32, 1.0, 0.72, 0.6

# Right first, as readers expect; then left, above, below, and the same a little farther away.
_WAYS = ((1, 0), (-1, 0), (0.75, -0.85), (0.75, 0.85), (-0.75, -0.85), (-0.75, 0.85), (0, -1), (0, 1))
_REACHES = (1.0, 1.7)


class Box(NamedTuple):
    """A rectangle on paper, in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """Return the square millimetres that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(frozen=True)
class Dot:
    """A place on paper: its mark's centre and radius in mm."""

    name: str
    at: Point
    radius: float

    @property
    def box(self) -> Box:
        x, y = self.at
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)


@dataclass(frozen=True)
class Label:
    """A name on paper: its lines, the base of the first one, and the room it takes."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor
    box: Box


@dataclass(frozen=True)
class Ground:
    """What names are written on: the frame they must stay in, and marks without a name not to be covered."""

    room: Box
    marks: tuple[Box, ...] = ()

    def covered(self, box: Box) -> float:
        """Return the square millimetres of unnamed marks that a box covers."""
        return sum(box.shared(mark) for mark in self.marks)

    def outside(self, box: Box) -> float:
        """Return the square millimetres of a box that hang out of the frame."""
        return box.area - box.shared(self.room)


def place_labels(dots: Sequence[Dot], ground: Ground, size: float) -> tuple[Mapping[Dot, Label], tuple[str, ...]]:
    """Return a label for every dot, and the names that stand as numbers instead, in their order.

    The same dots give the same labels: no chance is used.
    """
    if len(dots) > MOST_NAMED:
        numbers = {dot: (str(number),) for number, dot in enumerate(dots, start=1)}
        return _settled(numbers, ground, size, sweeps=FEW_SWEEPS), tuple(dot.name for dot in dots)
    lines = {dot: _lines(dot.name) for dot in dots}
    placed = _settled(lines, ground, size)
    keyed: tuple[str, ...] = ()
    for dot in sorted(dots, key=lambda one: _harm(one, placed, ground), reverse=True):
        if _harm(dot, placed, ground) > BEARABLE:
            keyed = (*keyed, dot.name)
            lines[dot] = (str(len(keyed)),)
            placed = _settled(lines, ground, size)
    return placed, keyed


def _settled(
    lines: Mapping[Dot, tuple[str, ...]], ground: Ground, size: float, *, sweeps: int = SWEEPS
) -> dict[Dot, Label]:
    """Give each dot its best label, then let each move again while the others stand, until none wants to."""
    choices = {dot: {label: _cost(label, dot, ground) for label in _candidates(dot, lines[dot], size)} for dot in lines}
    placed: dict[Dot, Label] = {}
    for _ in range(sweeps):
        before = dict(placed)
        for dot in lines:
            placed[dot] = min(choices[dot], key=partial(_cost_beside, of=dot, placed=placed, costs=choices[dot]))
        if placed == before:
            break
    return placed


def _cost(label: Label, of: Dot, ground: Ground) -> float:
    """Twice the square millimetres of unnamed marks covered, and ten times those outside the frame."""
    # A name far from its dot is worth a little covering: it must not be taken for a neighbour's.
    distance = abs(label.box.left + label.box.right - 2 * of.at[0]) + abs(
        label.box.top + label.box.bottom - 2 * of.at[1]
    )
    return 2 * ground.covered(label.box) + 10 * ground.outside(label.box) + 0.01 * distance


def _cost_beside(label: Label, *, of: Dot, placed: Mapping[Dot, Label], costs: Mapping[Label, float]) -> float:
    """Add the square millimetres of other names covered, and twice those of their marks."""
    others = sum(label.box.shared(other.box) for dot, other in placed.items() if dot != of)
    marks = sum(label.box.shared(dot.box) for dot in placed if dot != of)
    return others + 2 * marks + costs[label]


def _harm(dot: Dot, placed: Mapping[Dot, Label], ground: Ground) -> float:
    """Return how much a name hurts: what it shares with others, and what hangs out of the frame."""
    box = placed[dot].box
    names = sum(box.shared(label.box) for other, label in placed.items() if other != dot)
    marks = sum(box.shared(other.box) for other in placed if other != dot)
    return names + marks + ground.outside(box)


def _candidates(dot: Dot, lines: tuple[str, ...], size: float) -> Iterable[Label]:
    wide = max(width_of(line) for line in lines) * size
    tall = len(lines) * size * LINE_HEIGHT
    for reach in _REACHES:
        gap = dot.radius * reach + 0.7
        for across, down in _WAYS:
            x = dot.at[0] + across * gap
            left = x - (wide if across < 0 else 0 if across > 0 else wide / 2)
            middle = dot.at[1] + down * (gap + (tall / 2 if across == 0 else size * 0.25))
            anchor: Anchor = "start" if across > 0 else "end" if across < 0 else "middle"
            box = Box(left, middle - tall / 2, left + wide, middle + tall / 2)
            yield Label(lines, x, box.top + size * 0.92, anchor, box)


def width_of(line: str) -> float:
    """Return about how wide a line of Inter is, in parts of the type size."""
    return sum(_width(letter) for letter in line)


def _width(letter: str) -> float:
    if letter in "iljtfrI.,'’:;()[]| -":
        return NARROW
    if letter in "mwMWÆŒ@щшжюЩШЖЮ":
        return WIDE
    return CAPITAL if letter.isupper() else PLAIN


def _lines(name: str) -> tuple[str, ...]:
    """Break a long name where its two lines come out most alike."""
    words = name.split(" ")
    if len(name) <= LONGEST_LINE or len(words) == 1:
        return (name,)
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return min(halves, key=lambda pair: max(len(pair[0]), len(pair[1])))
