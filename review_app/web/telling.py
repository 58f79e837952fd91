"""Says in the reader's words where a review stands: next step, stage, date, lateness, place."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from flask import url_for
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from review_app.domain.marking import _ as marked
from review_app.domain.vocabulary import Precision, Regime
from review_app.models.review import ReviewCity
from review_app.queries.desk import days_late
from review_app.queries.next_steps import NextStep
from review_app.queries.overview import Mark
from review_app.queries.reviews import Host
from review_app.web.language import day, moment

SHORT, LONG = "EEE d MMM", "EEEE d MMMM"
REGIMES = {
    Regime.CHATHAM_HOUSE: marked("Chatham House: what is said may be used, never who said it"),
    Regime.ATTRIBUTED: marked("Attributed: cities are named with what they say"),
    Regime.MIXED: marked("Mixed: a city is named where it agrees"),
}


class Told(NamedTuple):
    """A next step in words. `href` is empty when there is nothing to open."""

    heading: str
    why: str
    button: str
    href: str
    due: str
    late: str
    then: str
    is_waiting: bool
    caption: str
    review_href: str
    day: str


def told(step: NextStep, host: str) -> Told:
    """Put a next step into words for the reader; `host` is how the host city is called."""
    review = step.seat.review
    values = {**step.values, "host": host, "day": _local(step.due, review.timezone, LONG)}
    return Told(
        heading=_(step.heading) % values,
        why=_(step.why) % values,
        button=_(step.button) if step.button else "",
        href=url_for(step.endpoint, **step.address) if step.endpoint else "",
        due=_("Due %(moment)s.", moment=moment(step.due, review.timezone)) if step.due else "",
        late=late(days_late(step.due, review.timezone)),
        then=_then(step),
        is_waiting=step.is_waiting,
        caption=_("%(host)s · %(title)s", host=host, title=review.title),
        review_href=url_for("reviews.show", ref=review.ref),
        day=_local(step.due, review.timezone, SHORT),
    )


def _then(step: NextStep) -> str:
    if step.then is None:
        return ""
    stage = _(step.then.label)
    if step.then_due is None:
        return _("Then: %(stage)s.", stage=stage)
    return _("Then: %(stage)s, by %(day)s.", stage=stage, day=_local(step.then_due, step.seat.review.timezone, LONG))


def _local(value: datetime | None, timezone: str, form: str) -> str:
    return format_date(value.astimezone(ZoneInfo(timezone)).date(), form) if value else ""


def short_day(value: datetime | None, timezone: str) -> str:
    """Write a date where the host is, short: Wed 20 May."""
    return _local(value, timezone, SHORT)


def late(days: int) -> str:
    """Say how late something is, in words; nothing when it is not."""
    return ngettext("%(num)d day late", "%(num)d days late", days) if days else ""


def mark_words(mark: Mark, timezone: str) -> str:
    """Say under a mark of the stage bar what its state is, and when."""
    when = _local(mark.at, timezone, "d MMM y" if mark.state == "done" else SHORT)
    match mark.state, bool(when):
        case "done", True:
            return _("done %(day)s", day=when)
        case "done", _no_date:
            return _("done")
        case "now", True:
            overdue = late(days_late(mark.at, timezone))
            return _("now, %(late)s", late=overdue) if overdue else _("now, until %(day)s", day=when)
        case "now", _no_date:
            return _("now")
        case _other, True:
            return _("by %(day)s", day=_local(mark.at, timezone, "d MMM y"))
    return _("to come")


def period(starts: date | None, ends: date | None, precision: Precision = Precision.DAY) -> str:
    """Write when a review took place, as exactly as it is known: 14–15 November 2019, November 2019, 2019."""
    if starts is None or precision is Precision.UNKNOWN:
        return _("date not known")
    if precision is not Precision.DAY:
        return format_date(starts, "MMMM y" if precision is Precision.MONTH else "y")
    if ends is None or ends == starts:
        return day(starts)
    first = format_date(starts, _shortened(starts, ends))
    return _("%(first)s–%(last)s", first=first, last=day(ends))


def _shortened(starts: date, ends: date) -> str:
    if starts.year != ends.year:
        return "d MMMM y"
    return "d" if starts.month == ends.month else "d MMMM"


def country(code: str) -> str:
    """Name a country in the reader's language."""
    locale = get_locale() or Locale("en")
    return str(locale.territories.get(code, code))


def names(hosts: Iterable[Host]) -> str:
    """Name the hosts of a review one after the other."""
    return ", ".join(host.name for host in hosts)


def places_of(hosts: Sequence[Host]) -> str:
    """Name the hosts with their country, which a country among them is itself."""
    lands = {country(host.country) for host in hosts} - {host.name for host in hosts}
    return ", ".join([*(host.name for host in hosts), *sorted(lands)])


def cities(rows: Iterable[ReviewCity]) -> str:
    """Name the organisations of a review one after the other, as the review writes them."""
    return ", ".join(row.named or row.organisation.name for row in rows)


def theme(words: str) -> str:
    """Write a theme as words, also where it was kept as a code: roma-inclusion is Roma inclusion."""
    plain = words if " " in words else words.replace("-", " ").replace("_", " ")
    return plain[:1].upper() + plain[1:]


def slug(action: str) -> str:
    """Write the name of an action as it stands in an address."""
    return action.replace(" ", "-")


def regime(value: Regime | None) -> str:
    """Say what a confidentiality regime means."""
    return _(REGIMES[value]) if value else _("Not chosen yet")
