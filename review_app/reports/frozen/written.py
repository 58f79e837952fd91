"""What the host wrote of its practice, frozen question by question as the method's form asks (METHOD.md F5).

It has two shapes: the fiche keeps marks, links and keys, the feedback report keeps plain paragraphs. They stay two, as
the bytes of a snapshot are its name and the code that is printed on it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from review_app.domain.forms import Asks, Form, Question, Section
from review_app.domain.text import clean_line, clean_text
from review_app.reports.frozen.snapshot import Frozen
from review_app.reports.frozen.told import paragraphs_of

# Its answer is printed in the small print of every feedback report.
ELSEWHERE = frozenset(("contact",))
CHOSEN = (Asks.ONE, Asks.MANY)


class Cell(Frozen):
    """One cell of a row: what the host typed, or the label of what it chose."""

    text: str
    is_label: bool = False


class Row(Frozen):
    """One row of an answer, a cell a column of the form."""

    cells: tuple[Cell, ...]


class Answer(Frozen):
    """One answered question. Exactly one of `text`, `chosen` and `rows` carries the answer.

    `ask`, `chosen` and `heads` are the method's words and are spoken in the reader's language; the rest is the host's.
    """

    key: str
    ask: str
    asks: Asks
    text: str = ""
    chosen: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether anything is left of the answer once it is clean."""
        return bool(self.text or self.chosen or self.rows)

    @property
    def is_short(self) -> bool:
        """Whether a line holds it: a date, a number, a choice. Rows and texts need room."""
        return self.asks not in (Asks.TEXT, Asks.FORMATTED, Asks.ROWS)

    @property
    def is_list_of_links(self) -> bool:
        """Whether its rows begin with an address."""
        return self.asks is Asks.ROWS and bool(self.rows) and not self.heads


class Chapter(Frozen):
    """A section of the form with the questions that are answered."""

    title: str
    answers: tuple[Answer, ...]


class Column(Frozen):
    """A column of an answer in rows; `is_chosen` where its cells are words of the method and not of the host."""

    label: str
    is_chosen: bool = False


class PlainRow(Frozen):
    """One row of an answer, a cell a column."""

    cells: tuple[str, ...]


class PlainAnswer(Frozen):
    """One answered question. What the host wrote stands in `texts` as paragraphs, what it chose in `choices`."""

    label: str
    asks: Asks
    texts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[PlainRow, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether anything is left of the answer once it is clean."""
        return bool(self.texts or self.choices or self.rows)


class PlainSection(Frozen):
    """The answers to one section of a form; `name` is that of the method file."""

    name: str
    title: str
    answers: tuple[PlainAnswer, ...]


A = TypeVar("A", Answer, PlainAnswer)


class _Given(NamedTuple):
    """A question and what was answered: a text, the labels that were chosen, or rows of texts and labels."""

    question: Question
    text: str = ""
    chosen: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def chapters_of(form: Form | None, answers: Mapping[str, Any]) -> tuple[Chapter, ...]:
    """Return the sections of the form in which something is written, in the order of the form, for a fiche."""
    told = _told(form, answers, _answer)
    return tuple(Chapter(title=section.title, answers=given) for section, given in told)


def sections_of(form: Form | None, answers: Mapping[str, Any]) -> tuple[PlainSection, ...]:
    """Return the sections in which something is answered, in the order of the form, for a feedback report."""
    told = _told(form, {key: value for key, value in answers.items() if key not in ELSEWHERE}, _plain)
    return tuple(PlainSection(name=section.name, title=section.title, answers=given) for section, given in told)


def _told(
    form: Form | None, answers: Mapping[str, Any], shaped: Callable[[_Given], A]
) -> Iterator[tuple[Section, tuple[A, ...]]]:
    for section in form.sections if form else ():
        given = ((question, answers.get(question.key)) for question in section.questions)
        read = (shaped(_read(question, value)) for question, value in given if question.answered(value))
        told = tuple(answer for answer in read if answer.is_told)
        if told:
            yield section, told


def _read(question: Question, value: Any) -> _Given:
    if question.asks is Asks.ROWS:
        return _Given(question, rows=_rows(question.columns, value))
    if question.asks in CHOSEN:
        chosen = value if isinstance(value, list) else [value]
        return _Given(question, chosen=tuple(question.label_of(str(one)) for one in chosen))
    return _Given(question, text=clean_text(str(value)))


def _rows(columns: tuple[Question, ...], rows: Any) -> tuple[tuple[str, ...], ...]:
    """Return the rows in which something stands."""
    read = (tuple(_cell(column, row.get(column.key)) for column in columns) for row in rows if isinstance(row, Mapping))
    return tuple(cells for cells in read if any(cells))


def _cell(column: Question, value: Any) -> str:
    text = clean_line(str(value or ""))
    return column.label_of(text) if text and column.asks in CHOSEN else text


def _answer(given: _Given) -> Answer:
    question, columns = given.question, given.question.columns
    # Rows that begin with an address are a list of links and have no heads.
    has_heads = question.asks is Asks.ROWS and columns[0].asks is not Asks.LINK
    cells = (zip(columns, row, strict=True) for row in given.rows)
    return Answer(
        key=question.key,
        ask=question.ask,
        asks=question.asks,
        text=given.text,
        chosen=given.chosen,
        heads=tuple(column.ask for column in columns) if has_heads else (),
        rows=tuple(Row(cells=tuple(_marked(column, text) for column, text in row)) for row in cells),
    )


def _marked(column: Question, text: str) -> Cell:
    return Cell(text=text, is_label=bool(text) and column.asks in CHOSEN)


def _plain(given: _Given) -> PlainAnswer:
    question = given.question
    return PlainAnswer(
        label=question.ask,
        asks=question.asks,
        texts=paragraphs_of(given.text),
        choices=given.chosen,
        columns=tuple(Column(label=one.ask, is_chosen=one.asks in CHOSEN) for one in question.columns),
        rows=tuple(PlainRow(cells=row) for row in given.rows),
    )
