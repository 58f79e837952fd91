"""What the pages of a return show: whose it is, until when, what is needed, who reads it, what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from babel.lists import format_list as listed
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from review_app.domain.confidentiality import EXPLANATION, Explanation
from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import ItemKind, Regime
from review_app.domain.workflow import Verdict
from review_app.models.network import Organisation
from review_app.queries import cities, feedback
from review_app.queries.feedback import Gap, Need
from review_app.queries.seats import Seat
from review_app.web import attached
from review_app.web.cards import Card, card, told
from review_app.web.forms.base import Problem
from review_app.web.kinds import KINDS, KindWords, counted


class Wanted(NamedTuple):
    """One line of what is needed: the kind, how it stands in words, whether that is enough, where to add one."""

    words: KindWords
    status: str
    met: bool
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
    def heading(self) -> str:
        """The name of these pages: whose feedback it is."""
        return str(_("%(city)s’s feedback", city=self.city.name))

    @property
    def caption(self) -> str:
        """The line above the heading: host and title."""
        return str(_("%(hosts)s · %(title)s", hosts=self.hosts, title=self.seat.review.title))

    @property
    def small_group(self) -> int:
        """From how many cities on a city may be named at all."""
        return self.seat.method.numbers.small_group

    @property
    def explained(self) -> Explanation:
        """What the city is told before it writes."""
        return EXPLANATION

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
    def minimum(self) -> str:
        """What the method asks for before a return can be sent, as a sentence."""
        least = self.seat.method.numbers.minimum_to_submit
        wanted = [counted(kind, least[kind.value]) for kind in ItemKind if least.get(kind.value)]
        return _("Needed before you can send it: %(list)s.", list=listed(wanted, locale=get_locale())) if wanted else ""

    @property
    def open(self) -> bool:
        """Whether the return can be written now."""
        return bool(self.verdict) and self.sent_at is None


def city_of(seat: Seat) -> Organisation:
    """Return the city the person writes for: the first by name. Unacceptable when there is none."""
    return _cities(seat)[0]


def frame(seat: Seat) -> Frame:
    """Return what stands around a page of the return."""
    mine = _cities(seat)
    return Frame(
        seat=seat,
        city=mine[0],
        others=[city.name for city in mine[1:]],
        hosts=", ".join(host.name for host in cities.hosts(seat.review)),
        closes=seat.moment.feedback_closes,
        verdict=seat.may(feedback.ACTION),
    )


def page(seat: Seat) -> Page:
    """Return the city's return as a whole."""
    around = frame(seat)
    mine = feedback.return_of(seat, around.city)
    items = mine.items if mine else []
    files = attached.of_items(items, seat, writes=bool(around.verdict) and mine is not None and not mine.submitted_at)
    return Page(
        **vars(around),
        cards=[card(item, seat, around.city.name, files=files.get(item.id, ())) for item in items],
        wanted=[_wanted(seat, need) for need in feedback.needs(items, seat.method)],
        problems=[_problem(seat, gap) for gap in feedback.gaps(items, seat.method)],
        sent_at=mine.submitted_at if mine else None,
        saved_at=max((item.saved_at for item in items), default=None),
    )


def _cities(seat: Seat) -> list[Organisation]:
    found = feedback.cities_of(seat)
    if not found:
        raise Unacceptable(mark("You speak for no city in this review yet. Ask the secretariat to set it."))
    return found


def _wanted(seat: Seat, need: Need) -> Wanted:
    href = url_for("feedback.add", ref=seat.review.ref, kind=need.kind.value)
    return Wanted(KINDS[need.kind], _status(need), need.met, href)


def _status(need: Need) -> str:
    values = {"kind": KINDS[need.kind].many, "given": need.given, "least": need.least, "begun": need.begun}
    if need.begun and not need.least:
        return str(_("%(kind)s: %(given)s, and %(begun)s not complete", **values))
    if need.begun:
        return str(_("%(kind)s: %(given)s of %(least)s, and %(begun)s not complete", **values))
    if not need.least:
        return str(_("%(kind)s: %(given)s, as many as you like", **values))
    if need.met:
        return str(_("%(kind)s: %(given)s, which is enough", **values))
    return str(_("%(kind)s: %(given)s of %(least)s", **values))


def _problem(seat: Seat, gap: Gap) -> Problem:
    text = told(gap)
    if gap.item is None:
        return Problem(text, url_for("feedback.add", ref=seat.review.ref, kind=gap.kind.value if gap.kind else ""))
    named = gap.item.headline or KINDS[gap.item.kind].one
    href = url_for("feedback.edit", ref=seat.review.ref, key=gap.item.key, _anchor=gap.question)
    return Problem(_("%(item)s: %(problem)s", item=named, problem=text), href)
