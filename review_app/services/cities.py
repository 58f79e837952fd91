"""Peer cities are invited to a review, and can be taken off the list again before they travel."""

from sqlalchemy import func, select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import Return
from review_app.models.network import Organisation
from review_app.models.review import Review, ReviewCity
from review_app.queries.seats import Seat
from review_app.services import invitations, journal
from review_app.services.workflow import require

INVITE = "invite peer cities"


def invite(organisation: Organisation, email: str, *, seat: Seat) -> ReviewCity:
    """Invite a city through the address of its contact; a city on the list gets one more person, not one more row.

    Raises Refused, or Unacceptable for the host itself.
    """
    require(seat, INVITE)
    row = add_peer(seat.review, organisation)
    invitations.invite(email=email, role=Role.PEER, review=seat.review, organisation=organisation, by=seat.person)
    journal.write("invite a city", seat, note=organisation.name, about=row.key)
    return row


def add_peer(review: Review, organisation: Organisation) -> ReviewCity:
    """Put a city on the list of peers; a city that declined is invited anew. Raises Unacceptable for the host."""
    rows = {row.side: row for row in _rows(review, organisation)}
    if Side.HOST in rows:
        raise Unacceptable(
            _("%(city)s is the host of this review and cannot be its own peer. Choose another city."),
            {"city": organisation.name},
            field="organisation",
        )
    row = rows.get(Side.PEER)
    if row is None:
        row = ReviewCity(organisation=organisation, side=Side.PEER, position=_next_place(review))
        review.cities.append(row)
    if row.declined_at or row.invited_at is None:
        row.invited_at, row.declined_at = utc_now(), None
    db.session.flush()
    return row


def withdraw(city: ReviewCity, seat: Seat, *, reason: str = "") -> None:
    """Take a peer city off the list: its people and its unused links lose their access at once.

    Raises Refused, or Unacceptable once the city has begun its return.
    """
    require(seat, INVITE)
    if _has_return(city):
        raise Unacceptable(_("This city has begun its feedback: it stays in the review."))
    journal.write("withdraw a city", seat, note=city.organisation.name, reason=reason, about=city.key)
    invitations.withdraw(seat.review, city.organisation, by=seat.person)
    db.session.delete(city)
    db.session.flush()
    db.session.expire(seat.review, ["cities", "participants"])


def _rows(review: Review, organisation: Organisation) -> list[ReviewCity]:
    query = select(ReviewCity).where(ReviewCity.review_id == review.id, ReviewCity.organisation_id == organisation.id)
    return list(db.session.scalars(query))


def _next_place(review: Review) -> int:
    query = select(func.max(ReviewCity.position)).where(ReviewCity.review_id == review.id)
    return (db.session.scalar(query) or 0) + 1


def _has_return(city: ReviewCity) -> bool:
    query = select(Return.id).where(Return.review_id == city.review_id, Return.organisation_id == city.organisation_id)
    return db.session.scalar(query) is not None
