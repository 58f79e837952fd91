"""Personal links: the letter holds the token, the database only its digest; used once, by a POST, or not at all."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from review_app.domain.privacy import kept_for
from review_app.domain.text import email_identity
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import new_key, utc_now
from review_app.models.network import Organisation, Person
from review_app.models.review import Review
from review_app.services.sessions import digest

UNSENT = {
    Purpose.INVITATION: timedelta(days=30),
    Purpose.SIGN_IN: timedelta(hours=12),
    Purpose.RESET: timedelta(hours=12),
}
"""How long a link may wait for its letter to leave; what it lives afterwards is said when it leaves."""


def make(
    purpose: Purpose,
    *,
    email: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
    review: Review | None = None,
    role: Role | None = None,
    by: Person | None = None,
) -> PersonalLink:
    """Make a link that opens nothing yet: `hand_out` gives it its token when its letter leaves."""
    link = PersonalLink(
        digest=digest(new_key()),
        purpose=purpose,
        email=email,
        identity=email_identity(email),
        person_id=person.id if person else None,
        organisation_id=organisation.id if organisation else None,
        review_id=review.id if review else None,
        role=role,
        invited_by_id=by.id if by else None,
        expires_at=utc_now() + UNSENT[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link


def hand_out(link: PersonalLink, secret: str, lifetime: timedelta) -> str:
    """Return the token (256 bits) for the letter that leaves now, and begin the link's lifetime.

    The token is derived, not drawn: a letter that has to leave twice carries the same one both times.
    """
    made = f"personal link {link.id} {link.made_at.isoformat()} {link.purpose.value} {link.identity}"
    raw = hmac.digest(secret.encode(), made.encode(), hashlib.sha256)
    token = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    link.digest = digest(token)
    link.expires_at = utc_now() + lifetime
    return token


def live(token: str) -> PersonalLink | None:
    """Return the link a token opens; None when it is used, expired, unknown, or the account has changed since."""
    link = db.session.scalar(select(PersonalLink).where(PersonalLink.digest == digest(token)))
    if link is None or not is_open(link, utc_now()):
        return None
    return link if link.person_id is None or owner(link) else None


def is_open(link: PersonalLink, now: datetime) -> bool:
    """Tell whether a link is neither used nor expired."""
    return link.used_at is None and link.expires_at > now


def owner(link: PersonalLink) -> Person | None:
    """Return the active account a link is for: the address it went to must still be the account's."""
    mine = select(Person).where(Person.identity == link.identity, Person.is_active)
    return db.session.scalar(mine.where(Person.id == link.person_id) if link.person_id else mine)


def use(link: PersonalLink) -> bool:
    """Use a link up; False when somebody was faster."""
    used = db.session.execute(
        update(PersonalLink)
        .where(PersonalLink.id == link.id, PersonalLink.used_at.is_(None))
        .values(used_at=utc_now())
        .execution_options(synchronize_session=False)
        .returning(PersonalLink.id)
    )
    return used.scalar_one_or_none() is not None


def end_all(person: Person) -> None:
    """End every open link of a person: after a new password or a new address."""
    db.session.execute(
        delete(PersonalLink).where(
            or_(PersonalLink.person_id == person.id, PersonalLink.identity == person.identity),
            PersonalLink.used_at.is_(None),
        )
    )


def end_invitations(review: Review, organisation: Organisation) -> None:
    """End the open invitations of an organisation to a review."""
    db.session.execute(
        delete(PersonalLink).where(
            PersonalLink.review_id == review.id,
            PersonalLink.organisation_id == organisation.id,
            PersonalLink.used_at.is_(None),
        )
    )


def end_invitation(review: Review, person: Person, role: Role) -> None:
    """End the open invitations of a person to one role in a review."""
    db.session.execute(
        delete(PersonalLink).where(
            PersonalLink.review_id == review.id,
            PersonalLink.role == role,
            or_(PersonalLink.person_id == person.id, PersonalLink.identity == person.identity),
            PersonalLink.used_at.is_(None),
        )
    )


def sweep(now: datetime) -> None:
    """Delete links that ended as long ago as the register says."""
    db.session.execute(delete(PersonalLink).where(PersonalLink.expires_at < now - kept_for("link")))
