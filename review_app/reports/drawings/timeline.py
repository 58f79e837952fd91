"""When it was: the dates of a review from visit to publication, or the reviews of many years, on one line of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from review_app.reports.drawings.calendar import Tick, days_of, ticks
from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box, width_of
from review_app.reports.drawings.lettering import SIZE, SMALL, Look, haloed, sheet, words_at
from review_app.reports.drawings.rows import Measure, Row, Rows, laid_out
from review_app.reports.drawings.textures import Texture, filled
from review_app.reports.frozen.snapshot import When
from review_app.reports.wording.words import Words

LABELS, BAR, AXIS = 48.0, 3.4, 6.0
RADIUS, SHORTEST, APART = 1.5, 1.8, 1.6
DONE, PLANNED = Texture("ink", ink="paper"), Texture("paper")


@dataclass(frozen=True)
class Moment:
    """What happens, and when, as exactly as it is known; what is still to come is drawn hollow."""

    label: str
    when: When
    is_planned: bool = False


@dataclass(frozen=True)
class _Line:
    """The line of time on paper: its ends as days and in mm."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day lies, in mm."""
        return self.left + (self.right - self.left) * (day - self.first).days / (self.last - self.first).days


def timeline_figure(
    moments: Sequence[Moment],
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
) -> Figure | None:
    """Draw a row for every moment whose time is known, in the order given; None when none is."""
    known = [(one, days) for one in moments if (days := days_of(one.when)) is not None]
    if not known:
        return None
    alt = _alt([one for one, _days in known], words)
    marked = ticks(min(days[0] for _, days in known), max(days[1] for _, days in known), words, on_screen=on_screen)
    rows = laid_out([one.label for one, _days in known], Measure(LABELS, BAR, AXIS), on_screen=on_screen)
    line = _Line(marked[0].day, marked[-1].day, rows.left + 2.0, rows.width - 2.0)
    drawn = (
        _moment(row, days, line, (told(one, words), PLANNED if one.is_planned else DONE, palette))
        for row, (one, days) in zip(rows.rows, known, strict=True)
    )
    parts = (_axis(marked, line, rows, palette), rows.labels(palette), *drawn)
    return Figure(sheet(rows.width, rows.bottom + 1.2, alt, parts), alt, (caption,) if caption else ())


def told(moment: Moment, words: Words) -> str:
    """Return the time of a moment in words."""
    when = words.when(moment.when)
    return words.gettext("%(day)s, planned") % {"day": when} if moment.is_planned else when


def _axis(marked: Sequence[Tick], line: _Line, rows: Rows, palette: Palette) -> str:
    """Draw thin lines behind the marks, and their labels above: all, or every second or third."""
    bands = [(3.6, rows.bottom + 0.8)] if rows.left else [(one.bar - 0.6, one.bar + BAR + 0.8) for one in rows.rows]
    down = "".join(f"M{line.at(one.day):.2f} {top:.2f}V{low:.2f}" for one in marked for top, low in bands)
    rules = f'<path d="{down}" stroke="{palette.line}" stroke-width=".2" fill="none"/>'
    placed = [(one.label, *_extent(one, line, rows)) for one in marked]
    told = next(found for step in range(1, len(placed) + 1) if _have_room(found := placed[::step]))
    look = Look(palette.mid, size=SMALL, anchor="middle")
    return rules + "".join(words_at((left + right) / 2, 2.5, label, look) for label, left, right in told)


def _extent(tick: Tick, line: _Line, rows: Rows) -> tuple[float, float]:
    """Return where the label of a tick begins and ends: above it, and within the drawing."""
    half = width_of(tick.label) * SMALL / 2
    middle = max(min(line.at(tick.day), rows.width - half), half)
    return middle - half, middle + half


def _have_room(placed: Sequence[tuple[str, float, float]]) -> bool:
    return all(right + 1.5 <= left for (_, _, right), (_, left, _) in pairwise(placed))


def _moment(row: Row, days: tuple[date, date], line: _Line, look: tuple[str, Texture, Palette]) -> str:
    """Draw a point for one day and a bar for several, with its date where it has room."""
    text, texture, palette = look
    left, right = line.at(days[0]), line.at(days[1])
    middle = row.bar + BAR / 2
    if right - left < SHORTEST:
        left, right = (left + right) / 2 - RADIUS, (left + right) / 2 + RADIUS
        mark = (
            f'<circle cx="{(left + right) / 2:.2f}" cy="{middle:.2f}" r="{RADIUS - 0.2:.2f}" '
            f'fill="{texture.fill(palette)}" stroke="{palette.ink}" stroke-width=".5"/>'
        )
    else:
        mark = filled(Box(left, row.bar + 0.5, right, row.bar + BAR - 0.5), texture, palette)
    after = right + APART + width_of(text) * SIZE <= line.right + 2
    at = right + APART if after else left - APART
    letters = Look(palette.ink, anchor="start" if after else "end")
    return mark + haloed(at, middle + 1.0, text, letters, palette)


def _alt(moments: Sequence[Moment], words: Words) -> str:
    _ = words.gettext
    rows = (_("%(row)s: %(parts)s") % {"row": one.label, "parts": told(one, words)} for one in moments)
    return _("Line of time with %(moments)s. %(rows)s.") % {
        "moments": words.ngettext("%(count)s date", "%(count)s dates", len(moments)),
        "rows": "; ".join(rows),
    }


def timeline_chart(
    moments: Sequence[Moment], figure: Figure | None, words: Words, *, first: str, caption: str
) -> Chart | None:
    """Return the figure with its table, which holds what is not on record too; `first` heads the rows."""
    if figure is None:
        return None
    rows = tuple((one.label, told(one, words)) for one in moments)
    return Chart(figure, caption, (first, words.gettext("When")), rows, texts=True)
