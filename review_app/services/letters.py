"""Reminders: to one city by one click of the secretariat, and by themselves around the deadline for feedback."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.feedback import Return
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review, ReviewCity, ReviewDeadline
from review_app.queries import methods
from review_app.queries.facts import silent_cities
from review_app.services import links, outbox

ACTION, DEADLINE = "give feedback", "feedback"
MORNING = time(8, 0)
LATEST = timedelta(days=1)


def remind(review: Review, city: ReviewCity | Organisation, by: Person) -> int:
    """Remind the people of one city, once a day; returns how many letters were queued."""
    number = city.organisation_id if isinstance(city, ReviewCity) else city.id
    day = utc_now().astimezone(ZoneInfo(review.timezone)).date().isoformat()
    occasion = f"reminder:{review.id}:{number}:{day}"
    sent = [_queue(person, review, occasion) for person in _speakers(review, number)]
    sent += [_invite_again(link, review, occasion, by) for link in _unanswered(review, number)]
    return sum(sent)


def remind_of_feedback(now: datetime) -> int:
    """Queue the reminders whose day has come, for every city that is silent; returns how many."""
    return sum(_remind_around(review, deadline, now) for review, deadline in _under_way(now))


def _under_way(now: datetime) -> list[tuple[Review, ReviewDeadline]]:
    query = (
        select(Review, ReviewDeadline)
        .join(ReviewDeadline, ReviewDeadline.review_id == Review.id)
        .where(
            ReviewDeadline.name == DEADLINE,
            ReviewDeadline.at > now - timedelta(days=60),
            ReviewDeadline.at < now + timedelta(days=60),
        )
    )
    return [(review, deadline) for review, deadline in db.session.execute(query) if _collects(review)]


def _collects(review: Review) -> bool:
    """Tell whether the method lets peers write feedback at the stage where the review is."""
    return methods.of(review.edition).permits(ACTION, frozenset((Role.PEER,)), review.stage)


def _remind_around(review: Review, deadline: ReviewDeadline, now: datetime) -> int:
    method = methods.of(review.edition)
    days = [days for days in method.reminder_days if _is_time(deadline, days, review.timezone, now)]
    if not days:
        return 0
    occasion = f"feedback:{deadline.id}:{deadline.at.date().isoformat()}:{days[-1]}"
    return sum(
        _queue(person, review, occasion) for name, number in _silent(review) for person in _speakers(review, number)
    )


def _is_time(deadline: ReviewDeadline, days: int, timezone: str, now: datetime) -> bool:
    """Tell whether the morning of a reminder has come and is not yet a day past."""
    zone = ZoneInfo(timezone)
    day = deadline.at.astimezone(zone).date() + timedelta(days=days)
    morning = datetime.combine(day, MORNING, zone)
    return morning <= now < morning + LATEST


def _silent(review: Review) -> list[tuple[str, int]]:
    query = silent_cities(review.id).add_columns(Organisation.id)
    return [(name, number) for name, number in db.session.execute(query)]


def _speakers(review: Review, organisation_id: int) -> list[Person]:
    query = (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(
            Participant.review_id == review.id,
            Participant.organisation_id == organisation_id,
            Participant.role == Role.PEER,
            Person.is_active,
        )
    )
    return list(db.session.scalars(query))


def _queue(person: Person, review: Review, occasion: str) -> bool:
    return outbox.queue("reminder", person.email, once=f"{occasion}:{person.id}", person=person, review=review)


def _unanswered(review: Review, organisation_id: int) -> list[PersonalLink]:
    """Return the newest invitation of each address that has no account yet."""
    query = select(PersonalLink).where(
        PersonalLink.review_id == review.id,
        PersonalLink.organisation_id == organisation_id,
        PersonalLink.person_id.is_(None),
        PersonalLink.used_at.is_(None),
    )
    newest = {link.identity: link for link in db.session.scalars(query.order_by(PersonalLink.id))}
    return [link for link in newest.values() if links.owner(link) is None]


def _invite_again(link: PersonalLink, review: Review, occasion: str, by: Person) -> bool:
    again = links.make(
        Purpose.INVITATION, email=link.email, organisation=link.organisation, review=review, role=link.role, by=by
    )
    once = f"{occasion}:{again.identity}"[:160]
    return outbox.queue("invitation", link.email, once=once, review=review, values={"link": again.id, "again": True})


def has_sent(review: Review, person: Person) -> bool:
    """Tell whether every city that a person speaks for has sent its return: then no reminder leaves."""
    mine = select(Participant.organisation_id).where(
        Participant.review_id == review.id, Participant.person_id == person.id, Participant.role == Role.PEER
    )
    sent = select(Return.organisation_id).where(Return.review_id == review.id, Return.submitted_at.is_not(None))
    cities = set(db.session.scalars(mine))
    return bool(cities) and cities <= set(db.session.scalars(sent))
