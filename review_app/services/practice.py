"""The practice description: each section is saved for itself, incomplete if need be; key figures too (METHOD.md F5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from review_app.domain.marking import _
from review_app.domain.refusal import Stale, Unacceptable
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.practice import KeyFigure, PracticeSection
from review_app.models.review import Review
from review_app.queries import practice
from review_app.queries.seats import Seat
from review_app.services import history
from review_app.services.stamps import stamp
from review_app.services.workflow import require

ACTION, FIGURES = "describe the practice", "figures"


def save(
    section: str, answers: Mapping[str, Any], *, seat: Seat, seen_version: int | None, by_itself: bool = False
) -> PracticeSection:
    """Save one section as far as it is written. `seen_version` is 0 for a section nobody had written yet.

    Raises Refused, or Stale when somebody saved it meanwhile.
    """
    require(seat, ACTION)
    row = practice.section(seat.review, section)
    given = dict(answers)
    if row is not None and row.answers == given:
        history.settle(row, by_itself=by_itself)
        return row
    if row is None:
        row = PracticeSection(review_id=seat.review.id, section=section)
        db.session.add(row)
    else:
        history.check(row, seen_version, theirs=row.answers)
    return _put(row, given, seat.person, by_itself=by_itself)


def put(section: str, answers: Mapping[str, Any], *, review: Review, person: Person | None) -> PracticeSection:
    """Write one section without asking the table: for the demo world."""
    row = practice.section(review, section) or PracticeSection(review_id=review.id, section=section)
    db.session.add(row)
    return _put(row, dict(answers), person)


def _put(
    row: PracticeSection, answers: dict[str, Any], person: Person | None, *, by_itself: bool = False
) -> PracticeSection:
    row.answers, row.saved_at = answers, utc_now()
    db.session.flush()
    history.keep(row, answers, person, by_itself=by_itself)
    return row


def version(figures: Sequence[Mapping[str, str]]) -> int:
    """Return the number by which a form knows which key figures it has seen."""
    return stamp([dict(one) for one in figures])


def save_figures(
    figures: Sequence[Mapping[str, str]], seat: Seat, *, seen_version: int | None, by_itself: bool = False
) -> int:
    """Replace the key figures; returns their new version.

    Raises Refused, Stale, or Unacceptable for a figure without a name or a value.
    """
    require(seat, ACTION)
    standing = practice.figures(seat.review)
    wanted = [dict(one) for one in figures]
    if wanted == standing:
        history.settle(seat.review, part=FIGURES, by_itself=by_itself)
        return version(standing)
    if seen_version is not None and seen_version != version(standing):
        text = history.thing_of(seat.review, FIGURES), seat.review.id
        raise Stale({FIGURES: standing}, version(standing), text=text)
    for number, one in enumerate(wanted, start=1):
        if not one.get("label") or not one.get("value"):
            raise Unacceptable(_("Row %(row)s: give the figure a name and a value."), {"row": number}, field="figures")
    put_figures(wanted, seat.review)
    standing = practice.figures(seat.review)
    history.keep(seat.review, {FIGURES: standing}, seat.person, part=FIGURES, by_itself=by_itself)
    return version(standing)


def put_figures(figures: Sequence[Mapping[str, str]], review: Review) -> None:
    """Write the key figures without asking the table: for the demo world."""
    db.session.execute(delete(KeyFigure).where(KeyFigure.review_id == review.id))
    for position, one in enumerate(figures):
        db.session.add(KeyFigure(review_id=review.id, position=position, **one))
    db.session.flush()
