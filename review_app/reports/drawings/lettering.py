"""Words in a drawing: lines that fit their room, and the sheet on which everything stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from review_app.domain.text import clean_line
from review_app.reports.drawings.colours import FONT, Palette
from review_app.reports.drawings.labels import width_of

# In mm on paper: 8 pt words, 7 pt notes, and the distance of two lines.
SIZE, SMALL, LEADING = 2.8, 2.5, 3.5
# In mm: the whole width of the printed page; less than half of it on screens: at 360 px words are 12 px high.
ON_PAPER, ON_SCREEN = 170.0, 76.0
MORE = "…"


@dataclass(frozen=True)
class Look:
    """How words stand in a drawing."""

    fill: str
    size: float = SIZE
    weight: int = 400
    anchor: Literal["start", "middle", "end"] = "start"


def sheet(width: float, height: float, title: str, content: Iterable[str]) -> str:
    """Return a whole drawing `width` x `height` mm; `title` says in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:.1f}mm" '
        f'viewBox="0 0 {width:g} {height:.1f}" role="img"><title>{escape(clean_line(title))}</title>'
        f'<g font-family="{FONT}" font-size="{SIZE}">{"".join(content)}</g></svg>'
    )


def words_at(x: float, y: float, text: str, look: Look) -> str:
    """Draw one line of text; `y` is its base line."""
    size = f' font-size="{look.size}"' if look.size != SIZE else ""
    weight = f' font-weight="{look.weight}"' if look.weight != 400 else ""
    anchor = f' text-anchor="{look.anchor}"' if look.anchor != "start" else ""
    return f'<text x="{x:.2f}" y="{y:.2f}" fill="{look.fill}"{size}{weight}{anchor}>{escape(clean_line(text))}</text>'


def haloed(x: float, y: float, text: str, look: Look, palette: Palette) -> str:
    """Draw a line of text over a rim of paper, so that nothing runs through its letters."""
    rim = words_at(x, y, text, look)
    paper = f' stroke="{palette.paper}" stroke-width="1.2" stroke-linejoin="round">'
    return rim.replace(">", paper, 1) + rim


def lines_at(x: float, y: float, lines: Sequence[str], look: Look) -> str:
    """Draw lines below each other; `y` is the base of the first."""
    return "".join(words_at(x, y + place * LEADING, line, look) for place, line in enumerate(lines))


def broken(text: str, width: float, *, most: int, size: float = SIZE) -> tuple[str, ...]:
    """Break a text into lines `width` mm wide; what does not fit into `most` of them is cut, and said to be."""
    lines: list[str] = []
    line = ""
    for word in _pieces(clean_line(text), width / size):
        longer = f"{line} {word}" if line else word
        if width_of(longer) * size <= width or not line:
            line = longer
            continue
        lines.append(line)
        line = word
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], width / size))


def _pieces(text: str, width: float) -> Iterable[str]:
    """Return the words of a text; one that no line can hold comes in pieces."""
    for word in text.split():
        rest = word
        while width_of(rest) > width and len(rest) > 1:
            fits = next((size for size in range(len(rest) - 1, 1, -1) if width_of(rest[:size]) <= width), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _cut(line: str, width: float) -> str:
    while line and width_of(line + MORE) > width:
        line = line[:-1]
    return line.rstrip(" ,;:.-–") + MORE
