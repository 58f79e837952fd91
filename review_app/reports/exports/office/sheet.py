"""What the page says of itself: its size, its running lines, its draft mark, its title and its day."""

from dataclasses import dataclass, replace
from typing import Any

MM = 36_000
"""A millimetre in the units of Word drawings."""
TWIP = 635
"""A twentieth of a point in the same units."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper, in mm, what stands at its edges, and how much larger than on A4 its letters are."""

    width: float = 210
    height: float = 297
    top: float = 22
    side: float = 20
    bottom: float = 20
    scale: float = 1
    running: str = ""
    imprint: str = ""
    draft: tuple[str, ...] = ()
    title: str = ""
    day: str = ""

    @property
    def text_width(self) -> int:
        """The width of a line, in the units of Word drawings."""
        return int((self.width - 2 * self.side) * MM)

    @property
    def text_height(self) -> int:
        """The height that a picture with its caption may take, in the same units."""
        return int((self.height - self.top - self.bottom - 30) * MM)

    @property
    def right(self) -> int:
        """The right edge of a line, in twentieths of a point."""
        return self.text_width // TWIP


A4 = Sheet()
SHAPES = {
    "report-slides": Sheet(width=338.7, height=190.5, top=18, side=20, bottom=16, scale=1.7),
    "report-wide": Sheet(width=297, height=210, top=18, side=16, bottom=16),
    "report-blank-form": Sheet(top=18, side=18, bottom=16, scale=0.93),
}
"""What lies across: papers to be shown on a wall, and tables with many columns; and what leaves more room for a pen."""


def sheet_of(article: Any, root: Any) -> Sheet:
    """Return the sheet of a page: A4 as reports have it, unless its article says otherwise."""
    days = root.xpath("//meta[@name='dcterms.created']/@content")
    names = article.get("class", "").split()
    shape = next((SHAPES[name] for name in names if name in SHAPES), A4)
    return replace(
        shape,
        running=article.get("data-running", ""),
        imprint=article.get("data-imprint", ""),
        draft=_draft_of(article),
        title=" ".join((root.findtext(".//title") or "").split()),
        day=days[0] if days else "",
    )


def _draft_of(article: Any) -> tuple[str, ...]:
    lines = article.xpath(".//*[contains(concat(' ', @class, ' '), ' report-draft ')]/*")
    return tuple(" ".join(line.text_content().split()) for line in lines)
