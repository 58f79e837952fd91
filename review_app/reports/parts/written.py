"""What the host wrote, in the reader's words: short answers as facts, long ones as text, lists and tables."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from review_app.domain.forms import Asks
from review_app.domain.vocabulary import Precision
from review_app.reports.frozen.snapshot import When
from review_app.reports.frozen.written import Answer, Cell, Chapter, Column, PlainAnswer, PlainSection
from review_app.reports.parts.fiche_view import Answered, Block, Part, Run, Shown
from review_app.reports.parts.links import link_to
from review_app.reports.parts.long_view import Table, Told, ToldSection
from review_app.reports.parts.view import Link, ShortFact
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words

# In letters: the form takes fewer, a review that was brought in may hold any number.
LONGEST_CELL = 400
# In letters: a longer answer wants the width of the column.
SHORT = 90
_LONG = (Asks.TEXT, Asks.FORMATTED)
_SIGNS = (Asks.WHEN, Asks.NUMBER)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
# 14,000 is fourteen thousand to some and fourteen to others: what holds a sign stands as typed, never as guessed.
_DIGITS_ALONE = re.compile(r"0|[1-9][0-9]*")


def parts_of(chapters: tuple[Chapter, ...], words: Words) -> tuple[Part, ...]:
    """Return the sections of a fiche that hold more than short answers, in the order of the form."""
    found = (
        Part(words.gettext(chapter.title), tuple(_answered(one, words) for one in chapter.answers if not one.is_short))
        for chapter in chapters
    )
    return tuple(part for part in found if part.answers)


def facts_of(answers: list[Answer], words: Words) -> tuple[ShortFact, ...]:
    """Return the short answers of a fiche as facts."""
    return tuple(_fact(answer, words) for answer in answers)


def told_section(section: PlainSection, text_language: str, words: Words) -> ToldSection:
    """Return the answers to one section of the form as a feedback report tells them; the host wrote `text_language`."""
    language = words.foreign(text_language)
    short = [answer for answer in section.answers if _is_short(answer)]
    return ToldSection(
        title=words.gettext(section.title),
        facts=tuple(_plain_fact(answer, words) for answer in short),
        answers=tuple(_told(answer, words, language) for answer in section.answers if answer not in short),
    )


def day_of(text: str) -> When | None:
    """Return a date as it was typed: 2019, 2019-03 or 2019-03-27; None for anything else, and for no day there is."""
    if not _ISO.fullmatch(text):
        return None
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return None
    return When(start=text, end=None, precision=_PRECISIONS[len(text)])


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and lists of a text: a line that begins with a dash belongs to a list, stars are bold."""
    grouped = groupby(paragraphs(text), key=lambda line: line.startswith("- "))
    return tuple(
        Block(tuple(_runs(line.removeprefix("- ") if is_list else line) for line in lines), is_list)
        for is_list, lines in grouped
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


def _answered(answer: Answer, words: Words) -> Answered:
    ask = words.gettext(answer.ask)
    if answer.is_list_of_links:
        return Answered(ask, links=tuple(_link(row.cells) for row in answer.rows))
    if answer.asks is Asks.ROWS:
        rows = tuple(tuple(_shown(cell, words) for cell in row.cells) for row in answer.rows)
        if any(len(cell.text) > LONGEST_CELL for row in rows for cell in row):
            return Answered(ask, blocks=(Block(tuple(_as_line(row) for row in rows)),))
        return Answered(ask, heads=_said(answer.heads, words), rows=rows)
    return Answered(ask, blocks=blocks_of(answer.text))


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
    spoken = ", ".join(_said(answer.chosen, words)) or _day(answer.asks, answer.text, words)
    return ShortFact(term, Link(spoken)) if spoken else ShortFact(term, link_to(answer.text), is_typed=True)


def _is_short(answer: PlainAnswer) -> bool:
    if answer.rows or len(answer.texts) > 1:
        return False
    return answer.asks not in _LONG and sum(map(len, (*answer.texts, *answer.choices))) <= SHORT


def _plain_fact(answer: PlainAnswer, words: Words) -> ShortFact:
    term, text = words.gettext(answer.label), "".join(answer.texts)
    spoken = " · ".join(_said(answer.choices, words)) or _day(answer.asks, text, words)
    if not spoken and answer.asks is Asks.NUMBER:
        spoken = _number(text, words)
    return ShortFact(term, Link(spoken or text), is_typed=not spoken and answer.asks not in _SIGNS)


def _told(answer: PlainAnswer, words: Words, language: str | None) -> Told:
    label = words.gettext(answer.label)
    if answer.rows:
        return Told(label, (), _table(answer, words, language))
    if answer.choices:
        return Told(label, _said(answer.choices, words))
    return Told(label, answer.texts, language=language)


def _table(answer: PlainAnswer, words: Words, language: str | None) -> Table:
    shown = [place for place in range(len(answer.columns)) if any(row.cells[place] for row in answer.rows)]
    columns = [answer.columns[place] for place in shown]
    return Table(
        caption=words.gettext(answer.label),
        heads=_said((column.label for column in columns), words),
        rows=tuple(
            tuple(_cell(answer.columns[place], row.cells[place], words) for place in shown) for row in answer.rows
        ),
        languages=tuple(None if column.is_chosen else language for column in columns),
    )


def _cell(column: Column, text: str, words: Words) -> Link:
    return Link(words.gettext(text)) if column.is_chosen and text else link_to(text)


def _said(labels: Iterable[str], words: Words) -> tuple[str, ...]:
    return tuple(words.gettext(label) for label in labels)


def _day(asks: Asks, text: str, words: Words) -> str:
    """Return a year, a month or a day as this language writes it; nothing where it is none."""
    when = day_of(text) if asks is Asks.WHEN else None
    return words.when(when) if when else ""


def _number(text: str, words: Words) -> str:
    """Return a whole number that was typed in digits alone as this language writes it; nothing for anything else."""
    return words.number(int(text)) if _DIGITS_ALONE.fullmatch(text) else ""
