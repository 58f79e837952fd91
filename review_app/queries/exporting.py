"""Gives a review as facts in the shape of the import file: a whole public record, or what a review here made public."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from review_app.domain.review_document import LINES, Basis, Dates, Place, ReviewFacts, Source
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import ItemKind, Precision, RecordKind, Side
from review_app.extensions.database import db
from review_app.models.practice import PracticeSection
from review_app.models.publishing import Report
from review_app.models.record import PublicRecord
from review_app.models.review import Review, ReviewCity
from review_app.queries import methods, seats
from review_app.queries.reports import HIGHLIGHTS

RESULTS = "page_results"


def facts(review: Review) -> ReviewFacts:
    """Return a review as facts. Of a review run here nothing is told that the public may not read."""
    record = _record(review)
    return _recorded(review, record) if record else _own(review)


def facts_of_record(review: Review) -> ReviewFacts | None:
    """Return an imported review exactly as its file holds it; None for a review that was run here."""
    record = _record(review)
    return _recorded(review, record) if record else None


def _record(review: Review) -> PublicRecord | None:
    return db.session.scalar(select(PublicRecord).where(PublicRecord.review_id == review.id))


def _recorded(review: Review, record: PublicRecord) -> ReviewFacts:
    hosts = _places(review, Side.HOST)
    return ReviewFacts(
        id=review.ref,
        title=review.title,
        network=review.network,
        method=record.method,
        theme=review.theme,
        host=hosts[0],
        co_hosts=hosts[1:],
        dates=Dates(start=record.starts, end=record.ends, precision=review.precision),
        venue=record.venue,
        visiting=_places(review, Side.PEER),
        visiting_cities_stated=record.cities_stated,
        participants=record.people_stated,
        participants_note=record.people_note,
        objective=record.objective,
        review_questions=_questions(review),
        practice=record.practice,
        outcome=record.outcome,
        funding=record.funding,
        sources=tuple(Source(url=page.url, published=page.published, note=page.note) for page in record.pages),
        basis=_basis(record),
        suggested_use=record.suggested_use,
        **{name: _lines(record, kind) for name, kind in LINES.items()},
    )


def _basis(record: PublicRecord) -> Basis:
    return Basis(
        challenges=record.basis_challenges,
        success_factors=record.basis_success_factors,
        lessons=record.basis_lessons,
        recommendations=record.basis_recommendations,
    )


def _own(review: Review) -> ReviewFacts:
    hosts = _places(review, Side.HOST)
    said = _published(review)
    return ReviewFacts(
        id=review.ref,
        title=review.title,
        network=review.network,
        method=methods.of(review.edition).title.lower(),
        theme=review.theme,
        host=hosts[0],
        co_hosts=hosts[1:],
        dates=_dates(review),
        venue=review.venue or None,
        visiting=_places(review, Side.PEER),
        observers=tuple(place.name for place in _places(review, Side.OBSERVER)),
        participants=(said.get("numbers") or {}).get("people"),
        objective=review.purpose or None,
        review_questions=_questions(review),
        practice=_practice(review) if said else None,
        challenges=_headlines(said, ItemKind.CHALLENGE),
        success_factors=_headlines(said, ItemKind.SUCCESS_FACTOR),
        lessons=_headlines(said, ItemKind.LESSON),
        recommendations=_headlines(said, ItemKind.RECOMMENDATION),
        funding=review.funding or None,
        basis=Basis(challenges=RESULTS, success_factors=RESULTS, lessons=RESULTS, recommendations=RESULTS),
    )


def _places(review: Review, side: Side) -> tuple[Place, ...]:
    query = (
        select(ReviewCity)
        .options(joinedload(ReviewCity.organisation))
        .where(ReviewCity.review_id == review.id, ReviewCity.side == side, ReviewCity.declined_at.is_(None))
        .order_by(ReviewCity.position, ReviewCity.id)
    )
    return tuple(
        Place(name=row.named or row.organisation.name, country=row.organisation.country, kind=row.organisation.kind)
        for row in db.session.scalars(query)
    )


def _questions(review: Review) -> tuple[str, ...]:
    return tuple(question.text for question in review.questions)


def _lines(record: PublicRecord, kind: RecordKind) -> Any:
    return tuple(line.text for line in record.lines if line.kind is kind)


def _dates(review: Review) -> Dates:
    if review.starts_on is None:
        return Dates(start=None, end=None, precision=Precision.UNKNOWN)
    last = review.ends_on or review.starts_on
    return Dates(start=review.starts_on.isoformat(), end=last.isoformat(), precision=Precision.DAY)


def _published(review: Review) -> dict[str, Any]:
    """The report everybody may read, as it was frozen, with consents and regime applied; empty when there is none."""
    if seats.seat_at(review, None).sees(Thing.REPORT) is Reach.NONE:
        return {}
    latest = (
        select(Report.snapshot)
        .where(Report.review_id == review.id, Report.kind == HIGHLIGHTS, Report.number.is_not(None))
        .order_by(Report.number.desc())
        .limit(1)
    )
    return dict(json.loads(db.session.scalar(latest) or "{}"))


def _headlines(said: dict[str, Any], kind: ItemKind) -> tuple[str, ...]:
    return tuple(_spoken(section for section in said.get("sections", ()) if section["kind"] == kind.value))


def _spoken(sections: Iterable[dict[str, Any]]) -> Iterable[str]:
    for section in sections:
        yield from (message["headline"] for message in (*section["messages"], *section.get("singles", ())))


def _practice(review: Review) -> str | None:
    query = select(PracticeSection.answers).where(
        PracticeSection.review_id == review.id, PracticeSection.section == "summary"
    )
    answers = db.session.scalar(query) or {}
    return str(answers.get("summary", "")) or None
