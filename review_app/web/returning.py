"""What the pages of a return show: whose it is, until when, what is needed, who reads it, what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Regime
from review_app.domain.workflow import Verdict
from review_app.models.network import Organisation
from review_app.queries import feedback
from review_app.queries.feedback import Gap, Need
from review_app.queries.seats import Seat
from review_app.web.cards import Card, card
from review_app.web.forms.base import Problem
from review_app.web.kinds import KINDS, KindWords


class Wanted(NamedTuple):
    """One line of what is needed: the kind, how it stands, and where to add one."""

    words: KindWords
    need: Need
    href: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page of a return."""

    seat: Seat
    city: Organisation
    others: list[str]
    hosts: str
    closes: datetime | None
    verdict: Verdict

    @property
    def caption(self) -> str:
        """The line above the heading: host and title."""
        return f"{self.hosts} · {self.seat.review.title}"

    @property
    def small_group(self) -> int:
        """From how many cities on a city may be named at all."""
        return self.seat.method.numbers.small_group

    @property
    def names_nobody(self) -> bool:
        """Whether the regime of the review leaves out all names, whatever an author says."""
        return self.seat.review.regime is Regime.CHATHAM_HOUSE


@dataclass(frozen=True)
class Page(Frame):
    """A return as a whole; `sent_at` and `saved_at` are UTC."""

    cards: list[Card]
    wanted: list[Wanted]
    problems: list[Problem]
    sent_at: datetime | None
    saved_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether the return can be written now."""
        return bool(self.verdict) and self.sent_at is None


def city_of(seat: Seat) -> Organisation:
    """Return the city the person writes for: the first by name. Unacceptable when there is none."""
    return _cities(seat)[0]


def frame(seat: Seat) -> Frame:
    """Return what stands around a page of the return."""
    return Frame(**_frame(seat))  # type: ignore[arg-type]


def page(seat: Seat) -> Page:
    """Return the city's return as a whole."""
    around = _frame(seat)
    city = city_of(seat)
    mine = feedback.return_of(seat, city)
    items = mine.items if mine else []
    return Page(
        **around,  # type: ignore[arg-type]
        cards=[card(item, seat, city.name) for item in items],
        wanted=[_wanted(seat, need) for need in feedback.needs(items, seat.method)],
        problems=[_problem(seat, gap) for gap in feedback.gaps(items, seat.method)],
        sent_at=mine.submitted_at if mine else None,
        saved_at=max((item.saved_at for item in items), default=None),
    )


def _frame(seat: Seat) -> dict[str, object]:
    cities = _cities(seat)
    return {
        "seat": seat,
        "city": cities[0],
        "others": [city.name for city in cities[1:]],
        "hosts": feedback.hosts_of(seat),
        "closes": seat.moment.feedback_closes,
        "verdict": seat.may(feedback.ACTION),
    }


def _cities(seat: Seat) -> list[Organisation]:
    cities = feedback.cities_of(seat)
    if not cities:
        raise Unacceptable(mark("You speak for no city in this review yet. Ask the secretariat to set it."))
    return cities


def _wanted(seat: Seat, need: Need) -> Wanted:
    return Wanted(KINDS[need.kind], need, url_for("feedback.add", ref=seat.review.ref, kind=need.kind.value))


def _problem(seat: Seat, gap: Gap) -> Problem:
    text = _(gap.sentence) % gap.values
    if gap.item is None:
        return Problem(text, url_for("feedback.add", ref=seat.review.ref, kind=gap.kind))
    named = gap.item.headline or (KINDS[gap.kind].one if gap.kind else "")
    href = url_for("feedback.edit", ref=seat.review.ref, key=gap.item.key, _anchor=gap.question)
    return Problem(_("%(item)s: %(problem)s", item=named, problem=text), href)
