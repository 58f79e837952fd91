"""How far the actions of a plan are: a bar for each state, from not started to dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box
from review_app.reports.drawings.lettering import Look, sheet, words_at
from review_app.reports.drawings.rows import Measure, Row, Rows, laid_out
from review_app.reports.drawings.textures import Strokes, Texture, filled
from review_app.reports.wording.words import Words

LABELS, BAR = 34.0, 5.0
NUMBERS = 9.0


class State(StrEnum):
    """What has become of an action."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


# The more is done, the darker; what went another way is crossed or lined.
TEXTURES = {
    State.NOT_STARTED: Texture("paper"),
    State.UNDER_WAY: Texture("line", Strokes.RISING),
    State.DONE: Texture("ink", ink="paper"),
    State.CHANGED: Texture("accent", Strokes.LEVEL, ink="paper"),
    State.DROPPED: Texture("paper", Strokes.CROSSED),
}


@dataclass(frozen=True)
class StateCount:
    """How many actions are in a state."""

    state: State
    count: int


def status_figure(
    counts: Sequence[StateCount],
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
) -> Figure | None:
    """Draw a bar for every state, empty ones too, since "none dropped" says something; None without any action."""
    found = summed(counts)
    total = sum(found.values())
    if not total:
        return None
    alt = _alt(found, words)
    rows = laid_out([named(state, words) for state in State], Measure(LABELS, BAR, 0.4), on_screen=on_screen)
    scale = (rows.room - NUMBERS) / max(found.values())
    bars = (
        _bar(rows, row, (state, found[state] * scale, found[state]), palette)
        for row, state in zip(rows.rows, State, strict=True)
    )
    svg = sheet(rows.width, rows.bottom + 0.6, alt, (rows.labels(palette), *bars))
    return Figure(svg, alt, (caption,) if caption else ())


def summed(counts: Sequence[StateCount]) -> dict[State, int]:
    """Return the number of every state, in their order."""
    return {state: sum(one.count for one in counts if one.state is state) for state in State}


def named(state: State, words: Words) -> str:
    """Return the word for a state."""
    _ = words.gettext
    return {
        State.NOT_STARTED: _("Not started"),
        State.UNDER_WAY: _("Under way"),
        State.DONE: _("Done"),
        State.CHANGED: _("Changed"),
        State.DROPPED: _("Dropped"),
    }[state]


def _bar(rows: Rows, row: Row, bar: tuple[State, float, int], palette: Palette) -> str:
    state, wide, count = bar
    box = Box(rows.left + 0.2, row.bar, rows.left + wide, row.bar + BAR)
    drawn = filled(box, TEXTURES[state], palette) if count else ""
    return drawn + words_at(rows.left + wide + 1.2, row.bar + BAR - 1.5, str(count), Look(palette.ink, weight=600))


def _alt(found: dict[State, int], words: Words) -> str:
    _ = words.gettext
    rows = (_("%(row)s: %(parts)s") % {"row": named(one, words), "parts": words.number(found[one])} for one in found)
    return _("%(actions)s by what has become of them. %(rows)s.") % {
        "actions": words.ngettext("%(count)s action", "%(count)s actions", sum(found.values())),
        "rows": "; ".join(rows),
    }


def status_chart(counts: Sequence[StateCount], figure: Figure | None, words: Words, *, caption: str) -> Chart | None:
    """Return the figure with its table."""
    if figure is None:
        return None
    found = summed(counts)
    rows = tuple((named(state, words), words.number(found[state])) for state in State)
    headers = (words.gettext("State"), words.gettext("Actions"))
    return Chart(figure, caption, headers, (*rows, (words.gettext("In all"), words.number(sum(found.values())))))
