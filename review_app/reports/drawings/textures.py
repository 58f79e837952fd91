"""What fills a part of a drawing: a shade and strokes, so that parts differ without their colours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.labels import Box

# In mm: as fine as a desktop printer still keeps apart.
SPACING, STROKE, OUTLINE = 1.15, 0.22, 0.25


class Strokes(Enum):
    """Lines over a shade, as on an engraved map."""

    NONE = auto()
    RISING = auto()
    FALLING = auto()
    LEVEL = auto()
    CROSSED = auto()


@dataclass(frozen=True)
class Texture:
    """A shade by its name in the palette, strokes over it, and what can be read on it."""

    shade: str
    strokes: Strokes = Strokes.NONE
    ink: str = "ink"

    def fill(self, palette: Palette) -> str:
        """Return the shade as #rrggbb."""
        return str(getattr(palette, self.shade))

    def text(self, palette: Palette) -> str:
        """Return the colour of words and strokes on it as #rrggbb."""
        return str(getattr(palette, self.ink))


# Dark and light alternate in the order of the report; whatever is equally dark differs by its strokes.
KINDS: Mapping[ItemKind, Texture] = MappingProxyType(
    {
        ItemKind.SUCCESS_FACTOR: Texture("ink", ink="paper"),
        ItemKind.CHALLENGE: Texture("pale", Strokes.RISING),
        ItemKind.LESSON: Texture("accent", ink="paper"),
        ItemKind.RECOMMENDATION: Texture("paper"),
        ItemKind.QUESTION: Texture("line", Strokes.LEVEL),
        ItemKind.TAKE_HOME: Texture("mid", Strokes.FALLING, ink="paper"),
    }
)


def filled(box: Box, texture: Texture, palette: Palette, *, free: float = 0.0) -> str:
    """Draw a rectangle with its texture; strokes leave `free` mm at the left for a number."""
    fill, ink = texture.fill(palette), texture.text(palette)
    rect = (
        f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{box.right - box.left:.2f}" '
        f'height="{box.bottom - box.top:.2f}" fill="{fill}" stroke="{palette.ink}" stroke-width="{OUTLINE}"/>'
    )
    path = "".join(_strokes(box._replace(left=box.left + free), texture.strokes))
    return rect + (f'<path d="{path}" stroke="{ink}" stroke-width="{STROKE}" fill="none"/>' if path else "")


def _strokes(box: Box, strokes: Strokes) -> Iterable[str]:
    if box.right - box.left < SPACING / 2:
        return
    if strokes is Strokes.LEVEL:
        yield from _level(box)
    if strokes in (Strokes.RISING, Strokes.CROSSED):
        yield from (_line(*ends) for ends in _rising(box))
    if strokes in (Strokes.FALLING, Strokes.CROSSED):
        across = box.left + box.right
        yield from (_line(across - x1, y1, across - x2, y2) for x1, y1, x2, y2 in _rising(box))


def _level(box: Box) -> Iterable[str]:
    y = box.top + SPACING
    while y < box.bottom - STROKE:
        yield _line(box.left, y, box.right, y)
        y += SPACING


def _rising(box: Box) -> Iterable[tuple[float, float, float, float]]:
    """Lines from lower left to upper right, cut at the box: each is the set of points with the same x + y."""
    step = SPACING * 1.414
    both = box.left + box.top + step
    while both < box.right + box.bottom:
        left, right = max(box.left, both - box.bottom), min(box.right, both - box.top)
        yield left, both - left, right, both - right
        both += step


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}"
