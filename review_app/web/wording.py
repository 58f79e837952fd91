"""How a field is called and how a choice reads where the form is not at hand: on the pages that keep a text."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from flask import current_app, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from wtforms.fields.core import UnboundField

from review_app.domain import method_file
from review_app.domain.forms import Form, Question
from review_app.domain.languages import LANGUAGES
from review_app.domain.workflow import Method
from review_app.web import forms
from review_app.web.forms.base import PageForm
from review_app.web.forms.practice import FIGURE_COLUMNS
from review_app.web.kinds import KINDS

ROOMS = (
    "access",
    "cities",
    "facts",
    "messages",
    "network",
    "openings",
    "publishing",
    "reports",
    "scope",
    "syntheses",
    "synthesis_reports",
    "synthesis_themes",
    "team",
)
"""Rooms of web/forms whose labels are wanted where the form is not at hand."""
CELL = re.compile(r"^(?P<field>\w+)-(?P<row>\d{1,2})-(?P<column>\w+)$")
PART = re.compile(r"^(?P<field>\w+)-(?P<part>day|month|year)$")
PAIR = re.compile(r"^(?P<field>question|why)_(?P<number>\d)$")


class Words(NamedTuple):
    """A field in words: its label, what its choices are called, and the words of its columns."""

    label: str
    choices: Mapping[str, str]
    columns: Mapping[str, "Words"] = {}


def labelled(name: str, value: str, path: str) -> tuple[str, str]:
    """Return the label of a field that was sent to an address, and what was given as a person reads it."""
    known = _known(path)
    cell, part, pair = CELL.match(name), PART.match(name), PAIR.match(name)
    if cell and cell["field"] in known:
        return _cell(known[cell["field"]], int(cell["row"]) + 1, cell["column"], value)
    if part and part["field"] in known:
        return f"{known[part['field']].label}: {_part(part['part'])}", value
    if pair:
        return _pair(pair["field"], int(pair["number"])), value
    words = known.get(name)
    return (words.label, words.choices.get(value, value)) if words else (_plain(name), value)


def _known(path: str) -> Mapping[str, Words]:
    """Return the words of the fields that an address takes: those of the method's forms, and of our own."""
    room = _room(path)
    known = {**_always(), **_asked(_forms())}
    for cls in FORMS.get(room, ()):
        known |= _of_class(cls)
    return known


def _room(path: str) -> str:
    """Return the name of the room that an address leads to: messages, practice."""
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(path, method="POST")  # type: ignore[union-attr]
    except HTTPException:
        return ""
    return str(endpoint).split(".")[0]


def _forms() -> Iterable[Form]:
    """Return the forms of the review's own method where the person sees the review, else of those that are shipped."""
    # Only what is at hand: an error page must not ask a storage that may be out of reach.
    method: Method | None = vars(g.seat).get("method") if "seat" in g else None
    return method.forms.values() if method else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> tuple[Form, ...]:
    files = sorted(method_file.FOLDER.glob("*.toml"))
    return tuple(form for file in files for form in method_file.load(file).forms.values())


def _asked(forms: Iterable[Form]) -> dict[str, Words]:
    return {question.key: _of_question(question) for form in forms for question in form.questions}


def _of_question(question: Question) -> Words:
    choices = {option.value: _(option.label) for option in question.options}
    return Words(_(question.ask), choices, {column.key: _of_question(column) for column in question.columns})


def _always() -> dict[str, Words]:
    return {
        "kind": Words(_("Kind"), {kind.value: str(words.one) for kind, words in KINDS.items()}),
        "question": Words(_("Review question"), {}),
        "language": Words(_("In which language is it written?"), LANGUAGES),
        "figures": Words(_("Key figures"), {}, {column.key: _of_question(column) for column in FIGURE_COLUMNS}),
    }


def _of_class(cls: type[PageForm]) -> dict[str, Words]:
    fields = {name: getattr(cls, name) for name in dir(cls) if isinstance(getattr(cls, name, None), UnboundField)}
    return {name: _of_field(field) for name, field in fields.items() if field.args}


def _of_field(field: Any) -> Words:
    options = field.kwargs.get("options", ())
    return Words(str(field.args[0]), {str(value): str(label) for value, label in options})


def _cell(words: Words, row: int, column: str, value: str) -> tuple[str, str]:
    given = words.columns.get(column, Words(_plain(column), {}))
    label = _("%(question)s, row %(row)s: %(column)s", question=words.label, row=row, column=given.label)
    return label, given.choices.get(value, value)


def _part(part: str) -> str:
    return {"day": _("Day"), "month": _("Month"), "year": _("Year")}[part]


def _pair(field: str, number: int) -> str:
    if field == "question":
        return _("Question %(number)s", number=number)
    return _("Why question %(number)s matters", number=number)


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _classes(name: str) -> tuple[type[PageForm], ...]:
    room = import_module(f"{forms.__name__}.{name}")
    found = (one for one in vars(room).values() if isinstance(one, type) and issubclass(one, PageForm))
    return tuple(one for one in found if one.__module__ == room.__name__)


FORMS = {name: _classes(name) for name in ROOMS}
