"""Reviews as facts, in the shape of the import file: one model for what comes in and what goes out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from review_app.domain.vocabulary import PlaceKind, Precision, RecordKind

LINES: Mapping[str, RecordKind] = {
    "observers": RecordKind.OBSERVER,
    "programme": RecordKind.PROGRAMME,
    "challenges": RecordKind.CHALLENGE,
    "success_factors": RecordKind.SUCCESS_FACTOR,
    "lessons": RecordKind.LESSON,
    "recommendations": RecordKind.RECOMMENDATION,
    "outputs": RecordKind.OUTPUT,
    "missing": RecordKind.MISSING,
    "conflicts": RecordKind.CONFLICT,
}
"""The lists of a review, and what each line of them is in the record."""


class Frozen(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Frozen):
    """A host or a visitor, named as the source names it; `country` is ISO 3166-1 alpha-2."""

    name: str
    country: str
    kind: PlaceKind

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes two places the same one: a country is its code, whatever it is called."""
        named = "" if self.kind is PlaceKind.COUNTRY else self.name.casefold()
        return (named, self.country, self.kind.value)


class Dates(Frozen):
    """First and last day as ISO parts, as exact as `precision` says."""

    start: str | None
    end: str | None
    precision: Precision


class Source(Frozen):
    """A public page the facts rest on."""

    url: str
    published: str | None = None
    note: str | None = None


class Basis(Frozen):
    """Where each list of statements comes from."""

    challenges: str = "page_context"
    success_factors: str = "page_context"
    lessons: str = "page_results"
    recommendations: str = "page_results"


Lines = tuple[str, ...]


class ReviewFacts(Frozen):
    """What public sources state about one review. Stated numbers stay apart from what can be counted."""

    id: str
    title: str
    network: str
    method: str
    theme: str
    host: Place
    co_hosts: tuple[Place, ...] = ()
    dates: Dates
    venue: str | None = None
    visiting: tuple[Place, ...] = ()
    visiting_cities_stated: int | None = None
    observers: Lines = ()
    participants: int | None = None
    participants_note: str | None = None
    objective: str | None = None
    review_questions: Lines = ()
    practice: str | None = None
    programme: Lines = ()
    challenges: Lines = ()
    success_factors: Lines = ()
    lessons: Lines = ()
    recommendations: Lines = ()
    outcome: str | None = None
    outputs: Lines = ()
    funding: str | None = None
    sources: tuple[Source, ...] = ()
    missing: Lines = ()
    conflicts: Lines = ()
    basis: Basis = Basis()
    suggested_use: str | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the review as the file holds it: every key, but no empty `co_hosts` and no empty part of a source."""
        plain = self.model_dump(mode="json", exclude=None if self.co_hosts else {"co_hosts"})
        plain["sources"] = [source.model_dump(exclude_none=True) for source in self.sources]
        return plain


def document(reviews: Iterable[ReviewFacts], *, what: str) -> dict[str, Any]:
    """Return a document that an import takes."""
    plain = [review.as_plain() for review in reviews]
    return {"meta": {"what": what, "count": len(plain)}, "reviews": plain}


def first_day(part: str) -> date:
    """Return the first day of a part of a date: 2019, 2019-11 or 2019-11-14. ValueError when there is no such day."""
    numbers = [int(number) for number in part.split("-")]
    year, month, day = (*numbers, 1, 1)[:3]
    return date(year, month, day)


def last_day(part: str) -> date:
    """Return the last day of a part of a date. ValueError when there is no such day."""
    first = first_day(part)
    match part.count("-"):
        case 0:
            return date(first.year, 12, 31)
        case 1:
            return date.fromordinal(_next_month(first).toordinal() - 1)
        case _:
            return first


def _next_month(day: date) -> date:
    return date(day.year + 1, 1, 1) if day.month == 12 else date(day.year, day.month + 1, 1)
