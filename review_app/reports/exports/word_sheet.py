"""What the page says of itself: its size, its running lines, its draft mark, its title and its day."""

from dataclasses import dataclass
from typing import Any

# What lies across: papers made to be shown on a wall.
WIDE = frozenset(("report-slides",))
MM = 36_000
"""A millimetre in the units of Word drawings."""
TWIP = 635
"""A twentieth of a point in the same units."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper, in mm, and what stands at its edges."""

    width: float = 210
    height: float = 297
    top: float = 22
    side: float = 20
    bottom: float = 20
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


def sheet_of(article: Any, root: Any) -> Sheet:
    """Return the sheet of a page: A4, or a slide for what lies across."""
    days = root.xpath("//meta[@name='dcterms.created']/@content")
    told = {
        "running": article.get("data-running", ""),
        "imprint": article.get("data-imprint", ""),
        "draft": _draft_of(article),
        "title": " ".join((root.findtext(".//title") or "").split()),
        "day": days[0] if days else "",
    }
    if WIDE & set(article.get("class", "").split()):
        return Sheet(width=320, height=180, top=16, side=18, bottom=14, **told)
    return Sheet(**told)


def _draft_of(article: Any) -> tuple[str, ...]:
    lines = article.xpath(".//*[contains(concat(' ', @class, ' '), ' report-draft ')]/*")
    return tuple(" ".join(line.text_content().split()) for line in lines)
