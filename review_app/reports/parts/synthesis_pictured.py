"""The figures of a synthesis, each beside its table: themes by support, reviews by theme, visits over the years."""

from dataclasses import dataclass, replace

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.drawings.matrix import matrix_figure
from review_app.reports.drawings.ranking import Finding, ranking_figure
from review_app.reports.drawings.timeline import Moment, timeline_figure
from review_app.reports.frozen.synthesis import SynthesisReport
from review_app.reports.parts.synthesis_annexes import columns_of
from review_app.reports.parts.synthesis_counting import short_name
from review_app.reports.parts.synthesis_said import ranked_themes
from review_app.reports.parts.synthesis_view import Chapter, Matrix, Reviews
from review_app.reports.wording.words import Words

# More rows than these make a figure that nobody reads at a glance: the table says it then.
MOST_ROWS, MOST_ON_SCREEN, FEWEST = 30, 12, 2


@dataclass(frozen=True)
class Canvas:
    """Where figures are drawn: in which words and colours, for a screen or for paper."""

    words: Words
    palette: Palette
    on_screen: bool

    @property
    def most(self) -> int:
        """How many rows a figure may have: on a screen fewer, for a page must stay light (EXPERIENCE.md 8)."""
        return MOST_ON_SCREEN if self.on_screen else MOST_ROWS


def with_timeline(reviews: Reviews | None, report: SynthesisReport, canvas: Canvas) -> Reviews | None:
    """Show when the visits were, the earliest first; nothing where there are too few or too many to read."""
    words = canvas.words
    known = [review for review in report.reviews if review.when.start]
    if reviews is None or not FEWEST <= len(known) <= canvas.most:
        return reviews
    moments = [
        Moment(short_name(review, words), review.when) for review in sorted(known, key=lambda one: one.when.start or "")
    ]
    caption = words.gettext("When the visits were")
    figure = timeline_figure(moments, words, caption, on_screen=canvas.on_screen, palette=canvas.palette)
    return replace(reviews, figure=figure)


def with_ranking(chapters: tuple[Chapter, ...], report: SynthesisReport, canvas: Canvas) -> tuple[Chapter, ...]:
    """Show in how many reviews each theme was met: themes are ranked, never cities (METHOD.md R1)."""
    return tuple(replace(chapter, figure=_ranking(chapter.kind, report, canvas)) for chapter in chapters)


def _ranking(kind: ItemKind, report: SynthesisReport, canvas: Canvas) -> Figure | None:
    found = [Finding(name, len(met.reviews)) for name, met in ranked_themes(report, kind)]
    if len(found) < FEWEST:
        return None
    caption = canvas.words.gettext("In how many reviews each theme was met")
    return ranking_figure(found, canvas.words, caption, on_screen=canvas.on_screen, palette=canvas.palette)


def with_marks(matrix: Matrix | None, report: SynthesisReport, canvas: Canvas) -> Matrix | None:
    """Show which review met which theme, or how much it holds of each kind where nobody has coded."""
    if matrix is None or len(report.reviews) > canvas.most:
        return matrix
    columns = columns_of(report, canvas.words)
    cells = {
        (row, column): found.count(review.number)
        for row, review in enumerate(report.reviews)
        for column, (_name, found) in enumerate(columns)
    }
    names = [short_name(review, canvas.words) for review in report.reviews]
    heads = [name for name, _found in columns]
    figure = matrix_figure(
        names,
        heads,
        cells,
        canvas.words,
        "",
        on_screen=canvas.on_screen,
        palette=canvas.palette,
        is_explained=bool(matrix.legend),
    )
    return replace(matrix, figure=figure)
