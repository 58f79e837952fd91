"""Opens a review from a method: the first row of everything that follows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from review_app.domain import method_file
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Organisation, Person
from review_app.models.review import JournalEntry, MethodEdition, Participant, Review, ReviewCity
from review_app.queries import methods
from review_app.services import audit, deadlines, invitations

REF = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LONGEST_REF, LONGEST_TITLE = 80, 150
RESERVED = frozenset(("new",))


@dataclass(frozen=True)
class Opening:
    """What a review starts from. `definition` is a method as data; days are optional, first and last inclusive.

    Without a `ref` one is made from the host and the year. `coordinator` is the e-mail address of the person who
    leads the review at the host; empty when the opener does.
    """

    definition: Mapping[str, Any]
    host: Organisation
    title: str
    theme: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    ref: str = ""
    coordinator: str = ""
    network: str = ""


def open_review(opening: Opening, by: Person | None) -> Review:
    """Open a review in the first stage of its method, with the method's regime and level.

    Raises Unacceptable for a title, a day or a reference that cannot be, and MethodError for a method that cannot work.
    """
    definition = dict(opening.definition)
    method = method_file.build(definition)
    title = clean_line(opening.title)
    _check(opening, title)
    review = Review(
        ref=_reference(opening),
        edition=edition_of(definition),
        stage=method.stages[0].name,
        title=title,
        theme=clean_line(opening.theme)[:80],
        network=opening.network,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on or opening.starts_on,
        timezone=opening.host.timezone,
        regime=method.regime,
        level=method.level,
        fictional=opening.host.fictional,
    )
    db.session.add(review)
    review.cities.append(ReviewCity(organisation=opening.host, side=Side.HOST, accepted_at=utc_now()))
    db.session.flush()
    deadlines.recompute(review, method)
    _journal(review, by)
    _seat_coordinator(review, opening, by)
    return review


def edition_of(definition: Mapping[str, Any]) -> MethodEdition:
    """Return the kept edition of a method, the same row for the same content."""
    data = dict(definition)
    digest = methods.digest(data)
    edition = db.session.scalar(select(MethodEdition).where(MethodEdition.digest == digest))
    if edition is None:
        edition = MethodEdition(name=data["name"], edition=int(data["version"]), digest=digest, definition=data)
        db.session.add(edition)
    return edition


def _check(opening: Opening, title: str) -> None:
    if not title:
        raise Unacceptable(_("Give the review a title."), field="title")
    if len(title) > LONGEST_TITLE:
        raise Unacceptable(_("The title takes at most %(limit)s characters."), {"limit": LONGEST_TITLE}, field="title")
    deadlines.check_days(opening.starts_on, opening.ends_on)


def _reference(opening: Opening) -> str:
    if opening.ref:
        return _wanted(opening.ref)
    year = (opening.starts_on or utc_now().date()).year
    stem = f"{opening.host.slug[:66]}-{year}"
    taken = set(db.session.scalars(select(Review.ref).where(Review.ref.startswith(stem, autoescape=True))))
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(ref for ref in tries if ref not in taken)


def _wanted(ref: str) -> str:
    if len(ref) > LONGEST_REF or not REF.match(ref) or ref in RESERVED:
        raise Unacceptable(
            _("A reference has small letters, digits and single hyphens, like lindhaven-2027."), field="ref"
        )
    if db.session.scalar(select(Review.id).where(Review.ref == ref)):
        raise Unacceptable(_("There is a review with this reference already."), field="ref")
    return ref


def _journal(review: Review, by: Person | None) -> None:
    db.session.add(
        JournalEntry(
            review_id=review.id,
            action="open",
            came_from="",
            led_to=review.stage,
            person_id=by.id if by else None,
        )
    )
    audit.note("open", by, review=review, thing=review.stage)


def _seat_coordinator(review: Review, opening: Opening, by: Person | None) -> None:
    """The opener leads the review at the host, unless somebody else is named (METHOD.md 2)."""
    if opening.coordinator:
        invitations.invite(
            email=opening.coordinator,
            role=Role.HOST_COORDINATOR,
            review=review,
            organisation=opening.host,
            by=by,
        )
    elif by is not None and by.organisation_id == opening.host.id:
        review.participants.append(
            Participant(person_id=by.id, role=Role.HOST_COORDINATOR, organisation_id=opening.host.id)
        )
    db.session.flush()
