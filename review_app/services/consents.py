"""What an author agrees to with an item: dated, and taken back until the report is published (METHOD.md R4)."""

from sqlalchemy import delete, select

from review_app.domain.attribution import may_withdraw
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Attribution, Use
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem
from review_app.models.network import Person
from review_app.models.privacy import Consent, Matter
from review_app.models.publishing import Rendering, Report
from review_app.models.review import JournalEntry, Review
from review_app.queries import feedback, reports
from review_app.services import history

WITHDRAWN = "withdraw consent"


def note(item: FeedbackItem, person: Person | None) -> None:
    """Write down what the author of an item agrees to as it stands now; nothing is agreed until somebody says so."""
    there = {row.matter: row for row in db.session.scalars(select(Consent).where(Consent.item_id == item.id))}
    for matter, is_given in _given(item).items():
        _write(there.get(matter), item, matter, person=person, is_given=is_given)
    db.session.flush()


def withdraw(item: FeedbackItem, matter: Matter, person: Person) -> None:
    """Take one consent back: gone from every preview and print from now on. Raises Unacceptable once published."""
    review = item.city_return.review
    verdict = may_withdraw(published=review.published_at is not None)
    if not verdict:
        raise Unacceptable(verdict.sentence)
    if not _given(item)[matter]:
        return
    if matter is Matter.CITY:
        item.attribution = Attribution.ANONYMOUS
    else:
        item.use = Use.TEAM_ONLY
    item.saved_at = utc_now()
    db.session.flush()
    history.keep(item, feedback.answers_of(item), person)
    note(item, person)
    drop_drafts(review)
    # Nobody's name stands in the record: the host reads it, and would learn whose words they were.
    db.session.add(_line(review))
    db.session.flush()


def drop_drafts(review: Review) -> None:
    """Delete the drafts of a review that were printed before; their files go with the next sweep."""
    db.session.execute(delete(Report).where(Report.review_id == review.id, Report.number.is_(None)))
    forget_prints()


def forget_prints() -> None:
    """Delete the prints that no report and no synthesis names any more."""
    db.session.execute(delete(Rendering).where(Rendering.digest.not_in(reports.digests())))


def _given(item: FeedbackItem) -> dict[Matter, bool]:
    answers = feedback.answers_of(item)
    return {
        Matter.CITY: answers["attribution"] == Attribution.CITY.value,
        Matter.USE: answers["use"] == Use.REPORT.value,
    }


def _write(row: Consent | None, item: FeedbackItem, matter: Matter, *, person: Person | None, is_given: bool) -> None:
    number = person.id if person else None
    if row is None and is_given:
        db.session.add(Consent(item_id=item.id, matter=matter, person_id=number))
    elif row is not None and is_given and row.withdrawn_at is not None:
        row.person_id, row.given_at, row.withdrawn_at = number, utc_now(), None
    elif row is not None and not is_given and row.withdrawn_at is None:
        row.person_id, row.withdrawn_at = number, utc_now()


def _line(review: Review) -> JournalEntry:
    return JournalEntry(review_id=review.id, action=WITHDRAWN, came_from=review.stage, led_to=review.stage)
