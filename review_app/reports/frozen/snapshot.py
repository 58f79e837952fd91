"""What a report says, frozen: plain values, consents and regime already applied. No table, no clock."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from review_app.domain.errata import Erratum
from review_app.domain.vocabulary import Consensus, ItemKind, Level, Precision, Regime, Side

ENGLISH = "en"
"""The language in which every report is frozen."""
# What goes into styles and addresses is checked wherever it comes from, a row of the database included.
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Print = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Logo = Annotated[str, Field(pattern=r"^(data:image/png;base64,[A-Za-z0-9+/]+=*)?$", max_length=2_000_000)]


class Frozen(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Draft(Frozen):
    """Who made a draft, and on which day; printed on every page of it."""

    made_by: str
    made_on: date


class When(Frozen):
    """A visit's days as far as they are known. `start` and `end` are ISO parts: 2019-11-14, 2019-11 or 2019."""

    start: str | None
    end: str | None
    precision: Precision


class Place(Frozen):
    """An organisation that took part. Latitude and longitude in degrees, None when not on record."""

    name: str
    country: str
    kind: str
    side: Side
    latitude: float | None = None
    longitude: float | None = None


class Numbers(Frozen):
    """Counted and stated numbers apart (METHOD.md 8.4): a stated number may differ from the list."""

    peer_cities: int
    cities_stated: int | None = None
    people: int | None = None
    people_stated: int | None = None
    people_note: str | None = None
    returns_received: int | None = None
    returns_expected: int | None = None


class KeyFigure(Frozen):
    """One number of the practice with its unit, year and source, as the host wrote it."""

    label: str
    value: str
    year: str | None = None
    source: str | None = None


class Question(Frozen):
    """A review question, numbered from 1."""

    number: int
    text: str


class Message(Frozen):
    """A consolidated message, or a single released item that stands for itself.

    `cities` of `of` cities hold it; both are None when the text comes from a public record and not from returns,
    then `source` says from where. `named` lists only cities that consented and that the regime lets appear.
    `language` is that of the text, `summary` what it says in English. `key` names the message, in drafts only.
    """

    kind: ItemKind
    headline: str
    body: str = ""
    cities: int | None = None
    of: int | None = None
    consensus: Consensus | None = None
    question: int | None = None
    dissent: str = ""
    named: tuple[str, ...] = ()
    addressee: str = ""
    horizon: str = ""
    first_step: str = ""
    source: str = ""
    language: str = "en"
    summary: str = ""
    key: str = ""


class Section(Frozen):
    """All of one kind: merged messages in the rapporteur's order, then released items that stand alone."""

    kind: ItemKind
    messages: tuple[Message, ...]
    singles: tuple[Message, ...] = ()


class KindCount(Frozen):
    """How many released items of a kind the returns hold."""

    kind: ItemKind
    count: int


class QuestionCount(Frozen):
    """How many released items of each kind answer one review question; `question` is None for those on none of them."""

    question: int | None
    counts: tuple[KindCount, ...]


class TakeHome(Frozen):
    """What one city takes home; `city` is None when it may not be named."""

    city: str | None
    text: str
    first_step: str = ""
    by: str = ""


class Source(Frozen):
    """A public page that a statement rests on."""

    url: str
    published: str | None = None
    note: str | None = None


class HostView(Frozen):
    """Where the host disagrees and wants its view printed (METHOD.md F18)."""

    about: str
    text: str


class Worded(Frozen):
    """A text in one language."""

    language: str
    text: str


class Brand(Frozen):
    """The look of a network, as its report keeps it: colours as #rrggbb, logo as a data address, words for a funder.

    `funder` is the name of who paid, `funding` and `disclaimer` what that funder wants said, in each language it gave.
    """

    ink: Colour = "#14284b"
    accent: Colour = "#a8431b"
    mid: Colour = "#5a6c88"
    pale: Colour = "#e6ebf2"
    line: Colour = "#b9c3d2"
    logo: Logo = ""
    logo_text: str = ""
    funder: str = ""
    funding: tuple[Worded, ...] = ()
    disclaimer: tuple[Worded, ...] = ()


class Paper(Frozen):
    """What every kind of report has: whose it is, its number or that it is a draft, and the small print.

    `check_at` is the address where a reader can check a copy; `language` that of headings, labels and dates,
    `text_language` the one in which people wrote the review's own texts, title and messages included. `frozen_as` is
    the fingerprint of what an earlier edition of the product froze; a snapshot of today is known by its own content.
    """

    edition: Literal[2] = 2
    kind: str
    ref: str
    number: int | None
    frozen_on: date | None
    draft: Draft | None
    language: str = "en"
    title: str
    text_language: str = "en"
    network: str
    brand: Brand = Brand()
    check_at: str = ""
    funding: str | None = None
    disclaimer: str | None = None
    level: Level | None = None
    fictional: bool = False
    contact: str | None = None
    erratum: tuple[Erratum, ...] = ()
    frozen_as: Print = ""

    def to_bytes(self) -> bytes:
        """The snapshot as UTF-8 JSON, always the same bytes for the same content.

        What is left out says nothing: a field that a later product adds does not change what was frozen before. So the
        value that a field has when nothing is said must never change.
        """
        said = self.model_dump(mode="json", exclude_defaults=True)
        told = {"edition": self.edition, "kind": self.kind, **said}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """The name under which it is kept, and its renderings: 64 hexadecimal digits."""
        if self.frozen_as and self.language == ENGLISH:
            return self.frozen_as
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def code(self) -> str:
        """What is printed so that a copy can be checked: 12 hexadecimal digits, the same in every language."""
        return self.spoken(ENGLISH).sha256[:12]

    def spoken(self, language: str) -> Self:
        """Return the same report with its headings, labels and dates in another language."""
        return self if language == self.language else self.model_copy(update={"language": language})

    def anew(self, **changes: Any) -> Self:
        """Return a report that says something else, and is known by that: no copy of this one is a copy of it."""
        return self.model_copy(update={**changes, "frozen_as": ""})


class Snapshot(Paper):
    """What one review has to say (METHOD.md 4.1); the kinds of report on one review show more or less of it."""

    kind: str = "highlights"
    # 1 opening
    method: str
    when: When
    venue: str | None = None
    # 2 in brief
    theme: str
    objective: str | None = None
    questions: tuple[Question, ...] = ()
    numbers: Numbers
    # 3 why it matters, 4 the practice
    context: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    # 5 what we saw
    programme: tuple[str, ...] = ()
    # 6-9 success factors, challenges, lessons, suggestions
    counts: tuple[KindCount, ...] = ()
    counts_by_question: tuple[QuestionCount, ...] = ()
    sections: tuple[Section, ...] = ()
    # 10 take-home
    take_homes: tuple[TakeHome, ...] = ()
    # 11 the host's word and next steps
    host_word: str | None = None
    host_views: tuple[HostView, ...] = ()
    next_steps: tuple[str, ...] = ()
    outcome: str | None = None
    # 12 participants, links, disclaimer
    places: tuple[Place, ...] = ()
    observers: tuple[str, ...] = ()
    missing_returns: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    unknown: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    regime: Regime | None = None
