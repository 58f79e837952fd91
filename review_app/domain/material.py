"""What a report is made of, as plain data: everything the freezing asks about a review, gathered beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from review_app.domain.attribution import Voice
from review_app.domain.brand import Brand
from review_app.domain.errata import Erratum
from review_app.domain.forms import Form
from review_app.domain.vocabulary import (
    Attribution,
    Consensus,
    ItemKind,
    Level,
    Precision,
    RecordKind,
    Regime,
    Role,
    Side,
    Use,
)

# Hosts read success factors first: criticism lands better after credit (METHOD.md 4.1).
KIND_ORDER = (
    ItemKind.SUCCESS_FACTOR,
    ItemKind.CHALLENGE,
    ItemKind.LESSON,
    ItemKind.RECOMMENDATION,
    ItemKind.QUESTION,
    ItemKind.TAKE_HOME,
)


class Part(StrEnum):
    """What only some kinds of report are made of; it is gathered for those and for no other."""

    PEOPLE = "people"
    CLOSING = "when feedback closes"


@dataclass(frozen=True)
class Span:
    """The days of a visit as ISO parts, as far as they are known."""

    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True)
class City:
    """An organisation in the review. `number` is its row; `takes_part` is false once it has declined."""

    number: int
    name: str
    country: str
    kind: str
    side: Side
    latitude: float | None = None
    longitude: float | None = None
    takes_part: bool = True


@dataclass(frozen=True)
class Item:
    """One feedback item. `sent` is whether its city's return is submitted, `message` the row of its message."""

    key: str
    kind: ItemKind
    headline: str
    city: int
    explanation: str = ""
    question: int | None = None
    attribution: Attribution = Attribution.ANONYMOUS
    use: Use = Use.REPORT
    sent: bool = True
    language: str = "en"
    message: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def released(self) -> bool:
        """Whether the item may stand in the report (METHOD.md F14)."""
        return self.sent and self.use is Use.REPORT


@dataclass(frozen=True)
class MergedText:
    """A message as the rapporteur wrote it; `number` is its row. Its support is counted from the items."""

    number: int
    kind: ItemKind
    headline: str
    body: str = ""
    dissent: str = ""
    consensus: Consensus | None = None
    question: int | None = None
    key: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the practice as the host wrote it."""

    label: str
    value: str
    unit: str = ""
    year: str = ""
    source: str = ""


@dataclass(frozen=True)
class OwnTexts:
    """The report's own texts, which no return holds."""

    context: str = ""
    practice: str = ""
    saw: str = ""
    host_word: str = ""
    next_steps: str = ""
    people: int | None = None


@dataclass(frozen=True)
class View:
    """Where the host disagrees and wants to say so: what it is about, and its words."""

    about: str
    text: str


@dataclass(frozen=True)
class Page:
    """A public page that a record rests on."""

    url: str
    published: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Record:
    """The public record of a review that took place elsewhere; `lines` by kind, in order."""

    method: str
    practice: str | None = None
    objective: str | None = None
    outcome: str | None = None
    funding: str | None = None
    venue: str | None = None
    span: Span = field(default_factory=Span)
    cities_stated: int | None = None
    people_stated: int | None = None
    people_note: str | None = None
    lines: Mapping[RecordKind, tuple[str, ...]] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()

    def of(self, kind: RecordKind) -> tuple[str, ...]:
        """Return the lines of one kind."""
        return self.lines.get(kind, ())


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected at the visit, with every role they have in the review."""

    name: str
    roles: tuple[Role, ...]
    function: str = ""
    organisation: str = ""
    country: str = ""


@dataclass(frozen=True)
class Material:
    """One review, ready to be frozen. Items and messages come in the order in which they are printed.

    `beside` are the items for the host alone: not printed, but what the host reads besides helps to guess authors.
    `answers` are those of the host to the questions of `practice_form`, by key.
    `guests` and `closes` (UTC) are there only for those kinds of report that ask for them (`Part`).
    """

    ref: str
    title: str
    network: str
    method: str
    theme: str = ""
    purpose: str = ""
    venue: str = ""
    language: str = "en"
    span: Span = field(default_factory=Span)
    regime: Regime | None = None
    small_group: int = 3
    funding: str = ""
    fictional: bool = False
    questions: tuple[tuple[int, str], ...] = ()
    cities: tuple[City, ...] = ()
    returned: frozenset[int] = frozenset()
    items: tuple[Item, ...] = ()
    beside: tuple[Voice, ...] = ()
    messages: tuple[MergedText, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    practice_form: Form | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    texts: OwnTexts = field(default_factory=OwnTexts)
    views: tuple[View, ...] = ()
    record: Record | None = None
    brand: Brand = field(default=Brand())
    check_at: str = ""
    timezone: str = "Europe/Brussels"
    feedback_form: Form | None = None
    minimum: Mapping[str, int] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    closes: datetime | None = None


@dataclass(frozen=True)
class Issue:
    """As what the report goes out: a number and a day when published, a maker and a day when it is a draft.

    `contact` is the address that answers the questions of readers.
    """

    number: int | None = None
    on: date | None = None
    made_by: str = ""
    level: Level | None = None
    erratum: tuple[Erratum, ...] = ()
    contact: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it is for the desk only."""
        return self.number is None
