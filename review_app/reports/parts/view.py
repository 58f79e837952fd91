"""What a template needs to draw a report: finished sentences in order; it neither counts nor decides."""

from dataclasses import dataclass
from typing import Protocol

from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.figures import Figure
from review_app.reports.wording.printable import Address

LONG = 700
"""Characters from which on a statement may go over the end of a page: ten lines."""


@dataclass(frozen=True)
class Marked:
    """A text in a language of its own, between words of the report; `language` is None where it is the report's too."""

    text: str
    language: str | None = None
    before: str = ""
    after: str = ""

    @property
    def whole(self) -> str:
        """The text with the words around it."""
        return f"{self.before}{self.text}{self.after}"


@dataclass(frozen=True)
class Fact:
    """A line for the hurried reader: a term, its value, and what must be known about the value.

    `language` is that of a value that somebody typed, None where it is that of the report; `said` is a typed note.
    """

    term: str
    value: str
    notes: tuple[str, ...] = ()
    language: str | None = None
    said: Marked | None = None


@dataclass(frozen=True)
class Link:
    """A text, and where it leads; without an address it stays a text.

    Behind it stands a note in the words of the report, then one that somebody typed, in `language`.
    """

    text: str
    address: Address | None = None
    note: str = ""
    typed: str = ""
    language: str | None = None


@dataclass(frozen=True)
class ShortFact:
    """A short answer: a term and its value, which may lead somewhere; typed by the host or a choice of the method."""

    term: str
    value: Link
    is_typed: bool = False


@dataclass(frozen=True)
class Prose:
    """Paragraphs under a heading, in the language of the review's texts.

    `language` is that of a heading that somebody typed, None where it is that of the report.
    """

    heading: str
    paragraphs: tuple[str, ...]
    language: str | None = None


@dataclass(frozen=True)
class Listing:
    """Short lines under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A message or a single item, with who holds it, in words.

    `language` is None where it is that of the report; `summary` says the same in English, `anchor` is its place on
    a page, `number` counts it where it is referred to by number.
    """

    headline: str
    paragraphs: tuple[str, ...] = ()
    support: str = ""
    notes: tuple[str, ...] = ()
    first_step: Marked | None = None
    dissent: Marked | None = None
    source: Link | None = None
    language: str | None = None
    summary: str = ""
    anchor: str = ""
    key: str = ""
    number: str = ""

    @property
    def is_long(self) -> bool:
        """Tell whether it may go on on the next page: whole, it could leave a third of a page empty before it."""
        return sum(map(len, self.paragraphs)) + len(self.dissent.text if self.dissent else "") > LONG


@dataclass(frozen=True)
class Chapter:
    """All of one kind; `kind` is the name of its style."""

    kind: str
    heading: str
    statements: tuple[Statement, ...]
    singles: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Count:
    """One column of the table below the bar."""

    kind: str
    label: str
    count: str


@dataclass(frozen=True)
class Said:
    """How much was said of each kind: the bar and its table; by question with one table for both pictures."""

    figure: Figure
    counts: tuple[Count, ...]
    total: str
    by_question: Chart | None = None


@dataclass(frozen=True)
class KeyRow:
    """One number of the practice."""

    label: str
    value: str
    origin: str


@dataclass(frozen=True)
class TakeHomeRow:
    """What one city takes home."""

    city: str
    text: str
    first_step: str
    by: str


@dataclass(frozen=True)
class TakeHomes:
    """The table of take-homes; columns that nobody filled are left out."""

    rows: tuple[TakeHomeRow, ...]
    has_steps: bool
    has_dates: bool


@dataclass(frozen=True)
class Correction:
    """What an edition changed: our sentence, then what somebody typed, marked where its language is another."""

    sentence: str
    text: str = ""
    language: str | None = None


@dataclass(frozen=True)
class Opening:
    """Kind of paper, title, host and dates; the draft box and corrections belong to it."""

    kind: str
    title: str
    host: str
    byline: tuple[Marked, ...]
    draft: tuple[str, ...]
    erratum: tuple[Correction, ...]


@dataclass(frozen=True)
class Brief:
    """The first thing that is read, and the questions the peers were asked."""

    lead: str
    objective: str
    questions: tuple[str, ...]
    questions_heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class HostWord:
    """What the host says, where it disagrees, what comes next."""

    word: tuple[str, ...]
    views: tuple[Prose, ...]
    next_steps: tuple[str, ...]
    outcome: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """Who took part, what it rests on, what is not on record, and the small print."""

    places: tuple[Fact, ...]
    returns: str
    observers: str
    outputs: tuple[Link, ...]
    sources: tuple[Link, ...]
    unknown: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Where a reader can check a copy: the page, what to enter there, and both in one for a camera."""

    page: Link
    names: str
    figure: Figure


@dataclass(frozen=True)
class Colophon:
    """The small print: what the report rests on, who paid, how far it travels, how to check a copy."""

    sentences: tuple[Marked, ...]
    contact: Link | None
    check: Check | None


@dataclass(frozen=True)
class Logo:
    """The mark of a network, and what it shows in words."""

    address: Address
    text: str


@dataclass(frozen=True)
class Look:
    """What a network wears: its logo; its colours as a code for the site and as styles for a page of its own."""

    logo: Logo | None
    code: str
    styles: Address


@dataclass(frozen=True)
class Sheet:
    """What every kind of report needs to be drawn: language, running lines, opening and small print.

    `text_language` is None where the texts are in the language of the report.
    """

    language: str
    text_language: str | None
    page_title: str
    running: str
    imprint: str
    dated: str
    opening: Opening
    colophon: Colophon
    look: Look


@dataclass(frozen=True)
class View:
    """A whole highlights report, ready to be drawn. Empty parts are None or empty and are left out."""

    sheet: Sheet
    brief: Brief
    map: Figure | None
    why: Prose | None
    practice: Prose | None
    key_figures: tuple[KeyRow, ...]
    saw: Listing | None
    said: Said | None
    chapters: tuple[Chapter, ...]
    take_homes: TakeHomes | None
    host: HostWord | None
    closing: Closing


class Drawable(Protocol):
    """A view of any kind of report."""

    @property
    def sheet(self) -> Sheet: ...
