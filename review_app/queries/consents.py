"""What the authors of a city's items have agreed to: for those who speak for that city in that review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager

from review_app.domain.attribution import may_withdraw
from review_app.domain.vocabulary import Attribution, Role
from review_app.domain.workflow import Verdict
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation, Person
from review_app.models.privacy import Consent, Matter
from review_app.models.review import Participant, Review
from review_app.queries import feedback

PAGE = 20


@dataclass(frozen=True)
class Agreed:
    """One matter of an item as it stands: agreed or not, and when that was said."""

    matter: Matter
    is_given: bool
    at: datetime | None


@dataclass(frozen=True)
class ItemConsents:
    """An item with everything its author may agree to; `verdict` says whether it can still be taken back."""

    item: FeedbackItem
    review: Review
    city: str
    agreed: tuple[Agreed, ...]
    verdict: Verdict


def listed(person: Person, page: int) -> tuple[list[ItemConsents], int]:
    """Return one page of the items the person answers for, the newest review first, and how many there are."""
    total = db.session.scalar(_mine(person).with_only_columns(func.count(FeedbackItem.id))) or 0
    query = _mine(person).add_columns(Organisation.name).order_by(Return.review_id.desc(), FeedbackItem.id)
    rows = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    dates = _dates([item.id for item, _city in rows])
    return [_told(item, city, dates) for item, city in rows], total


def item_of(person: Person, key: str) -> FeedbackItem | None:
    """Return an item the person answers for, None for any other key."""
    return db.session.scalar(_mine(person).where(FeedbackItem.key == key))


def _mine(person: Person) -> Select[FeedbackItem]:
    return (
        select(FeedbackItem)
        .join(Return, Return.id == FeedbackItem.return_id)
        .join(Review, Review.id == Return.review_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .join(Participant, _speaks(person))
        .options(contains_eager(FeedbackItem.city_return).contains_eager(Return.review))
    )


def _speaks(person: Person) -> ColumnElement[bool]:
    return and_(
        Participant.review_id == Return.review_id,
        Participant.organisation_id == Return.organisation_id,
        Participant.person_id == person.id,
        Participant.role == Role.PEER,
    )


def _dates(items: Sequence[int]) -> dict[tuple[int, Matter], Consent]:
    return {
        (row.item_id, row.matter): row for row in db.session.scalars(select(Consent).where(Consent.item_id.in_(items)))
    }


def _told(item: FeedbackItem, city: str, dates: dict[tuple[int, Matter], Consent]) -> ItemConsents:
    answers = feedback.answers_of(item)
    given = {Matter.CITY: answers["attribution"] == Attribution.CITY.value, Matter.USE: answers["use"] == "report"}
    agreed = tuple(_agreed(matter, is_given, dates.get((item.id, matter))) for matter, is_given in given.items())
    review = item.city_return.review
    return ItemConsents(item, review, city, agreed, may_withdraw(published=review.published_at is not None))


def _agreed(matter: Matter, is_given: bool, row: Consent | None) -> Agreed:
    at = (row.given_at if is_given else row.withdrawn_at) if row else None
    return Agreed(matter, is_given, at)
