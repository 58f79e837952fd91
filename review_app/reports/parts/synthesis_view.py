"""What the template of a synthesis needs: finished sentences, tables and lists in order; it decides nothing."""

from dataclasses import dataclass

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.figures import Figure
from review_app.reports.parts.long_view import SHORT_TABLE
from review_app.reports.parts.view import Fact, KeyRow, Link, Marked, Sheet


@dataclass(frozen=True)
class Heading:
    """A line of the contents: its words, the id it leads to, and whether it stands within a chapter."""

    text: str
    anchor: str
    is_within: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: what it shows, its columns, and rows whose first cell heads them. `numbers` are columns of counts.

    `language` is that of the first column where people typed it, None where it is the report's.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    language: str | None = None

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page; a longer one begins where it stands."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class Cell:
    """A count in the matrix; empty where nothing was found."""

    text: str
    label: str


@dataclass(frozen=True)
class MatrixRow:
    """A review in the matrix."""

    number: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Reviews by themes, or by kinds of statement where nobody has coded. `legend` names the numbered columns."""

    heading: Heading
    caption: str
    columns: tuple[str, ...]
    legend: tuple[Fact, ...]
    rows: tuple[MatrixRow, ...]
    figure: Figure | None = None


@dataclass(frozen=True)
class Line:
    """One statement in a list: what it says, who holds it, and the review it comes from."""

    headline: str
    paragraphs: tuple[str, ...]
    support: str
    source: str
    anchor: str
    notes: tuple[str, ...] = ()
    language: str | None = None
    summary: str = ""
    remark: str = ""
    dissent: Marked | None = None


@dataclass(frozen=True)
class Bundle:
    """Statements of one kind, one addressee or one level, under a heading of their own where there are several."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ThemeView:
    """A theme: what people say of it, how often it was met, and the statements under it, kind by kind."""

    heading: Heading
    memo: tuple[str, ...]
    met: tuple[str, ...]
    bundles: tuple[Bundle, ...]
    parts: tuple["ThemeView", ...] = ()


@dataclass(frozen=True)
class Chapter:
    """All of one kind over the reviews: how it is ordered and grouped, the themes behind it, the statements."""

    heading: Heading
    kind: ItemKind
    intro: str
    ranking: Grid | None
    bundles: tuple[Bundle, ...]
    figure: Figure | None = None
    note: str = ""


@dataclass(frozen=True)
class Prose:
    """A text by people."""

    heading: Heading
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Making:
    """How the synthesis was made: counts, tables in columns of the page, and what people say about it."""

    heading: Heading
    sentences: tuple[str, ...]
    note: tuple[str, ...]
    tables: tuple[tuple[Grid, ...], ...]


@dataclass(frozen=True)
class PracticeNote:
    """A practice in one paragraph, under the name of its host."""

    name: str
    title: str
    anchor: str
    text: str
    language: str | None


@dataclass(frozen=True)
class Indicator:
    """A number of a practice, under the name of its host."""

    name: str
    row: KeyRow
    language: str | None


@dataclass(frozen=True)
class Sequel:
    """What came after a review."""

    name: str
    anchor: str
    lines: tuple[str, ...]
    language: str | None


@dataclass(frozen=True)
class Listed:
    """A review in the annex: where, when and how it was held, and its sources."""

    anchor: str
    number: str
    title: str
    language: str | None
    facts: tuple[Fact, ...]
    sources: tuple[Link, ...]


@dataclass(frozen=True)
class Section:
    """A heading with whatever stands under it."""

    heading: Heading


@dataclass(frozen=True)
class Practices(Section):
    """The practices in brief."""

    notes: tuple[PracticeNote, ...]
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Sequels(Section):
    """What happened next."""

    notes: tuple[Sequel, ...]


@dataclass(frozen=True)
class Reviews(Section):
    """The list of reviews."""

    entries: tuple[Listed, ...]
    figure: Figure | None = None


@dataclass(frozen=True)
class Glossary(Section):
    """The words of the method."""

    words: tuple[Fact, ...]


@dataclass(frozen=True)
class Themes(Section):
    """Findings by theme."""

    intro: str
    themes: tuple[ThemeView, ...]


@dataclass(frozen=True)
class SynthesisView:
    """A whole synthesis, ready to be drawn. Empty parts are None or empty and are left out."""

    sheet: Sheet
    facts: tuple[Fact, ...]
    contents: tuple[Heading, ...]
    foreword: Prose | None
    findings: tuple[str, ...]
    findings_heading: Heading
    making: Making
    map: Figure | None
    themes: Themes | None
    chapters: tuple[Chapter, ...]
    practices: Practices | None
    sequels: Sequels | None
    conclusions: Prose | None
    matrix: Matrix | None
    reviews: Reviews | None
    glossary: Glossary
