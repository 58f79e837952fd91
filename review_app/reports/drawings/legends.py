"""The key of a drawing: each texture with its word, in as many lines as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.labels import Box, width_of
from review_app.reports.drawings.lettering import ON_PAPER, ON_SCREEN, SIZE, Look, words_at
from review_app.reports.drawings.textures import Texture, filled

SWATCH, LINE, APART, BELOW = 4.4, 4.8, 4.6, 2.6


@dataclass(frozen=True)
class Entry:
    """A word and what it looks like."""

    label: str
    texture: Texture


@dataclass(frozen=True)
class Legend:
    """A drawn key and the height it takes, the space below it included."""

    drawn: str
    height: float


def legend(entries: Sequence[Entry], palette: Palette, *, on_screen: bool) -> Legend:
    """Draw a key from the upper left corner on."""
    width = ON_SCREEN if on_screen else ON_PAPER
    drawn, left, top = [], 0.0, 0.3
    for entry in entries:
        wide = SWATCH + 1.4 + width_of(entry.label) * SIZE
        if left and left + wide > width:
            left, top = 0.0, top + LINE
        drawn.append(filled(Box(left + 0.2, top, left + SWATCH, top + 2.9), entry.texture, palette))
        drawn.append(words_at(left + SWATCH + 1.2, top + 2.5, entry.label, Look(palette.ink)))
        left += wide + APART
    return Legend("".join(drawn), top + LINE + BELOW - 1.4)
