"""The reader's language and time zone, and how dates are written for them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from flask import Flask, request
from flask_babel import Babel, format_date, format_datetime, format_time, get_locale
from flask_babel import gettext as _

from review_app.models.base import utc_now
from review_app.web import sessions

LANGUAGES = ("en",)
FALLBACK_ZONE = "Europe/Brussels"
ZONES = frozenset(available_timezones())
babel = Babel()


def bind(app: Flask) -> None:
    """Choose language and zone by person, then by browser."""
    babel.init_app(app, locale_selector=_language, timezone_selector=zone)
    app.jinja_env.filters.update(day=day, moment=moment, clock=clock, weekday=weekday)
    app.jinja_env.filters.update(saved=saved, last_saved=last_saved)
    app.jinja_env.globals.update(language=lambda: str(get_locale()).replace("_", "-"), zone=zone)


def _language() -> str:
    person = sessions.the_person()
    if person is not None and person.language in LANGUAGES:
        return person.language
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def zone() -> str:
    """Return the time zone of the reader: their own, their organisation's, or the network's."""
    person = sessions.the_person()
    if person is None:
        return FALLBACK_ZONE
    chosen = person.timezone or (person.organisation.timezone if person.organisation else "")
    return chosen if chosen in ZONES else FALLBACK_ZONE


def day(value: date | datetime | None) -> str:
    """Write a day: 20 May 2026."""
    return format_date(value, "d MMMM y") if value else ""


def weekday(value: datetime | date | None, timezone: str = "") -> str:
    """Write a day with its weekday, in a time zone: Wednesday 20 May 2026."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(timezone or zone())) if isinstance(value, datetime) else value
    return format_date(local, "EEEE d MMMM y")


def clock(value: datetime | None) -> str:
    """Write a time of day in the reader's zone: 14:02."""
    return format_time(value, "HH:mm") if value else ""


def saved(at: datetime) -> str:
    """Say when something was saved: by the time of day, and by the day where that is not today."""
    if day(at) == day(utc_now()):
        return _("Saved at %(time)s", time=clock(at))
    return _("Saved at %(time)s on %(day)s", time=clock(at), day=day(at))


def last_saved(at: datetime) -> str:
    """Say when something was saved the last time, behind a sentence that says why it is not saved now."""
    if day(at) == day(utc_now()):
        return _("Last saved at %(time)s.", time=clock(at))
    return _("Last saved at %(time)s on %(day)s.", time=clock(at), day=day(at))


def moment(value: datetime | None, host_zone: str = "") -> str:
    """Write a deadline where the host is, and for the reader where that differs: both with weekday."""
    if value is None:
        return ""
    there = _written(value, host_zone or zone())
    here = _written(value, zone())
    if here == there:
        return there
    if _in_zone(value, host_zone or zone()).date() == _in_zone(value, zone()).date():
        return _("%(there)s at the host (%(time)s for you)", there=there, time=clock(value))
    return _("%(there)s at the host, %(here)s for you", there=there, here=here)


def _in_zone(value: datetime, timezone: str) -> datetime:
    return value.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def _written(value: datetime, timezone: str) -> str:
    return format_datetime(_in_zone(value, timezone), "EEEE d MMMM y, HH:mm", rebase=False)
