"""What the host answered about its practice, frozen with the method's own labels (METHOD.md F5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from review_app.domain.forms import Asks, Form, Question, Section
from review_app.domain.text import clean_line
from review_app.reports.frozen.snapshot import Frozen
from review_app.reports.frozen.told import paragraphs_of

# Its answer is printed in the small print of every report.
ELSEWHERE = frozenset(("contact",))
CHOSEN = (Asks.ONE, Asks.MANY)


class Column(Frozen):
    """A column of an answer in rows; `is_chosen` where its cells are words of the method and not of the host."""

    label: str
    is_chosen: bool = False


class AnswerRow(Frozen):
    """One row of an answer, a cell a column."""

    cells: tuple[str, ...]


class Answer(Frozen):
    """One answered question. What the host wrote stands in `texts` as paragraphs, what it chose in `choices`."""

    label: str
    asks: Asks
    texts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[AnswerRow, ...] = ()


class AnswerSection(Frozen):
    """The answers to one section of a form; `name` is that of the method file."""

    name: str
    title: str
    answers: tuple[Answer, ...]


def sections_of(form: Form | None, answers: Mapping[str, Any]) -> tuple[AnswerSection, ...]:
    """Return the sections in which something is answered, in the order of the form."""
    found = (_section(section, answers) for section in (form.sections if form else ()))
    return tuple(section for section in found if section.answers)


def _section(section: Section, answers: Mapping[str, Any]) -> AnswerSection:
    given = (_answer(one, answers.get(one.key)) for one in section.questions if one.key not in ELSEWHERE)
    return AnswerSection(name=section.name, title=section.title, answers=tuple(one for one in given if _holds(one)))


def _holds(answer: Answer) -> bool:
    return bool(answer.texts or answer.choices or answer.rows)


def _answer(question: Question, value: Any) -> Answer:
    plain = Answer(label=question.ask, asks=question.asks)
    if not question.answered(value):
        return plain
    if question.asks in CHOSEN:
        chosen = value if isinstance(value, list) else [value]
        return plain.model_copy(update={"choices": tuple(question.label_of(str(one)) for one in chosen)})
    if question.asks is Asks.ROWS:
        return plain.model_copy(update={"columns": _columns(question), "rows": tuple(_rows(question, value))})
    return plain.model_copy(update={"texts": paragraphs_of(str(value))})


def _columns(question: Question) -> tuple[Column, ...]:
    return tuple(Column(label=column.ask, is_chosen=column.asks in CHOSEN) for column in question.columns)


def _rows(question: Question, rows: Iterable[Mapping[str, Any]]) -> Iterable[AnswerRow]:
    for row in rows:
        cells = tuple(_cell(column, row.get(column.key)) for column in question.columns)
        if any(cells):
            yield AnswerRow(cells=cells)


def _cell(column: Question, value: Any) -> str:
    text = clean_line(str(value or ""))
    return column.label_of(text) if text and column.asks in CHOSEN else text
