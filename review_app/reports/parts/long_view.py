"""What the template of the full feedback report draws: numbered chapters, each there only when it holds something."""

from dataclasses import dataclass

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.figures import Figure
from review_app.reports.parts.view import (
    Brief,
    Chapter,
    Fact,
    KeyRow,
    Link,
    Listing,
    Prose,
    Said,
    Sheet,
    ShortFact,
    Statement,
    TakeHomes,
)

SHORT_TABLE = 20
"""Rows."""


@dataclass(frozen=True)
class Head:
    """The heading of a chapter: its number or letter, what stands above it, its address on the page.

    `language` is None where the title is in the language of the report.
    """

    number: str
    title: str
    anchor: str
    above: str = ""
    language: str | None = None


@dataclass(frozen=True)
class Short:
    """A text that is printed in full elsewhere in the report: its headline and the address of its place."""

    text: str
    anchor: str
    number: str = ""
    kind: str = ""
    support: str = ""
    notes: tuple[str, ...] = ()
    language: str | None = None
    summary: str = ""


@dataclass(frozen=True)
class Recommended:
    """A line of the table of recommendations."""

    short: Short
    addressee: str
    horizon: str


@dataclass(frozen=True)
class Table:
    """Rows under column heads; the first cell of a row heads it. Columns that nobody filled are left out.

    `languages` are those of the cells column by column, None where it is that of the report.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    languages: tuple[str | None, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page; a longer one begins where it stands."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class Summary:
    """The first page that is read: who met, what was said most, what is recommended."""

    head: Head
    lead: str
    strongest: tuple[Short, ...]
    recommendations: tuple[Recommended, ...]
    has_addressees: bool
    has_horizons: bool


@dataclass(frozen=True)
class Scope:
    """What was asked, and on what the report rests. `lead` is empty where the summary has said it."""

    head: Head
    lead: str
    brief: Brief
    map: Figure | None
    said: Said | None


@dataclass(frozen=True)
class Told:
    """One answer of the host: paragraphs or a table. `language` is None where it is that of the report."""

    label: str
    paragraphs: tuple[str, ...]
    table: Table | None = None
    language: str | None = None


@dataclass(frozen=True)
class ToldSection:
    """A section of what the host wrote: short answers side by side, then the long ones."""

    title: str
    facts: tuple[ShortFact, ...]
    answers: tuple[Told, ...]


@dataclass(frozen=True)
class HostPaper:
    """The host's context and practice."""

    head: Head
    prose: tuple[Prose, ...]
    key_figures: tuple[KeyRow, ...]
    sections: tuple[ToldSection, ...]


@dataclass(frozen=True)
class Finding:
    """What was found on one review question, or on none."""

    head: Head
    support: Table | None
    chapters: tuple[Chapter, ...]
    recommendations: tuple[Short, ...]


@dataclass(frozen=True)
class TakingPart:
    """Who took part, side by side."""

    head: Head
    table: Table
    returns: str


@dataclass(frozen=True)
class Statements:
    """A chapter of statements."""

    head: Head
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Transfer:
    """What another city would need, and what the visitors take home."""

    head: Head
    needed: ToldSection | None
    ideas: Chapter | None
    take_homes: TakeHomes | None


@dataclass(frozen=True)
class Views:
    """Where not everybody agreed, and what the host says."""

    head: Head
    dissents: tuple[Short, ...]
    word: tuple[str, ...]
    views: tuple[Prose, ...]


@dataclass(frozen=True)
class Steps:
    """What comes next, or what came of it."""

    head: Head
    steps: tuple[str, ...]
    outcome: tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    """Annex: the programme."""

    head: Head
    listing: Listing


@dataclass(frozen=True)
class Participants:
    """Annex: who took part; people are never named."""

    head: Head
    places: tuple[Fact, ...]
    observers: str


@dataclass(frozen=True)
class Sources:
    """Annex: what came out, what the report rests on, what is not on record."""

    head: Head
    outputs: tuple[Link, ...]
    sources: tuple[Link, ...]
    unknown: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Method:
    """Annex: how the review was made."""

    head: Head
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Annex: who holds what, and beside which statements each city is named."""

    head: Head
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Glossary:
    """Annex: the words of the method that this report uses."""

    head: Head
    terms: tuple[Fact, ...]


@dataclass(frozen=True)
class LongView:
    """A whole feedback report, ready to be drawn; chapters that hold nothing are None.

    `look` is the name of its style.
    """

    sheet: Sheet
    contents: tuple[Head, ...]
    summary: Summary | None
    scope: Scope
    practice: HostPaper | None
    findings: tuple[Finding, ...]
    taking_part: TakingPart | None
    recommendations: Statements | None
    transfer: Transfer | None
    views: Views | None
    next: Steps | None
    visit: Visit | None
    participants: Participants | None
    figures: Figures | None
    questions: Statements | None
    sources: Sources | None
    method: Method | None
    glossary: Glossary | None
    look: str = "feedback"
