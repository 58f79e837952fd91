"""What the host wrote as a page shows it: short answers as facts, long ones as text, lists and tables."""

import re
from dataclasses import dataclass
from itertools import groupby

from review_app.domain.forms import Asks
from review_app.domain.text import clean_text
from review_app.domain.vocabulary import Precision
from review_app.reports.frozen.snapshot import When
from review_app.reports.frozen.written import Answer, Cell, Chapter
from review_app.reports.parts.links import link_to
from review_app.reports.parts.view import Link
from review_app.reports.wording.words import Words

# In letters: the form takes fewer, a review that was brought in may hold any number.
LONGEST_CELL = 400
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


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
    """A cell of a table; `is_foreign` where it is in the host's language and not in the reader's."""

    text: str
    is_typed: bool


@dataclass(frozen=True)
class Told:
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
    answers: tuple[Told, ...]


@dataclass(frozen=True)
class ShortFact:
    """A short answer: a term and its value, which may lead somewhere; typed by the host or a choice of the method."""

    term: str
    value: Link
    is_typed: bool = False


def parts_of(chapters: tuple[Chapter, ...], words: Words) -> tuple[Part, ...]:
    """Return the sections that hold more than short answers, in the order of the form."""
    found = (
        Part(words.gettext(chapter.title), tuple(_told(one, words) for one in chapter.answers if not one.is_short))
        for chapter in chapters
    )
    return tuple(part for part in found if part.answers)


def facts_of(answers: list[Answer], words: Words) -> tuple[ShortFact, ...]:
    """Return short answers as facts."""
    return tuple(_fact(answer, words) for answer in answers)


def day_of(text: str) -> When | None:
    """Return a date as it was typed: 2019, 2019-03 or 2019-03-27; None for anything else."""
    if not _ISO.fullmatch(text):
        return None
    return When(start=text, end=None, precision=_PRECISIONS[len(text)])


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and lists of a text: a line that begins with a dash belongs to a list, stars are bold."""
    lines = [line.strip() for line in clean_text(text).split("\n") if line.strip()]
    grouped = ((is_list, list(group)) for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")))
    return tuple(
        Block(tuple(_runs(line.removeprefix("- ") if is_list else line) for line in group), is_list)
        for is_list, group in grouped
    )


def _runs(line: str) -> tuple[Run, ...]:
    """Every second piece between stars is bold. Each text of a page loses its outer blanks, so they are told apart."""
    runs: list[Run] = []
    is_apart = False
    for place, piece in enumerate(_BOLD.split(line)):
        if piece.strip():
            is_apart = bool(runs) and (is_apart or piece[0].isspace())
            runs.append(Run(piece.strip(), is_bold=place % 2 == 1, is_apart=is_apart))
        is_apart = piece[-1:].isspace() or (is_apart and not piece)
    return tuple(runs)


def _told(answer: Answer, words: Words) -> Told:
    ask = words.gettext(answer.ask)
    if answer.is_list_of_links:
        return Told(ask, links=tuple(_link(row.cells) for row in answer.rows))
    if answer.asks is Asks.ROWS:
        rows = tuple(tuple(_shown(cell, words) for cell in row.cells) for row in answer.rows)
        if any(len(cell.text) > LONGEST_CELL for row in rows for cell in row):
            return Told(ask, blocks=(Block(tuple(_as_line(row) for row in rows)),))
        return Told(ask, heads=tuple(words.gettext(head) for head in answer.heads), rows=rows)
    return Told(ask, blocks=blocks_of(answer.text))


def _as_line(row: tuple[Shown, ...]) -> tuple[Run, ...]:
    """Return a row as a paragraph: a cell that is longer than a column of the page cannot stand in a table."""
    first, *others = (cell.text for cell in row if cell.text)
    return (Run(first, is_bold=True), *(Run(text, is_apart=True) for text in others))


def _link(row: tuple[Cell, ...]) -> Link:
    """What the host calls a page, with its whole address behind: on paper nobody can click."""
    link = link_to(row[0].text)
    title = row[1].text if len(row) > 1 else ""
    return Link(title, link.address, link.text) if title and link.text else Link(title or link.text, link.address)


def _shown(cell: Cell, words: Words) -> Shown:
    return Shown(words.gettext(cell.text) if cell.is_label else cell.text, is_typed=not cell.is_label)


def _fact(answer: Answer, words: Words) -> ShortFact:
    term = words.gettext(answer.ask)
    if answer.chosen:
        return ShortFact(term, Link(", ".join(words.gettext(label) for label in answer.chosen)))
    when = day_of(answer.text) if answer.asks is Asks.WHEN else None
    if when is not None:
        return ShortFact(term, Link(words.when(when)))
    return ShortFact(term, link_to(answer.text), is_typed=True)
