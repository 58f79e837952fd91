"""The form of one feedback item, made from the method's questions for its kind."""

from typing import Any

from flask_babel import gettext as _

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
    named: dict[str, Any] = {}
    for question in asked:
        if question.key == "headline":
            named[question.key] = Sentence(_(question.ask), limit=question.limit, hint=_(question.hint))
        else:
            named[question.key] = field_for(question, insist=False)
        if question.key == "explanation":
            named["question"] = _which_question(seat)
    named["language"] = _which_language()
    form = type("ItemForm", (PageForm,), named)(data=kept)
    required = {question.key for question in asked if question.required} | {"language"}
    for field in form.shown():
        if field.name not in required:
            field.label.text = _("%(question)s (optional)", question=field.label.text)
    return form  # type: ignore[no-any-return]


def _which_question(seat: Seat) -> Pick:
    options = [(str(one.number), f"{one.number}. {one.text}") for one in seat.review.questions]
    options.append((ANOTHER, _("Another question")))
    return Pick(_("Which review question does it answer?"), options=options)


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
