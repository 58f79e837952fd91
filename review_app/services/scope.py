"""The terms of reference of a review: what it is about, when, and who may be named (METHOD.md F4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from review_app.domain.deadlines import end_of_day
from review_app.domain.guards import TERMS
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_text
from review_app.domain.vocabulary import Level, Precision, Regime
from review_app.extensions.database import db
from review_app.models.review import Mark, Review, ReviewDeadline
from review_app.queries import dates
from review_app.queries.seats import Seat
from review_app.services import deadlines, history, journal
from review_app.services.workflow import LONGEST_REASON, require

AGREE, MOVE = "agree the scope", "move the dates"
DAYS = ("starts_on", "ends_on", "embargo")
SIGNATURES_OFF = _("The terms have changed: the signatures were taken off, both sides sign again.")


@dataclass(frozen=True)
class Scope:
    """What is agreed. Days are days at the host; `embargo` is the first day on which the report may be read."""

    title: str
    theme: str = ""
    purpose: str = ""
    venue: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    timezone: str = "Europe/Brussels"
    language: str = "en"
    regime: Regime | None = None
    level: Level | None = None
    embargo: date | None = None
    funding: str = ""


def of(review: Review) -> Scope:
    """Return what stands now."""
    embargo = review.embargo_until
    return Scope(
        title=review.title,
        theme=review.theme,
        purpose=review.purpose,
        venue=review.venue,
        starts_on=review.starts_on,
        ends_on=review.ends_on,
        timezone=review.timezone,
        language=review.language,
        regime=review.regime,
        level=review.level,
        embargo=embargo.astimezone(ZoneInfo(review.timezone)).date() if embargo else None,
        funding=review.funding,
    )


def agree(wanted: Scope, seat: Seat, *, seen_version: int | None) -> bool:
    """Save the terms; deadlines follow the visit. Returns whether signatures were taken off by it.

    Raises Refused, Stale, or Unacceptable for days that cannot be.
    """
    require(seat, AGREE)
    review = seat.review
    standing = of(review)
    if wanted == standing:
        return False
    history.check(review, seen_version, theirs=as_fields(standing))
    deadlines.check_days(wanted.starts_on, wanted.ends_on)
    _write(wanted, review)
    deadlines.recompute(review, seat.method)
    history.keep(review, plain(of(review)), seat.person)
    return take_off_signatures(seat, AGREE)


def take_off_signatures(seat: Seat, action: str) -> bool:
    """Take the signatures off terms that have changed: nobody has signed what stands there now."""
    signed = list(db.session.scalars(select(Mark.id).where(Mark.review_id == seat.review.id, Mark.name == TERMS)))
    if not signed:
        return False
    db.session.execute(delete(Mark).where(Mark.id.in_(signed)))
    db.session.expire(seat.review, ["marks"])
    journal.write(action, seat, note=SIGNATURES_OFF)
    return True


def move_visit(starts_on: date, ends_on: date, seat: Seat, *, reason: str) -> None:
    """Move the visit, and with it every deadline that nobody moved by hand. Raises Refused or Unacceptable."""
    require(seat, MOVE)
    deadlines.check_days(starts_on, ends_on)
    why = _reason(reason)
    review = seat.review
    before = _span(review)
    review.starts_on, review.ends_on, review.precision = starts_on, ends_on, Precision.DAY
    deadlines.recompute(review, seat.method)
    journal.write(MOVE, seat, note=f"{before} → {_span(review)}", reason=why)
    history.keep(review, plain(of(review)), seat.person)


def move_deadline(name: str, day: date | None, seat: Seat, *, reason: str) -> None:
    """Move one deadline to the end of a day at the host; without a day it is counted from the visit again.

    Raises Refused, Unacceptable without a reason, or KeyError for a deadline that the method does not know.
    """
    require(seat, MOVE)
    label = seat.method.deadlines[name].label
    why = _reason(reason)
    before = _day_of(name, seat)
    _put(name, day, seat)
    journal.write(MOVE, seat, note=f"{label}: {before} → {_day_of(name, seat)}", reason=why)


def as_fields(scope: Scope) -> dict[str, Any]:
    """Return the terms under the names of the form's fields, as readable values."""
    return {name: "" if value is None else value for name, value in asdict(scope).items()}


def plain(scope: Scope) -> Mapping[str, str]:
    """Return the terms as plain words, to be kept in the history."""
    return {name: "" if value is None else str(value) for name, value in asdict(scope).items()}


def from_plain(content: Mapping[str, str]) -> Scope:
    """Return the terms as they were kept in the history."""
    days = {name: date.fromisoformat(content[name]) if content[name] else None for name in DAYS}
    words: dict[str, Any] = {name: content[name] for name in content if name not in (*DAYS, "regime", "level")}
    regime, level = content["regime"], content["level"]
    return Scope(**words | days, regime=Regime(regime) if regime else None, level=Level(level) if level else None)


def _write(wanted: Scope, review: Review) -> None:
    review.title, review.theme = wanted.title, wanted.theme
    review.purpose, review.venue, review.funding = wanted.purpose, wanted.venue, wanted.funding
    review.starts_on, review.ends_on = wanted.starts_on, wanted.ends_on or wanted.starts_on
    review.timezone, review.language = wanted.timezone, wanted.language
    review.regime, review.level = wanted.regime, wanted.level
    review.embargo_until = _first_minute(wanted.embargo, wanted.timezone)


def _first_minute(day: date | None, timezone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(timezone)) if day else None


def _reason(raw: str) -> str:
    reason = clean_text(raw)[:LONGEST_REASON]
    if not reason:
        raise Unacceptable(_("Say why: the reason is kept in the record of the review."), field="reason")
    return reason


def _span(review: Review) -> str:
    return f"{review.starts_on or '–'} / {review.ends_on or '–'}"


def _put(name: str, day: date | None, seat: Seat) -> None:
    review = seat.review
    row = next((one for one in review.deadlines if one.name == name), None)
    if day is None:
        if row is not None:
            row.moved = False
        deadlines.recompute(review, seat.method)
        return
    at = end_of_day(day, review.timezone)
    if row is None:
        review.deadlines.append(ReviewDeadline(name=name, at=at, moved=True))
    else:
        row.at, row.moved = at, True
    db.session.flush()


def _day_of(name: str, seat: Seat) -> str:
    known = dates.duty(seat, name)
    return str(known.day) if known and known.day else "–"
