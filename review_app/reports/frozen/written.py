"""What the host wrote of its practice, frozen question by question as the method's form asks (METHOD.md F5)."""

from collections.abc import Mapping
from typing import Any

from review_app.domain.forms import Asks, Form, Question
from review_app.domain.text import clean_line, clean_text
from review_app.reports.frozen.snapshot import Frozen


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


def chapters_of(form: Form | None, answers: Mapping[str, Any]) -> tuple[Chapter, ...]:
    """Return the sections of the form in which something is written, in the order of the form."""
    sections = form.sections if form else ()
    written = (
        Chapter(title=section.title, answers=tuple(_answers(section.questions, answers))) for section in sections
    )
    return tuple(chapter for chapter in written if chapter.answers)


def _answers(questions: tuple[Question, ...], answers: Mapping[str, Any]) -> list[Answer]:
    given = ((question, answers.get(question.key)) for question in questions)
    frozen = (_answer(question, value) for question, value in given if question.answered(value))
    return [answer for answer in frozen if answer.text or answer.chosen or answer.rows]


def _answer(question: Question, value: Any) -> Answer:
    plain = Answer(key=question.key, ask=question.ask, asks=question.asks)
    if question.asks is Asks.ROWS:
        return plain.model_copy(update={"heads": _heads(question), "rows": _rows(question, value)})
    if question.asks is Asks.MANY:
        return plain.model_copy(update={"chosen": tuple(question.label_of(str(one)) for one in value)})
    if question.asks is Asks.ONE:
        return plain.model_copy(update={"chosen": (question.label_of(str(value)),)})
    return plain.model_copy(update={"text": clean_text(str(value))})


def _heads(question: Question) -> tuple[str, ...]:
    """Rows that begin with an address are a list of links and have no heads."""
    return () if question.columns[0].asks is Asks.LINK else tuple(column.ask for column in question.columns)


def _rows(question: Question, rows: Any) -> tuple[Row, ...]:
    cells = (tuple(_cell(column, row) for column in question.columns) for row in rows if isinstance(row, Mapping))
    return tuple(Row(cells=row) for row in cells if any(cell.text for cell in row))


def _cell(column: Question, row: Mapping[str, Any]) -> Cell:
    value = clean_line(str(row.get(column.key) or ""))
    is_label = column.asks is Asks.ONE and bool(value)
    return Cell(text=column.label_of(value) if is_label else value, is_label=is_label)
