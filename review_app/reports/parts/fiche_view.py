"""What the template of a practice fiche draws: short answers as facts, long ones as text, lists and tables."""

from dataclasses import dataclass

from review_app.reports.drawings.figures import Figure
from review_app.reports.parts.view import KeyRow, Link, Sheet, ShortFact


@dataclass(frozen=True)
class Run:
    """A piece of a line, bold or not; `is_apart` when a blank stands before it."""

    text: str
    is_bold: bool = False
    is_apart: bool = False


@dataclass(frozen=True)
class Block:
    """Paragraphs, or the lines of a list."""

    lines: tuple[tuple[Run, ...], ...]
    is_list: bool = False


@dataclass(frozen=True)
class Shown:
    """A cell of a table; `is_typed` where the host wrote it, so that it is in the host's language."""

    text: str
    is_typed: bool


@dataclass(frozen=True)
class Answered:
    """One question with its answer: blocks of text, a table, or links."""

    ask: str
    blocks: tuple[Block, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section of what the host wrote."""

    heading: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class FicheView:
    """A fiche, ready to be drawn; `look` is the name of its style, closer the more there is to read."""

    sheet: Sheet
    look: str
    review: str
    summary: str
    nothing: str
    facts: tuple[ShortFact, ...]
    map: Figure | None
    key_figures: tuple[KeyRow, ...]
    parts: tuple[Part, ...]
    record: tuple[Block, ...]
    sources: tuple[Link, ...]
