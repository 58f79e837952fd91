"""Queues letters in the transaction of the fact they tell; nothing leaves here."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from review_app.domain.vocabulary import NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.base import new_key, utc_now
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole, Person
from review_app.models.review import Participant, Review

WAKE = "wake the worker"


def queue(
    kind: str,
    address: str,
    *,
    once: str = "",
    person: Person | None = None,
    review: Review | None = None,
    due_at: datetime | None = None,
    values: dict[str, Any] | None = None,
) -> bool:
    """Queue one letter to one address; False when the occasion `once` was queued before."""
    once = once or f"{kind}:{new_key()}"
    if db.session.scalar(select(Letter.id).where(Letter.once == once)):
        return False
    db.session.add(
        Letter(
            kind=kind,
            once=once,
            address=address,
            person_id=person.id if person else None,
            review_id=review.id if review else None,
            due_at=due_at or utc_now(),
            values=values or {},
        )
    )
    wake()
    return True


def try_again() -> None:
    """Let every letter that did not arrive leave again, now; those given up get all their tries anew."""
    db.session.execute(
        update(Letter)
        .where(Letter.sent_at.is_(None), Letter.trouble != "")
        .values(due_at=utc_now(), given_up_at=None, tries=0)
    )
    wake()


def wake() -> None:
    """Ask that the worker is woken once this transaction is committed."""
    db.session.info[WAKE] = True


def people_in(review: Review, roles: frozenset[Role]) -> list[Person]:
    """Return everybody with one of these roles in a review; the secretariat when it is among them."""
    query = (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.review_id == review.id, Participant.role.in_(roles), Person.is_active)
        .distinct()
    )
    people = list(db.session.scalars(query))
    if Role.SECRETARIAT in roles:
        known = {person.id for person in people}
        people += [person for person in _secretariat() if person.id not in known]
    return people


def _secretariat() -> list[Person]:
    query = (
        select(Person)
        .join(NetworkRole, NetworkRole.person_id == Person.id)
        .where(NetworkRole.right == NetworkRight.SECRETARIAT, Person.is_active)
    )
    return list(db.session.scalars(query))
