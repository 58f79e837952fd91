"""Seats, items and messages of the invented reviews, for the tests of synthesis and publication."""

from sqlalchemy import select

from review_app.domain.vocabulary import ItemKind, Role, Use
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.review import Mark
from review_app.models.synthesis import Message, MessageSource
from review_app.queries import seats
from review_app.services import messages
from review_app.services.messages import Wording

SIGNATORIES = (Role.LEAD_REVIEWER, Role.HOST_COORDINATOR, Role.SECRETARIAT)


def seat_of(world, stage, who):
    """The seat of a demo role at the invented review of a stage."""
    return seats.seat_at(world.review(stage), world.person(who))


def free_items(review, *, use=Use.REPORT, sent=True):
    """The items of a review that no message holds, by key."""
    held = select(MessageSource.item_id)
    query = (
        select(FeedbackItem)
        .join(Return, Return.id == FeedbackItem.return_id)
        .where(Return.review_id == review.id, FeedbackItem.use == use, FeedbackItem.id.not_in(held))
        .order_by(FeedbackItem.kind, FeedbackItem.key)
    )
    where = Return.submitted_at.is_not(None) if sent else Return.submitted_at.is_(None)
    return list(db.session.scalars(query.where(where)))


def messages_of(review):
    """The messages of a review in the order of their making."""
    return list(db.session.scalars(select(Message).where(Message.review_id == review.id).order_by(Message.id)))


def keys_in(message):
    """The keys of the items inside a message."""
    return {source.item.key for source in message.sources}


def wording(headline="The team says so", **more):
    """A wording of a message."""
    return Wording(more.pop("kind", ItemKind.CHALLENGE), headline, **more)


def make_message(seat, items, **more):
    """Make a message of items."""
    return messages.create(new_key(), wording(**more), seat, items=[item.key for item in items])


def sign_all(review, person):
    """Set the three signatures that publication needs, as far as they are missing."""
    there = set(db.session.scalars(select(Mark.role).where(Mark.review_id == review.id, Mark.name == "report signed")))
    for role in set(SIGNATORIES) - there:
        db.session.add(Mark(review_id=review.id, name="report signed", role=role, person_id=person.id))
    db.session.flush()
