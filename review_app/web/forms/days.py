"""A day in three small fields, as people write dates; an ISO date in one field is taken as well."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError

from review_app.domain.text import clean_line

EARLIEST, LATEST = 1990, 2100
PARTS = ("day", "month", "year")


class Day(Field):
    """One day, or nothing; what was typed stays in the fields when it is no day."""

    draws = "day"
    data: date | None

    def __init__(self, label: Any, validators: Any = (), *, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.typed: dict[str, str] = dict.fromkeys(PARTS, "")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read `name-day`, `name-month`, `name-year`, or `name` as 2026-05-20."""
        self.process_errors = []
        self.data = data if isinstance(data, date) else None
        self.typed = _parts_of(self.data)
        if formdata is not None and formdata:
            self.typed = self._given(formdata)
            self.data = _day_of(self.typed)
        self.raw_data = [part for part in self.typed.values() if part]

    def _given(self, formdata: Mapping[str, str]) -> dict[str, str]:
        whole = clean_line(formdata.get(self.name, ""))
        if whole:
            year, month, day = [*whole[:40].split("-"), "", ""][:3]
            return {"day": day, "month": month, "year": year}
        return {part: clean_line(formdata.get(f"{self.name}-{part}", ""))[:40] for part in PARTS}

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no day, or out of sight."""
        if any(self.typed.values()) and self.data is None:
            raise ValidationError(_("%(label)s: write a day that exists, like 20 5 2026.", label=self.label.text))

    def parts(self) -> list[dict[str, str]]:
        """Return the three fields as their component takes them."""
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return [
            {
                "name": part,
                "label": labels[part],
                "value": self.typed[part],
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if self.errors else ""),
            }
            for part in PARTS
        ]


def _parts_of(day: date | None) -> dict[str, str]:
    if day is None:
        return dict.fromkeys(PARTS, "")
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _day_of(typed: Mapping[str, str]) -> date | None:
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in typed.values()):
        return None
    year, month, day = (int(typed[part]) for part in reversed(PARTS))
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
