"""Rows of stacked bars, what was said of each kind in each row: by question, by city, by whatever a report compares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box
from review_app.reports.drawings.legends import Entry, legend
from review_app.reports.drawings.lettering import Look, sheet, words_at
from review_app.reports.drawings.rows import Measure, Row, laid_out
from review_app.reports.drawings.textures import KINDS, filled
from review_app.reports.frozen.snapshot import KindCount
from review_app.reports.wording.words import Words

LABELS, BAR = 56.0, 5.6
# In mm: kept at the right for the sum of a row.
SUMS = 9.0
DIGIT = 1.75


@dataclass(frozen=True)
class Stack:
    """One row: whose it is, and how many of each kind; `short` is its name in the table and read aloud."""

    label: str
    counts: tuple[KindCount, ...]
    short: str = ""

    @property
    def total(self) -> int:
        """All of the row."""
        return sum(one.count for one in self.counts)

    def of(self, kind: ItemKind) -> int:
        """How many of one kind."""
        return sum(one.count for one in self.counts if one.kind is kind)


def stacks_figure(
    stacks: Sequence[Stack],
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
) -> Figure | None:
    """Draw a bar a row on one scale, divided by kind; None when nothing is counted in any of them."""
    kinds = kinds_of(stacks)
    if not kinds:
        return None
    alt = _alt(stacks, kinds, words)
    key = legend([Entry(words.kind(kind), KINDS[kind]) for kind in kinds], palette, on_screen=on_screen)
    rows = laid_out([one.label for one in stacks], Measure(LABELS, BAR, key.height), on_screen=on_screen)
    scale = (rows.room - SUMS) / max(one.total for one in stacks)
    bars = (
        _bar(row, stack, kinds, _Ruler(rows.left, scale, palette)) for row, stack in zip(rows.rows, stacks, strict=True)
    )
    svg = sheet(rows.width, rows.bottom + 0.4, alt, (key.drawn, rows.labels(palette), *bars))
    return Figure(svg, alt, (caption,) if caption else ())


@dataclass(frozen=True)
class _Ruler:
    """Where bars begin, how many mm stand for one, and the colours."""

    left: float
    scale: float
    palette: Palette


def kinds_of(stacks: Iterable[Stack]) -> tuple[ItemKind, ...]:
    """Return the kinds that occur, in the order of the report."""
    found = {one.kind for stack in stacks for one in stack.counts if one.count > 0}
    return tuple(kind for kind in KINDS if kind in found)


def _bar(row: Row, stack: Stack, kinds: Sequence[ItemKind], ruler: _Ruler) -> str:
    drawn, left = [], ruler.left + 0.2
    for kind in kinds:
        count = stack.of(kind)
        if count:
            wide = count * ruler.scale
            drawn.append(_part(Box(left, row.bar, left + wide - 0.5, row.bar + BAR), kind, count, ruler.palette))
            left += wide
    total = Look(ruler.palette.ink, weight=600)
    return "".join(drawn) + words_at(left + 1, row.bar + BAR - 1.8, str(stack.total), total)


def _part(box: Box, kind: ItemKind, count: int, palette: Palette) -> str:
    """Draw one part, with its count where it has room."""
    texture, number = KINDS[kind], str(count)
    room = DIGIT * len(number)
    fits = room + 1.4 <= box.right - box.left
    drawn = filled(box, texture, palette, free=room + 1.6 if fits else 0.0)
    look = Look(texture.text(palette), weight=600)
    return drawn + (words_at(box.left + 0.9, box.bottom - 1.8, number, look) if fits else "")


def _alt(stacks: Sequence[Stack], kinds: Sequence[ItemKind], words: Words) -> str:
    _ = words.gettext
    told = [
        _("%(row)s: %(parts)s") % {"row": one.short or one.label, "parts": _parts(one, kinds, words)} for one in stacks
    ]
    return _("%(bars)s, divided by kind. %(rows)s.") % {
        "bars": words.ngettext("%(count)s bar", "%(count)s bars", len(stacks)),
        "rows": "; ".join(told),
    }


def _parts(stack: Stack, kinds: Sequence[ItemKind], words: Words) -> str:
    found = [words.items(kind, stack.of(kind)) for kind in kinds if stack.of(kind)]
    return words.listed(found) if found else words.gettext("nothing")


def stacks_chart(
    stacks: Sequence[Stack],
    figure: Figure | None,
    words: Words,
    *,
    first: str,
    caption: str,
) -> Chart | None:
    """Return the figure with its table: a row each, a column a kind, and the sum; `first` heads the rows."""
    if figure is None:
        return None
    kinds = kinds_of(stacks)
    return Chart(
        figure,
        caption,
        headers=(first, *(words.kind(kind) for kind in kinds), words.gettext("In all")),
        rows=tuple(
            (one.short or one.label, *(words.number(one.of(kind)) for kind in kinds), words.number(one.total))
            for one in stacks
        ),
    )
