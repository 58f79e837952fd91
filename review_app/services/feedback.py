"""A city writes its return: saves items while they are incomplete, removes, sends, reopens."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from review_app.domain.languages import known
from review_app.domain.marking import _
from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.vocabulary import ItemKind
from review_app.domain.workflow import Verdict
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.queries import feedback
from review_app.queries.seats import Seat
from review_app.services import consents, history, workflow

KEY = re.compile(r"^[A-Za-z0-9_-]{22}$")
COLUMNS = ("headline", "explanation", "question", "attribution", "use", "language")


def save(
    key: str,
    seat: Seat,
    *,
    city: Organisation,
    kind: ItemKind,
    answers: Mapping[str, Any],
    seen_version: int | None,
    by_itself: bool = False,
) -> FeedbackItem:
    """Keep an item under its key, complete or not; the same answers again change nothing.

    Raises Refused outside the stage, after the deadline, or for another city's key; Unacceptable when there is
    nothing to keep or the return is already sent; Stale when a newer version was saved meanwhile.
    """
    mine = _return_to_write(seat, city)
    answers = {name: value or "" for name, value in answers.items()}
    item = db.session.scalar(select(FeedbackItem).where(FeedbackItem.key == key))
    if item is None:
        return _begin(key, mine, seat, kind=kind, answers=answers, by_itself=by_itself)
    if item.return_id != mine.id:
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    stands = feedback.answers_of(item)
    if all(stands.get(name, "") == value for name, value in answers.items()):
        # The answer to this very save was lost on its way: it is saved, whatever version the sender knows of.
        history.settle(item, by_itself=by_itself)
        return item
    # A row stands, so a form that knows of no version was opened before somebody saved: that is stale as well.
    history.check(item, seen_version or 0, stands)
    return _keep(item, seat, answers, by_itself=by_itself)


def drop(item: FeedbackItem, seat: Seat, *, city: Organisation, seen_version: int | None = None) -> None:
    """Remove an item; what it said stays in the history. Unacceptable when the team has built on it.

    Raises Stale when a colleague has written on it since: nobody removes what they have not read.
    """
    mine = _return_to_write(seat, city)
    if item.return_id != mine.id:
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    if feedback.is_used(item):
        raise Unacceptable(_("The review team has already put this into a message. Change it instead of removing it."))
    history.check(item, seen_version, feedback.answers_of(item))
    history.bury(item, item.key, under=mine.id)
    db.session.delete(item)
    db.session.flush()


def send(seat: Seat, *, city: Organisation) -> Return:
    """Send the return of a city. Unacceptable while something is missing; sending twice is sending once."""
    workflow.require(seat, feedback.ACTION)
    mine = feedback.return_of(seat, city)
    gaps = feedback.gaps(mine.items if mine else [], seat.method)
    if gaps or mine is None:
        first = gaps[0]
        raise Unacceptable(first.sentence, first.values)
    if mine.submitted_at is None:
        mine.submitted_at = utc_now()
        db.session.flush()
    return mine


def reopen(seat: Seat, *, city: Organisation) -> None:
    """Take a sent return back to change it; possible until the deadline."""
    workflow.require(seat, feedback.ACTION)
    mine = feedback.return_of(seat, city)
    if mine is not None and mine.submitted_at is not None:
        mine.submitted_at = None
        db.session.flush()


def _return_to_write(seat: Seat, city: Organisation) -> Return:
    workflow.require(seat, feedback.ACTION)
    if city.id not in seat.cities:
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    mine = _own(seat, city) or _first(seat, city)
    if mine.submitted_at is not None:
        raise Unacceptable(_("Your city’s feedback has been sent. Reopen it first, then save again."))
    return mine


def _own(seat: Seat, city: Organisation) -> Return | None:
    query = select(Return).where(Return.review_id == seat.review.id, Return.organisation_id == city.id)
    return db.session.scalar(query)


def _first(seat: Seat, city: Organisation) -> Return:
    """Begin the one return of a city; a colleague who was faster began it for both."""
    mine = Return(review_id=seat.review.id, organisation_id=city.id)
    try:
        with db.session.begin_nested():
            db.session.add(mine)
    except IntegrityError:
        theirs = _own(seat, city)
        if theirs is None:
            raise
        return theirs
    return mine


def _begin(
    key: str, mine: Return, seat: Seat, *, kind: ItemKind, answers: Mapping[str, Any], by_itself: bool
) -> FeedbackItem:
    if not KEY.match(key):
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    if not any(value for name, value in answers.items() if name != "language"):
        raise Unacceptable(_("There is nothing to save yet: write at least one sentence."), field="headline")
    item = FeedbackItem(key=key, return_id=mine.id, kind=kind)
    db.session.add(item)
    return _keep(item, seat, answers, by_itself=by_itself)


def _keep(item: FeedbackItem, seat: Seat, answers: Mapping[str, Any], *, by_itself: bool) -> FeedbackItem:
    question = str(answers.get("question", ""))
    kept = {name: value for name, value in answers.items() if name not in COLUMNS}
    not_chosen = [name for name in feedback.CHOICES if not answers.get(name)]
    if not_chosen:
        kept[feedback.NOT_CHOSEN] = not_chosen
    item.headline, item.explanation = str(answers.get("headline", "")), str(answers.get("explanation", ""))
    item.question = int(question) if question.isdigit() else None
    if question and not question.isdigit():
        kept["question"] = question
    for name, (words, fallback) in feedback.CHOICES.items():
        setattr(item, name, words(answers[name]) if answers.get(name) else fallback)
    item.language = known(str(answers.get("language", "")))
    item.answers = kept
    # Answers that compare equal would leave the version as it was.
    item.saved_at = utc_now()
    is_new = item.id is None
    db.session.flush()
    if is_new:
        history.unearth(item, item.key, under=item.return_id)
    history.keep(item, feedback.answers_of(item), seat.person, by_itself=by_itself)
    consents.note(item, seat.person)
    return item
