"""Findings in the order of their support, for what is said over several reviews. Never of cities (METHOD.md R1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box
from review_app.reports.drawings.lettering import Look, sheet, words_at
from review_app.reports.drawings.rows import Measure, Row, Rows, laid_out
from review_app.reports.drawings.textures import Texture, filled
from review_app.reports.wording.words import Words

LABELS, BAR = 100.0, 4.2
NUMBERS = 9.0
SHADE = Texture("ink", ink="paper")


@dataclass(frozen=True)
class Finding:
    """A finding in a sentence, and how many support it: reviews, cities or messages, as the caption says."""

    label: str
    count: int


@dataclass(frozen=True)
class Placed:
    """A finding with its place; equal support is the same place."""

    place: int
    finding: Finding

    @property
    def label(self) -> str:
        """The place and the finding in one line."""
        return f"{self.place}. {self.finding.label}"


def placed(findings: Sequence[Finding]) -> tuple[Placed, ...]:
    """Return findings by falling support; equal ones share a place and stand in the order given."""
    ordered = sorted((one for one in findings if one.count > 0), key=lambda one: -one.count)
    counts = [one.count for one in ordered]
    return tuple(Placed(counts.index(one.count) + 1, one) for one in ordered)


def ranking_figure(
    findings: Sequence[Finding],
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
) -> Figure | None:
    """Draw a bar a finding, the best supported first; None when nothing has support."""
    ranked = placed(findings)
    if not ranked:
        return None
    alt = _alt(ranked, words)
    rows = laid_out([one.label for one in ranked], Measure(LABELS, BAR, 0.4), on_screen=on_screen)
    scale = (rows.room - NUMBERS) / ranked[0].finding.count
    bars = (_bar(rows, row, one.finding.count, (scale, palette)) for row, one in zip(rows.rows, ranked, strict=True))
    svg = sheet(rows.width, rows.bottom + 0.6, alt, (rows.labels(palette), *bars))
    return Figure(svg, alt, (caption,) if caption else ())


def _bar(rows: Rows, row: Row, count: int, ruler: tuple[float, Palette]) -> str:
    scale, palette = ruler
    right = rows.left + scale * count
    box = Box(rows.left + 0.2, row.bar, right, row.bar + BAR)
    look = Look(palette.ink, weight=600)
    return filled(box, SHADE, palette) + words_at(right + 1.2, row.bar + BAR - 1.1, str(count), look)


def _alt(ranked: Sequence[Placed], words: Words) -> str:
    _ = words.gettext
    rows = (_("%(row)s: %(parts)s") % {"row": one.label, "parts": words.number(one.finding.count)} for one in ranked)
    return _("%(findings)s in the order of their support. %(rows)s.") % {
        "findings": words.ngettext("%(count)s finding", "%(count)s findings", len(ranked)),
        "rows": "; ".join(rows),
    }


def ranking_chart(
    findings: Sequence[Finding], figure: Figure | None, words: Words, *, counted: str, caption: str
) -> Chart | None:
    """Return the figure with its table; `counted` heads the numbers, such as "Reviews"."""
    if figure is None:
        return None
    rows = tuple((one.label, words.number(one.finding.count)) for one in placed(findings))
    return Chart(figure, caption, (words.gettext("Finding"), counted), rows)
