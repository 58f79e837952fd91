"""Makes a form out of a method's questions: data in, fields out."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from review_app.domain.forms import Asks, Question
from review_app.web.forms import fields
from review_app.web.forms.base import PageForm


def form_class(questions: Iterable[Question], *, insist: bool) -> type[PageForm]:
    """Return a form class for these questions; `insist` asks for the required answers, a draft saves without them."""
    named = {question.key: field_for(question, insist=insist) for question in questions}
    return type("AskedForm", (PageForm,), named)


def field_for(question: Question, *, insist: bool, label: str = "") -> Any:
    """Return the unbound field for one question; it is called as the question asks unless `label` says more."""
    checks = [_insist(question)] if insist and question.required else []
    shared: dict[str, Any] = {"hint": _(question.hint) if question.hint else ""}
    label = label or _(question.ask)
    match question.asks:
        case Asks.ONE | Asks.MANY:
            kind = fields.One if question.asks is Asks.ONE else fields.Many
            return kind(label, checks, options=[(o.value, _(o.label)) for o in question.options], **shared)
        case Asks.ROWS:
            return fields.Rows(label, checks, columns=question.columns, **shared)
        case _:
            return _PLAIN[question.asks](label, checks, limit=question.limit, **shared)


_PLAIN: Mapping[Asks, type[fields.Line]] = {
    Asks.LINE: fields.Line,
    Asks.TEXT: fields.Paragraph,
    Asks.FORMATTED: fields.Paragraph,
    Asks.WHEN: fields.When,
    Asks.NUMBER: fields.Number,
    Asks.LINK: fields.Link,
    Asks.YES: fields.Line,
}


def _insist(question: Question) -> Any:
    return fields.required(_("Answer this question: %(question)s", question=_(question.ask)))


def shown_value(question: Question, value: Any) -> str:
    """Return a kept answer as a person reads it."""
    if question.asks is Asks.ONE:
        return _(question.label_of(str(value))) if value else ""
    if question.asks is Asks.MANY:
        return ", ".join(_(question.label_of(str(one))) for one in value or ())
    return str(value or "")
