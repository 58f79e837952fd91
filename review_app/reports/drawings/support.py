"""How many hold each message: a row of dots, filled for those who do, with the number in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box
from review_app.reports.drawings.lettering import Look, sheet, words_at
from review_app.reports.drawings.rows import Measure, Row, Rows, laid_out
from review_app.reports.drawings.textures import Strokes, Texture, filled
from review_app.reports.wording.words import Words

LABELS, BAR = 96.0, 3.4
# In mm: from dot to dot, and the radius of one. More than so many would be counted by nobody: they become a bar.
STEP, RADIUS, MOST_DOTS = 3.4, 1.15, 12
WORDS = 26.0
HOLD, OTHERS = Texture("ink", ink="paper"), Texture("paper", Strokes.NONE)


@dataclass(frozen=True)
class Held:
    """A message and how many of how many hold it; `told` says so in words, alone where no number may be given.

    `language` is that of the message where it is not the report's.
    """

    label: str
    told: str
    count: int | None = None
    of: int | None = None
    language: str | None = None


def support_figure(
    held: Sequence[Held],
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
) -> Figure | None:
    """Draw a row a message in the order given; None when there is none."""
    if not held:
        return None
    alt = _alt(held, words)
    rows = laid_out([one.label for one in held], Measure(LABELS, BAR, 0.4), on_screen=on_screen)
    marks = (_marks(rows, row, one, palette) for row, one in zip(rows.rows, held, strict=True))
    return Figure(
        sheet(rows.width, rows.bottom + 0.6, alt, (rows.labels(palette), *marks)), alt, (caption,) if caption else ()
    )


def _marks(rows: Rows, row: Row, held: Held, palette: Palette) -> str:
    right, look = rows.left, Look(palette.ink, weight=600)
    drawn = ""
    if held.count is not None and held.of:
        drawn, right = _drawn(rows, row, (held.count, held.of), palette)
        right += 1.6
    return drawn + words_at(right, row.bar + BAR - 0.7, held.told, look)


def _drawn(rows: Rows, row: Row, share: tuple[int, int], palette: Palette) -> tuple[str, float]:
    """Return dots, or a bar when they would be too many, and where they end."""
    count, whole = share
    if whole <= MOST_DOTS:
        middle = row.bar + BAR / 2
        dots = (
            _dot(rows.left + STEP * (place + 0.4), middle, palette, is_held=place < count) for place in range(whole)
        )
        return "".join(dots), rows.left + STEP * whole
    wide = rows.room - WORDS
    held = wide * count / whole
    box = Box(rows.left + 0.2, row.bar, rows.left + wide, row.bar + BAR)
    return filled(box, OTHERS, palette) + filled(box._replace(right=box.left + held), HOLD, palette), box.right


def _dot(x: float, y: float, palette: Palette, *, is_held: bool) -> str:
    fill = palette.ink if is_held else palette.paper
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{RADIUS}" fill="{fill}" stroke="{palette.ink}" stroke-width=".3"/>'


def _alt(held: Sequence[Held], words: Words) -> str:
    _ = words.gettext
    return _("%(messages)s and who holds them. %(rows)s.") % {
        "messages": words.ngettext("%(count)s message", "%(count)s messages", len(held)),
        "rows": "; ".join(_("%(row)s: %(parts)s") % {"row": one.label, "parts": one.told} for one in held),
    }


def support_chart(held: Sequence[Held], figure: Figure | None, words: Words, *, caption: str) -> Chart | None:
    """Return the figure with its table."""
    if figure is None:
        return None
    headers = (words.gettext("Message"), words.gettext("Held by"))
    rows = tuple((one.label, one.told) for one in held)
    return Chart(figure, caption, headers, rows, texts=True, languages=tuple(one.language for one in held))
