"""The forms of the terms of reference and of dates that move."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l

from review_app.domain.languages import LANGUAGES
from review_app.domain.vocabulary import Level, Regime
from review_app.services import scope
from review_app.services.scope import Scope
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.days import Day
from review_app.web.forms.fields import Line, One, Paragraph, Pick, required
from review_app.web.forms.openings import theme_options

REGIMES = (
    (Regime.CHATHAM_HOUSE, _l("Chatham House Rule: nobody is named, neither persons nor cities")),
    (Regime.MIXED, _l("Mixed: a city is named where it says so itself, a person never")),
    (Regime.ATTRIBUTED, _l("Attributed: the cities are named with what they say, unless they object")),
)
LEVELS = (
    (Level.PARTICIPANTS, _l("Those who took part")),
    (Level.MEMBERS, _l("All members of the network")),
    (Level.PUBLIC, _l("Everybody")),
)
NEARBY = ("Asia/Nicosia", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Reykjavik")
ZONES = sorted({*(zone for zone in available_timezones() if zone.startswith("Europe/")), *NEARBY})


class ScopeForm(PageForm):
    """What is agreed before anybody is invited (METHOD.md F4)."""

    title = Line(_l("Title"), [required(_l("Give the review a title."))], limit=150)
    theme = Pick(_l("Theme"), options=())
    purpose = Paragraph(
        _l("Purpose"), limit=1000, hint=_l("What should be different in the host city after the review?")
    )
    starts_on = Day(_l("First day of the visit"), hint=_l("For example 20 5 2026. Every deadline is counted from it."))
    ends_on = Day(_l("Last day of the visit"))
    venue = Line(_l("Where does it take place?"), limit=200)
    timezone = Pick(_l("Time zone of the host"), options=[(zone, zone.replace("_", " ")) for zone in ZONES])
    language = Pick(_l("Working language"), options=list(LANGUAGES.items()))
    regime = One(_l("Who may be named in the report?"), options=REGIMES)
    level = One(_l("Who may read the report?"), options=LEVELS)
    embargo = Day(_l("Not before"), hint=_l("Leave it empty, or give the first day on which the report may be read."))
    funding = Line(
        _l("Funding line"),
        limit=300,
        hint=_l("As it must stand in the report. If nobody outside pays, write that."),
    )

    def scope(self) -> Scope:
        """Return what was filled in."""
        return Scope(
            title=self.title.data or "",
            theme=self.theme.data or "",
            purpose=self.purpose.data or "",
            venue=self.venue.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            timezone=self.timezone.data or "Europe/Brussels",
            language=self.language.data or "en",
            regime=Regime(self.regime.data) if self.regime.data else None,
            level=Level(self.level.data) if self.level.data else None,
            embargo=self.embargo.data,
            funding=self.funding.data or "",
        )


def scope_form(standing: Scope, version: int) -> ScopeForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    kept = {**scope.as_fields(standing), "version": str(version)}
    form = ScopeForm() if is_sent() else ScopeForm(data=kept)
    form.theme.choices = theme_options(standing.theme)
    zones: Any = form.timezone.choices
    if standing.timezone not in ZONES:
        form.timezone.choices = [*zones, (standing.timezone, standing.timezone)]
    return form


class MoveVisitForm(PageForm):
    """The days of the visit, once they were agreed."""

    starts_on = Day(_l("First day of the visit"), [required(_l("Give the first day of the visit."))])
    ends_on = Day(_l("Last day of the visit"), [required(_l("Give the last day of the visit."))])
    reason = Paragraph(
        _l("Why do they move?"),
        [required(_l("Say why: the reason is kept in the record of the review."))],
        limit=1000,
    )

    def days(self) -> tuple[date, date]:
        """Return the first and the last day; only after the form has validated."""
        first, last = self.starts_on.data, self.ends_on.data
        assert first is not None
        assert last is not None
        return first, last


class MoveDeadlineForm(PageForm):
    """One deadline."""

    day = Day(
        _l("New last day"),
        hint=_l("It ends at 23:59 where the host is. Leave it empty to count it from the visit again."),
    )
    reason = Paragraph(
        _l("Why does it move?"),
        [required(_l("Say why: the reason is kept in the record of the review."))],
        limit=1000,
    )
