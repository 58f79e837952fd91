"""One stacked bar of items by kind: plain counts in, SVG string out. Its table always stands beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.colours import DEFAULT, FONT, Palette
from review_app.reports.drawings.labels import Box, width_of
from review_app.reports.drawings.textures import KINDS, filled

# In mm on paper: 8 pt labels, 12 pt counts.
LABEL_SIZE, COUNT_SIZE = 2.8, 4.2
BAR_HEIGHT, LABEL_HEIGHT = 9.0, 4.6
# A part is never narrower than its count needs; the larger ones give way.
NARROWEST_DIGIT, NARROWEST = 2.6, 4.0


@dataclass(frozen=True)
class Part:
    """One kind with its name and its number of items."""

    kind: ItemKind
    label: str
    count: int


def stacked_bar(parts: Sequence[Part], *, width: float, title: str, palette: Palette = DEFAULT) -> str:
    """Draw one bar `width` mm wide: the count inside its part, the labels above when every one finds room."""
    shown = [part for part in parts if part.count > 0]
    widths = _widths(shown, width)
    labelled = all(width_of(part.label) * LABEL_SIZE < wide for part, wide in zip(shown, widths, strict=True))
    top = LABEL_HEIGHT if labelled else 0.3
    height = top + BAR_HEIGHT + 0.3
    drawn = "".join(_segments(shown, widths, palette, top if labelled else None))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}" role="img"><title>{escape(title)}</title>'
        f'<g font-family="{FONT}" font-size="{LABEL_SIZE}">{drawn}</g></svg>'
    )


def _widths(parts: Sequence[Part], width: float) -> list[float]:
    """Share the width by count, after each part has the room for its number."""
    least = [NARROWEST + NARROWEST_DIGIT * len(str(part.count)) for part in parts]
    total = sum(part.count for part in parts)
    fair = [width * part.count / total for part in parts]
    lacking = [max(0.0, need - have) for need, have in zip(least, fair, strict=True)]
    spare = sum(max(0.0, have - need) for need, have in zip(least, fair, strict=True)) or 1.0
    given = min(1.0, sum(lacking) / spare)
    return [have + lack - given * max(0.0, have - need) for have, lack, need in zip(fair, lacking, least, strict=True)]


def _segments(parts: Sequence[Part], widths: Sequence[float], palette: Palette, labels: float | None) -> Iterable[str]:
    left, top = 0.0, labels or 0.3
    for part, wide in zip(parts, widths, strict=True):
        texture, count = KINDS[part.kind], str(part.count)
        if labels is not None:
            yield f'<text x="{left + 0.2:.1f}" y="{top - 1.6:.1f}" fill="{palette.ink}">{escape(part.label)}</text>'
        box = Box(left + 0.2, top, left + wide - 0.4, top + BAR_HEIGHT)
        yield filled(box, texture, palette, free=NARROWEST + NARROWEST_DIGIT * len(count) - 1)
        yield (
            f'<text x="{left + 2:.1f}" y="{top + 6.1:.1f}" font-size="{COUNT_SIZE}" font-weight="600" '
            f'fill="{texture.text(palette)}">{count}</text>'
        )
        left += wide
