"""What was said where: rows of reviews or cities, columns of themes, a shaded square with its count where they meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.labels import Box, width_of
from review_app.reports.drawings.lettering import (
    LEADING,
    ON_PAPER,
    ON_SCREEN,
    SIZE,
    SMALL,
    Look,
    broken,
    lines_at,
    sheet,
    words_at,
)
from review_app.reports.drawings.textures import Texture, filled
from review_app.reports.wording.words import Words

# On a screen the labels take what the longest needs: between these widths.
LABELS, LABELS_ON_SCREEN, WIDEST_LABELS, AFTER_LABEL = 46.0, (24.0, 36.0), 80.0, 2.5
CELL, WIDEST = 5.4, 17.0
MOST_HEAD_LINES = 3
# The more, the darker; the count stands inside, so that nobody has to guess a shade.
SHADES = (Texture("paper"), Texture("pale"), Texture("line"), Texture("mid", ink="paper"), Texture("ink", ink="paper"))
Cells = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class _Grid:
    """Where the cells lie, in mm; `keyed` when columns bear numbers that a key explains."""

    width: float
    labels: float
    column: float
    heads: tuple[tuple[str, ...], ...]
    keyed: bool
    most: int

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return max(len(lines) for lines in self.heads) * LEADING + 1.6

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.labels + column * self.column


def matrix_figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    words: Words,
    caption: str,
    *,
    on_screen: bool,
    palette: Palette = DEFAULT,
    is_explained: bool = False,
) -> Figure | None:
    """Draw a square for every count above none; `cells` are counts by place of row and column, from 0.

    Readable up to 30 rows and 12 columns. None when nothing is counted. Columns too narrow for their heads bear
    numbers, with a key below; none is drawn where the page itself says what the numbers stand for: `is_explained`.
    """
    if not any(cells.values()):
        return None
    alt = _alt(rows, columns, cells, words)
    grid = _grid(rows, columns, max(cells.values()), on_screen=on_screen)
    bottom = grid.top + len(rows) * CELL
    key, key_height = ("", 0.0) if is_explained else _key(grid, columns, bottom + 2.2, palette)
    parts = (
        _heads(grid, palette),
        *(_row(grid, place, label, cells, palette) for place, label in enumerate(rows)),
        key,
    )
    return Figure(sheet(grid.width, bottom + key_height + 0.4, alt, parts), alt, (caption,) if caption else ())


def _grid(rows: Sequence[str], columns: Sequence[str], most: int, *, on_screen: bool) -> _Grid:
    width, least, widest = (ON_SCREEN, *LABELS_ON_SCREEN) if on_screen else (ON_PAPER, LABELS, LABELS)
    labels = min(max(least, *(width_of(row) * SIZE + AFTER_LABEL for row in rows)), widest)
    column = min(WIDEST, (width - labels) / len(columns))
    labels = min(WIDEST_LABELS, width - column * len(columns))
    fits = all(width_of(word) * SMALL <= column - 0.8 for label in columns for word in label.split())
    heads = tuple(broken(label, column - 0.8, most=99, size=SMALL) for label in columns)
    keyed = not fits or max(map(len, heads)) > MOST_HEAD_LINES
    if keyed:
        heads = tuple((str(number),) for number, _ in enumerate(columns, start=1))
    return _Grid(width, labels, column, heads, keyed, most)


def _heads(grid: _Grid, palette: Palette) -> str:
    look = Look(palette.ink, size=SMALL, weight=600, anchor="middle")
    return "".join(
        lines_at(grid.left(column) + grid.column / 2, grid.top - 1.6 - (len(lines) - 1) * LEADING, lines, look)
        for column, lines in enumerate(grid.heads)
    )


def _row(grid: _Grid, place: int, label: str, cells: Cells, palette: Palette) -> str:
    top = grid.top + place * CELL
    rule = (
        f'<path d="M0 {top:.2f}H{grid.left(len(grid.heads)):.2f}" stroke="{palette.line}" stroke-width=".15" '
        'fill="none"/>'
    )
    name = broken(label, grid.labels - 2, most=1)[0]
    marks = (_mark(grid, (column, top), cells.get((place, column), 0), palette) for column, _ in enumerate(grid.heads))
    return rule + words_at(0, top + CELL - 1.7, name, Look(palette.ink)) + "".join(marks)


def _mark(grid: _Grid, at: tuple[int, float], count: int, palette: Palette) -> str:
    if not count:
        return ""
    column, top = at
    middle, half = grid.left(column) + grid.column / 2, min(grid.column - 0.7, 7.0) / 2
    texture = shade_of(count, grid.most)
    box = Box(middle - half, top + 0.45, middle + half, top + CELL - 0.45)
    look = Look(texture.text(palette), size=SMALL, weight=600, anchor="middle")
    return filled(box, texture, palette) + words_at(middle, top + CELL - 1.8, str(count), look)


def shade_of(count: int, most: int) -> Texture:
    """Return the shade of a count: one for each up to five, then by fifths of the highest."""
    if most <= len(SHADES):
        return SHADES[count - 1 + len(SHADES) - most]
    return SHADES[min((count - 1) * len(SHADES) // most, len(SHADES) - 1)]


def _key(grid: _Grid, columns: Sequence[str], top: float, palette: Palette) -> tuple[str, float]:
    """Say what the numbers of the columns stand for, in as many columns of text as find room."""
    if not grid.keyed:
        return "", 0.0
    abreast = 1 if grid.width < ON_PAPER else 3
    wide, down = grid.width / abreast, -(-len(columns) // abreast)
    drawn = []
    for place, label in enumerate(columns):
        x, y = place // down * wide, top + place % down * LEADING + SIZE
        drawn.append(words_at(x, y, str(place + 1), Look(palette.ink, size=SMALL, weight=600)))
        text = broken(label, wide - 6, most=1, size=SMALL)[0]
        drawn.append(words_at(x + 4, y, text, Look(palette.ink, size=SMALL)))
    return "".join(drawn), down * LEADING + 3.0


def _alt(rows: Sequence[str], columns: Sequence[str], cells: Cells, words: Words) -> str:
    """Say how often each column was met: a table of thirty rows would be too long to listen to, and stands beside."""
    _ = words.gettext
    met = [sum(1 for row, _row in enumerate(rows) if cells.get((row, place))) for place, _label in enumerate(columns)]
    told = (
        _("%(column)s in %(rows)s")
        % {"column": label, "rows": words.ngettext("%(count)s row", "%(count)s rows", count)}
        for label, count in zip(columns, met, strict=True)
    )
    return _("Table of marks, %(rows)s by %(columns)s. %(found)s.") % {
        "rows": words.ngettext("%(count)s row", "%(count)s rows", len(rows)),
        "columns": words.ngettext("%(count)s column", "%(count)s columns", len(columns)),
        "found": "; ".join(told),
    }


def matrix_chart(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    words: Words,
    *,
    figure: Figure | None,
    first: str,
    caption: str,
) -> Chart | None:
    """Return the figure with its table; `first` heads the rows."""
    if figure is None:
        return None
    found = tuple(
        (label, *(words.number(cells.get((place, column), 0)) for column, _ in enumerate(columns)))
        for place, label in enumerate(rows)
    )
    return Chart(figure, caption, (first, *columns), found, shape="matrix")
