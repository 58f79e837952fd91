"""The form of one feedback item, made from the method's questions for its kind."""

from functools import lru_cache
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from review_app.domain.forms import Question
from review_app.domain.languages import LANGUAGES, known
from review_app.domain.vocabulary import ItemKind
from review_app.models.feedback import FeedbackItem
from review_app.queries import feedback
from review_app.queries.seats import Seat
from review_app.web.forms.asked import field_for
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, Pick

ANOTHER = "another"


class Sentence(Line):
    """A text of one line that is long enough to want several on a phone."""

    draws = "text"


def item_form(seat: Seat, kind: ItemKind, kept: dict[str, Any] | None = None) -> PageForm:
    """Return the form of an item: on a GET filled with what is kept, on a POST with what came and nothing else."""
    asked = feedback.form_of(seat.method).for_kind(kind.value)
    options = tuple((str(one.number), f"{one.number}. {one.text}") for one in seat.review.questions)
    return _form_class(asked, options, str(get_locale()))(data=kept)


@lru_cache(maxsize=512)
def _form_class(asked: tuple[Question, ...], options: tuple[tuple[str, str], ...], _language: str) -> type[PageForm]:
    """Make the class once for the same questions in the same language."""
    named: dict[str, Any] = {}
    for question in asked:
        if question.key == "english_summary":
            named["language"] = _which_language()
        named[question.key] = _field(question)
        if question.key == "explanation":
            named["question"] = _which_question(options)
    named.setdefault("language", _which_language())
    return type("ItemForm", (PageForm,), named)


def _field(question: Question) -> Any:
    label = _(question.ask) if question.required else _("%(question)s (optional)", question=_(question.ask))
    if question.key in ("headline", "english_summary"):
        return Sentence(label, limit=question.limit, hint=_(question.hint))
    return field_for(question, insist=False, label=label)


def _which_question(options: tuple[tuple[str, str], ...]) -> Pick:
    label = _("%(question)s (optional)", question=_("Which review question does it answer?"))
    return Pick(label, options=[*options, (ANOTHER, _("Another question"))])


def _which_language() -> Pick:
    return Pick(
        _("In which language is it written?"),
        options=list(LANGUAGES.items()),
        hint=_("Write in the language you say it best in."),
    )


def kept_in(seat: Seat, item: FeedbackItem | None) -> dict[str, Any]:
    """Return what the form of an item shows at first; a new one knows only the person's language."""
    if item is None:
        return {"language": known(seat.person.language if seat.person else "")}
    return {**feedback.answers_of(item), "version": str(item.version)}
