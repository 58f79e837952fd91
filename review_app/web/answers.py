"""What the host wrote as its readers see it: each question with its answer, drawn by what it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from review_app.domain.forms import Asks, Question, Section
from review_app.web.forms.asked import shown_value
from review_app.web.rich_text import rich


@dataclass(frozen=True)
class Read:
    """One answered question. Exactly one of `html`, `table`, `links` and `text` carries the answer."""

    key: str
    ask: str
    text: str = ""
    html: Markup | None = None
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def read(section: Section, answers: Mapping[str, Any]) -> list[Read]:
    """Return the answered questions of a section in order."""
    given = ((question, answers.get(question.key)) for question in section.questions)
    return [_read(question, value) for question, value in given if question.answered(value)]


def _read(question: Question, value: Any) -> Read:
    ask = _(question.ask)
    if question.asks is Asks.FORMATTED:
        return Read(question.key, ask, html=rich(str(value)))
    if question.asks is not Asks.ROWS:
        return Read(question.key, ask, text=shown_value(question, value))
    links = _links(question, value)
    if links:
        return Read(question.key, ask, links=links)
    heads = tuple(_(column.ask) for column in question.columns)
    return Read(question.key, ask, heads=heads, table=_table(question, value))


def _table(question: Question, rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(shown_value(column, row.get(column.key, "")) for column in question.columns) for row in rows)


def _links(question: Question, rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Rows that begin with an address are a list of links: address and words."""
    first = question.columns[0]
    if first.asks is not Asks.LINK:
        return ()
    words = question.columns[1].key if len(question.columns) > 1 else first.key
    return tuple((row[first.key], row.get(words) or row[first.key]) for row in rows if row.get(first.key))
