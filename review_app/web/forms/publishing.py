"""The forms of publication: the release itself, a correction, more readers."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from review_app.domain.vocabulary import Level
from review_app.models.base import utc_now
from review_app.queries.seats import Seat
from review_app.services.publishing import ERRATUM, FUNDING, Release
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.days import Day
from review_app.web.forms.fields import Line, One, Paragraph, required

CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")
LEVELS = {
    Level.PARTICIPANTS: _l("Those who took part"),
    Level.MEMBERS: _l("All members of the network"),
    Level.PUBLIC: _l("Everybody"),
}


class Clock(Line):
    """A time of day: 09:30."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what no clock shows."""
        if self.data and not CLOCK.match(self.data):
            raise ValidationError(_("Write the time with hours and minutes, like 09:30."))


class PublishForm(PageForm):
    """How the report goes out (METHOD.md R9, R10)."""

    level = One(_l("Who may read it?"), [required(_l("Choose who may read the report."))], options=())
    embargo_day = Day(
        _l("Embargo until (optional)"),
        hint=_l("Before that day only the team and the host coordinator read it. For example 20 6 2026."),
    )
    embargo_time = Clock(
        _l("At what time (optional)"),
        limit=5,
        hint=_l("In the host's time zone, like 09:30. Left empty: from midnight on."),
    )
    funding = Line(
        _l("Funding line"),
        [required(_l("Write the funding line, or that nobody outside pays for it."))],
        limit=FUNDING,
        hint=_l("As it must stand in the report."),
    )
    confirm = Line(_l("Type the title of the review, or its reference, to confirm"), limit=200)

    def release(self, timezone: str) -> Release:
        """Return what was filled in; the embargo is in the host's time zone."""
        return Release(
            self.confirm.data or "",
            Level(self.level.data),
            funding=self.funding.data or "",
            embargo_until=self._embargo(timezone),
        )

    def _embargo(self, timezone: str) -> datetime | None:
        day = self.embargo_day.data
        if day is None:
            return None
        found = CLOCK.match(self.embargo_time.data or "00:00")
        hour, minute = (int(part) for part in found.groups()) if found else (0, 0)
        return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(timezone))


class FundingForm(PageForm):
    """The funding line alone, when it is still missing."""

    funding = Line(
        _l("Funding line"),
        [required(_l("Write the funding line, or that nobody outside pays for it."))],
        limit=FUNDING,
        hint=_l("As it must stand in the report. If nobody outside pays, write that."),
    )


class ErratumForm(PageForm):
    """A line that corrects the published report."""

    erratum = Paragraph(
        _l("What was wrong, and what is right?"),
        [required(_l("Say what was wrong and what is right."))],
        limit=ERRATUM,
        hint=_l("Printed at the top of the new edition."),
    )


class LevelForm(PageForm):
    """More readers."""

    level = One(_l("Who may read it from now on?"), [required(_l("Choose who may read the report."))], options=())


def publish_form(seat: Seat) -> PublishForm:
    """Return the form: on a GET with what was agreed, on a POST with what came."""
    review = seat.review
    form = PublishForm() if is_sent() else PublishForm(data=_agreed(seat))
    form.level.choices = _levels(LEVELS)
    form.embargo_time.description = _(
        "In the host's time zone, %(zone)s, like 09:30. Left empty: from midnight on.", zone=review.timezone
    )
    return form


def level_form(levels: Iterable[Level]) -> LevelForm:
    """Return the form with the levels above the present one."""
    form = LevelForm()
    form.level.choices = _levels(levels)
    return form


def _levels(levels: Iterable[Level]) -> list[tuple[str, str]]:
    return [(level.value, str(LEVELS[level])) for level in levels]


def _agreed(seat: Seat) -> dict[str, Any]:
    review = seat.review
    agreed: dict[str, Any] = {"funding": review.funding, "level": review.level or seat.method.level}
    if review.embargo_until is not None and review.embargo_until > utc_now():
        local = review.embargo_until.astimezone(ZoneInfo(review.timezone))
        agreed |= {"embargo_day": local.date(), "embargo_time": f"{local:%H:%M}"}
    return agreed
