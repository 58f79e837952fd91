"""The questions of the host to its peers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Stale, Unacceptable
from review_app.queries.seats import Seat
from review_app.services import questions
from review_app.services.scope import SIGNATURES_OFF
from review_app.web import conflict
from review_app.web.forms.questions import QuestionsForm, questions_form
from review_app.web.gate import commits, may
from review_app.web.showing import show

bp = Blueprint("questions", __name__, url_prefix="/reviews/<ref>/questions")


@bp.get("")
@may("write the review questions", to_look=True)
def edit(seat: Seat) -> ResponseReturnValue:
    """Show the questions, to write them or to read them."""
    return _page(seat, _form(seat))


@bp.post("")
@commits
@may("write the review questions")
def save(seat: Seat) -> ResponseReturnValue:
    """Save the questions in their order."""
    form = _form(seat)
    if not form.validate():
        return _page(seat, form), 422
    try:
        unsigned = questions.write(form.asked(), seat, seen_version=form.seen_version)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Review questions"), back=url_for(".edit", ref=seat.review.ref))
    except Unacceptable as trouble:
        form.blame(trouble)
        return _page(seat, form), 422
    flash(_(SIGNATURES_OFF) if unsigned else _("Your questions are saved."))
    return redirect(url_for("reviews.show", ref=seat.review.ref), 303)


def _form(seat: Seat) -> QuestionsForm:
    return questions_form(questions.of(seat.review), seat.method.numbers.questions["max"])


def _page(seat: Seat, form: QuestionsForm) -> str:
    return show(
        "questions/edit.html",
        seat,
        form=form,
        verdict=seat.may("write the review questions"),
        standing=questions.of(seat.review),
        numbers=seat.method.numbers.questions,
    )
