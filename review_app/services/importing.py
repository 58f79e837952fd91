"""Takes in what public sources state about reviews held elsewhere: nothing added, nothing lost, and twice is once."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select

from review_app.domain.review_document import LINES, Dates, Place, ReviewFacts, first_day, last_day
from review_app.domain.review_file import Faulty
from review_app.domain.vocabulary import Level, PlaceKind, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Organisation
from review_app.models.record import PublicRecord, RecordLine, RecordPage
from review_app.models.review import JournalEntry, MethodEdition, Review, ReviewCity, ReviewQuestion
from review_app.queries import exporting, methods
from review_app.services import audit, publishing

OLD_AFTER = timedelta(days=2 * 365)
ARCHIVED, OUT = "closed", "published"


@dataclass(frozen=True)
class Known:
    """Facts about an organisation that no review states. Coordinates in degrees."""

    place: Place
    local_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_member: bool = False


Gazetteer = Mapping[tuple[str, str, str], Known]


@dataclass
class Tally:
    """What an import did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        total = self.new + self.changed + self.unchanged
        kept = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged"
        return f"{total} {'review' if total == 1 else 'reviews'}: {kept}"


def take_in(reviews: Iterable[ReviewFacts], edition: MethodEdition, *, gazetteer: Gazetteer) -> Tally:
    """Take in reviews as public records of the method's `edition`; the caller commits all of them or none.

    Raises Faulty when a review of this name was run here: an import only changes what an import made.
    """
    wanted = list(reviews)
    _refuse_our_own(wanted)
    tally = Tally()
    for facts in wanted:
        review = db.session.scalar(select(Review).where(Review.ref == facts.id))
        if review is None:
            _write(facts, _begun(facts, edition), gazetteer)
            tally.new += 1
        elif exporting.facts_of_record(review) == facts:
            tally.unchanged += 1
        else:
            _write(facts, _emptied(review), gazetteer)
            tally.changed += 1
    return tally


def organisation_for(place: Place, gazetteer: Gazetteer) -> Organisation:
    """Return the organisation a source names, made from what is known of it when it is not there yet."""
    found: Organisation | None = db.session.scalar(_named(place))
    if found is not None:
        return found
    known = gazetteer.get(place.identity, Known(place))
    made = Organisation(
        slug=_slug(known.place),
        name=known.place.name,
        local_name=known.local_name,
        country=known.place.country,
        kind=known.place.kind,
        latitude=known.latitude,
        longitude=known.longitude,
        is_member=known.is_member,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _refuse_our_own(reviews: list[ReviewFacts]) -> None:
    imported = select(PublicRecord.review_id)
    ours = select(Review.ref).where(Review.ref.in_([one.id for one in reviews]), Review.id.not_in(imported))
    taken = set(db.session.scalars(ours))
    if taken:
        raise Faulty(
            f"reviews[{number}].id: “{one.id}” was run here, and an import changes only what an import made."
            for number, one in enumerate(reviews)
            if one.id in taken
        )


def _begun(facts: ReviewFacts, edition: MethodEdition) -> Review:
    """A review that was held elsewhere begins where it ended; from then on the method moves it."""
    review = Review(ref=facts.id, edition=edition, stage=_stage(facts), title=facts.title)
    review.regime, review.level = methods.of(edition).regime, Level.PUBLIC
    review.published_at = _published_at(facts)
    db.session.add(review)
    db.session.flush()
    _journal(review, "import", came_from="")
    return review


def _emptied(review: Review) -> Review:
    review.cities.clear()
    review.questions.clear()
    record = db.session.scalars(select(PublicRecord).where(PublicRecord.review_id == review.id)).one()
    db.session.delete(record)
    db.session.flush()
    _journal(review, "import again", came_from=review.stage)
    return review


def _journal(review: Review, action: str, *, came_from: str) -> None:
    db.session.add(JournalEntry(review_id=review.id, action=action, came_from=came_from, led_to=review.stage))
    audit.note(action, None, review=review, thing=review.stage)


def _write(facts: ReviewFacts, review: Review, gazetteer: Gazetteer) -> None:
    review.title, review.theme, review.network = facts.title, facts.theme, facts.network
    review.purpose, review.venue, review.funding = facts.objective or "", facts.venue or "", facts.funding or ""
    review.precision = facts.dates.precision
    review.starts_on, review.ends_on = _days(facts.dates)
    review.cities.extend(_cities(facts, gazetteer))
    review.questions.extend(
        ReviewQuestion(number=number, text=text) for number, text in enumerate(facts.review_questions, start=1)
    )
    db.session.add(_record(facts, review))
    db.session.flush()
    db.session.expire(review)
    publishing.publish_record(review)


def _cities(facts: ReviewFacts, gazetteer: Gazetteer) -> Iterable[ReviewCity]:
    for side, places in ((Side.HOST, (facts.host, *facts.co_hosts)), (Side.PEER, facts.visiting)):
        for position, place in enumerate(places):
            organisation = organisation_for(place, gazetteer)
            yield ReviewCity(organisation=organisation, side=side, position=position, named=place.name)


def _record(facts: ReviewFacts, review: Review) -> PublicRecord:
    return PublicRecord(
        review_id=review.id,
        method=facts.method,
        practice=facts.practice,
        objective=facts.objective,
        outcome=facts.outcome,
        funding=facts.funding,
        venue=facts.venue,
        starts=facts.dates.start,
        ends=facts.dates.end,
        cities_stated=facts.visiting_cities_stated,
        people_stated=facts.participants,
        people_note=facts.participants_note,
        suggested_use=facts.suggested_use,
        basis_challenges=facts.basis.challenges,
        basis_success_factors=facts.basis.success_factors,
        basis_lessons=facts.basis.lessons,
        basis_recommendations=facts.basis.recommendations,
        lines=list(_lines(facts)),
        pages=[
            RecordPage(position=position, url=source.url, published=source.published, note=source.note)
            for position, source in enumerate(facts.sources)
        ],
    )


def _lines(facts: ReviewFacts) -> Iterable[RecordLine]:
    for name, kind in LINES.items():
        for position, text in enumerate(getattr(facts, name)):
            yield RecordLine(kind=kind, position=position, text=text)


def _days(dates: Dates) -> tuple[date | None, date | None]:
    """The first and the last day that the parts can mean: lists need an order, and `precision` tells the truth."""
    start, end = dates.start or dates.end, dates.end or dates.start
    return (first_day(start) if start else None, last_day(end) if end else None)


def _stage(facts: ReviewFacts) -> str:
    """Archived when its last known day is two years past, or when no day is known."""
    _first, last = _days(facts.dates)
    days = [last] if last else [last_day(source.published) for source in facts.sources if source.published]
    today = utc_now().date()
    return OUT if days and max(days) > today - OLD_AFTER else ARCHIVED


def _published_at(facts: ReviewFacts) -> datetime:
    """When a source first told of it, as far as one says; otherwise the moment of the import."""
    now = utc_now()
    days = [last_day(source.published) for source in facts.sources if source.published]
    # At noon it is the same day in every zone where a reader of the report may be.
    return min(datetime.combine(min(days), time(12), UTC), now) if days else now


def _named(place: Place) -> Select[Any]:
    query = select(Organisation).where(Organisation.country == place.country, Organisation.kind == place.kind)
    query = query.where(Organisation.fictional.is_(False)).order_by(Organisation.id).limit(1)
    return query if place.kind is PlaceKind.COUNTRY else query.where(Organisation.name == place.name)


def _slug(place: Place) -> str:
    plain = unicodedata.normalize("NFKD", place.name).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "organisation"
    tries = (stem, f"{stem}-{place.country.lower()}", f"{stem}-{place.kind.value.replace(' ', '-')}")
    like_it = Organisation.slug.startswith(stem, autoescape=True)
    taken = set(db.session.scalars(select(Organisation.slug).where(like_it)))
    more = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (*tries, *more) if slug not in taken)
