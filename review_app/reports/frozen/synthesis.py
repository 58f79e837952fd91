"""What a synthesis over many reviews says, frozen: reviews, statements and themes as plain values (METHOD.md 4.4)."""

from review_app.domain.vocabulary import Consensus, ItemKind, Power
from review_app.reports.frozen.snapshot import Frozen, KeyFigure, Paper, Place, Source, When


class ReviewEntry(Frozen):
    """A review in the list of a synthesis: its `number` from 1, and only what its own published report says.

    `brief` is one short paragraph on the practice, in `language`. `places` are those who took part, hosts included.
    `returns` are the returns received where cities gave some; None for a review that public sources tell of.
    `report` is the number of the published report the entry rests on.
    """

    number: int
    ref: str
    title: str
    method: str
    network: str = ""
    theme: str = ""
    when: When
    places: tuple[Place, ...] = ()
    people: int | None = None
    returns: int | None = None
    brief: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    language: str = "en"
    outcome: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    report: int | None = None
    fictional: bool = False


class Statement(Frozen):
    """One statement of a published report. `review` is the number of its review; `cities` of `of` cities hold it.

    Both are None when the text comes from a public record and not from returns, or when no number may be told; then
    `consensus` says how widely it is held, if that is known.
    """

    review: int
    kind: ItemKind
    headline: str
    body: str = ""
    cities: int | None = None
    of: int | None = None
    consensus: Consensus | None = None
    addressee: str = ""
    horizon: str = ""
    dissent: str = ""
    language: str = "en"
    summary: str = ""
    is_public_record: bool = False


class Cited(Frozen):
    """A statement under a theme: its place among all statements, from 0, and what people remark on it."""

    statement: int
    memo: str = ""


class Theme(Frozen):
    """A theme that people found, with its parts; `power` says in whose power its challenges are, if known."""

    name: str
    memo: tuple[str, ...] = ()
    power: Power | None = None
    cited: tuple[Cited, ...] = ()
    parts: tuple["Theme", ...] = ()


class SynthesisReport(Paper):
    """A report over many reviews: texts and themes by people; every count in it is made from these values."""

    kind: str = "synthesis"
    foreword: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    method_note: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    statements: tuple[Statement, ...] = ()
    reviews: tuple[ReviewEntry, ...] = ()
