"""The questions a host asks its peers: written as a list, numbered in order (METHOD.md F7)."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, select

from review_app.domain.marking import _
from review_app.domain.refusal import Stale, Unacceptable
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.review import Review, ReviewQuestion
from review_app.queries.seats import Seat
from review_app.services import history, scope
from review_app.services.stamps import stamp
from review_app.services.workflow import require

ACTION, PART = "write the review questions", "questions"
ENDS = ("?", "？", "؟", ";")
"""How a question ends: Latin, full width, Arabic, Greek."""


class Asked(NamedTuple):
    """One question and why it matters."""

    text: str
    why: str = ""


def of(review: Review) -> list[Asked]:
    """Return the questions that stand now, in order."""
    query = (
        select(ReviewQuestion.text, ReviewQuestion.why)
        .where(ReviewQuestion.review_id == review.id)
        .order_by(ReviewQuestion.number)
    )
    return [Asked(text, why) for text, why in db.session.execute(query)]


def version(asked: Sequence[Asked]) -> int:
    """Return the number by which a form knows which questions it has seen."""
    return stamp([tuple(one) for one in asked])


def write(asked: Sequence[Asked], seat: Seat, *, seen_version: int | None) -> bool:
    """Replace the questions of a review. Returns whether signatures of the terms were taken off by it.

    Raises Refused, Stale when somebody saved others meanwhile, Unacceptable for what is no question or too many.
    """
    require(seat, ACTION)
    standing = of(seat.review)
    wanted = [one for one in asked if one.text or one.why]
    if wanted == standing:
        return False
    if seen_version is not None and seen_version != version(standing):
        text = history.thing_of(seat.review, PART), seat.review.id
        raise Stale(as_fields(standing), version(standing), text=text)
    most = seat.method.numbers.questions["max"]
    if len(wanted) > most:
        raise Unacceptable(_("Ask at most %(most)s questions."), {"most": most})
    _check(asked)
    put(wanted, seat.review, seat.person)
    return scope.take_off_signatures(seat, ACTION)


def put(asked: Sequence[Asked], review: Review, person: Person | None) -> None:
    """Write the questions without asking the table: for the demo world and for imports."""
    db.session.execute(delete(ReviewQuestion).where(ReviewQuestion.review_id == review.id))
    for number, one in enumerate(asked, start=1):
        db.session.add(ReviewQuestion(review_id=review.id, number=number, text=one.text, why=one.why))
    db.session.flush()
    db.session.expire(review, ["questions"])
    history.keep(review, {PART: [list(one) for one in asked]}, person, part=PART)


def as_fields(asked: Sequence[Asked]) -> dict[str, str]:
    """Return the questions under the names of the form's fields."""
    found = {}
    for number, one in enumerate(asked, start=1):
        found[f"question_{number}"], found[f"why_{number}"] = one.text, one.why
    return found


def _check(asked: Sequence[Asked]) -> None:
    for number, one in enumerate(asked, start=1):
        if one.why and not one.text:
            raise Unacceptable(_("Write the question that goes with this reason."), field=f"question_{number}")
        if one.text and not one.text.rstrip("”\"'’»)] ").endswith(ENDS):
            raise Unacceptable(_("End the question with a question mark."), field=f"question_{number}")
