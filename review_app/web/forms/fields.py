"""Fields that clean what they take and say in a sentence what is wrong; `draws` names the macro that shows them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, PasswordField, SelectField, StringField
from wtforms.validators import ValidationError

from review_app.domain.forms import Asks, Question
from review_app.domain.review_document import first_day
from review_app.domain.text import clean_line, clean_text

WHEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
LINK = re.compile(r"^https?://[^\s/$.?#\[\]][^\s\[\]]{0,490}$", re.IGNORECASE)
MOST_ROWS = 30


def required(sentence: str) -> Any:
    """Return a validator that asks for an answer with this sentence."""

    def check(_form: Any, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(sentence)

    return check


class Line(StringField):
    """A text of one line, at most `limit` characters."""

    draws = "line"

    def __init__(self, label: Any, validators: Any = (), *, limit: int = 300, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(label, validators, description=hint, filters=[self.clean], **kwargs)
        self.limit = limit

    def clean(self, value: str | None) -> str:
        """Clean on the way in."""
        return clean_line(value or "")

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too long, with both numbers; the text stays in the field."""
        if len(self.data or "") > self.limit:
            raise ValidationError(
                _(
                    "%(label)s: use at most %(limit)s characters; there are %(count)s now.",
                    label=self.label.text,
                    limit=self.limit,
                    count=len(self.data or ""),
                )
            )


class Paragraph(Line):
    """A text of several lines."""

    draws = "text"

    def clean(self, value: str | None) -> str:
        """Clean on the way in, line breaks kept."""
        return clean_text(value or "")


class When(Line):
    """A date as exact as it is known: a year, a month or a day."""

    draws = "line"

    def pre_validate(self, form: Any) -> None:
        """Refuse anything but ISO parts, and a day that no calendar has."""
        if self.data and not WHEN.fullmatch(self.data):
            raise ValidationError(
                _(
                    "%(label)s Write a year, a month or a day, like 2019, 2019-03 or 2019-03-27.",
                    label=self.label.text,
                )
            )
        if self.data and not _is_in_the_calendar(self.data):
            raise ValidationError(
                _(
                    "%(label)s The calendar has no %(day)s. Write a day that it has, or the month or the year alone.",
                    label=self.label.text,
                    day=self.data,
                )
            )


class Number(Line):
    """A number, with a dot or a comma; kept as it was written."""

    draws = "number"

    def pre_validate(self, form: Any) -> None:
        """Refuse anything but digits with one separator."""
        if self.data and not re.match(r"^\d{1,12}([.,]\d{1,3})?$", self.data):
            raise ValidationError(_("%(label)s: write a number, like 12 or 3.5.", label=self.label.text))


class Link(Line):
    """An address that begins with http:// or https://."""

    draws = "line"

    def pre_validate(self, form: Any) -> None:
        """Refuse every other scheme."""
        super().pre_validate(form)
        if self.data and not LINK.match(self.data):
            raise ValidationError(_("%(label)s: write a full address, beginning with https://.", label=self.label.text))


class Hinted(Field):
    """A field with a line of advice under its label."""

    def __init__(self, label: Any, validators: Any = (), *, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(label, validators, description=hint, **kwargs)


class Secret(Hinted, PasswordField):
    """A password: taken as it is, neither trimmed nor cut."""

    draws = "password"

    def __init__(self, *given: Any, complete: str = "current-password", **kwargs: Any) -> None:
        super().__init__(*given, **kwargs)
        self.complete = complete


class One(Hinted, SelectField):
    """One of several answers, as radio buttons; nothing is chosen beforehand."""

    draws = "one"

    def __init__(self, *given: Any, options: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*given, validate_choice=False, coerce=_word, **kwargs)
        # Set afterwards: the library's own drawing, which we do not use, wants them in a class of its own.
        self.choices = list(options)

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that was not offered."""
        if self.data and self.data not in {value for value, _label in self.choices}:  # type: ignore[misc, str-unpack, union-attr]
            raise ValidationError(_("%(label)s: choose one of the answers offered.", label=self.label.text))


class Pick(One):
    """One of many answers, as a select list."""

    draws = "pick"


class Many(Hinted):
    """Any number of several answers, as check boxes."""

    draws = "many"

    def __init__(self, *given: Any, options: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*given, **kwargs)
        self.choices = list(options)

    def process_data(self, value: Any) -> None:
        """Take what is kept; nothing ticked is an empty list."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was ticked, in the order offered."""
        self.data = [value for value, _label in self.choices if value in valuelist]
        self.strange = [value for value in valuelist if value and value not in dict(self.choices)]

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that was not offered."""
        if getattr(self, "strange", None):
            raise ValidationError(_("%(label)s: choose among the answers offered.", label=self.label.text))


class Rows(Hinted):
    """Rows of short answers, as many as wanted: two empty ones are always there to fill."""

    draws = "rows"

    def __init__(self, *given: Any, columns: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*given, **kwargs)
        self.columns = columns

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read `name-0-column`, `name-1-column` ...; rows that are empty throughout are left out."""
        self.process_errors = []
        self.data = list(data or []) if isinstance(data, list) else []
        if formdata is not None and any(key.startswith(f"{self.name}-") for key in formdata):
            rows = (self._row(formdata, number) for number in range(MOST_ROWS))
            self.data = [row for row in rows if any(row.values())]
        self.raw_data = [""] if self.data else []

    def _row(self, formdata: Mapping[str, str], number: int) -> dict[str, str]:
        return {c.key: clean_line(formdata.get(f"{self.name}-{number}-{c.key}", "")) for c in self.columns}

    def blank_rows(self) -> list[dict[str, str]]:
        """Return the rows to draw: those filled and two to fill."""
        return [*self.data, *({column.key: "" for column in self.columns} for _more in range(2))][:MOST_ROWS]

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too long or not offered, naming the row."""
        for number, row in enumerate(self.data, start=1):
            for column in self.columns:
                self._check(number, column, row.get(column.key, ""))

    def _check(self, number: int, column: Question, value: str) -> None:
        values = {"label": self.label.text, "row": number, "column": _(column.ask), "limit": column.limit}
        if len(value) > column.limit:
            raise ValidationError(
                _("%(label)s, row %(row)s: “%(column)s” takes at most %(limit)s characters.") % values
            )
        if column.asks is Asks.ONE and value and value not in {option.value for option in column.options}:
            raise ValidationError(_("%(label)s, row %(row)s: choose “%(column)s” among the answers offered.") % values)
        if column.asks is Asks.LINK and value and not LINK.match(value):
            raise ValidationError(_("%(label)s, row %(row)s: write a full address, beginning with https://.") % values)


def _is_in_the_calendar(when: str) -> bool:
    try:
        first_day(when)
    except ValueError:
        return False
    return True


def _word(value: Any) -> str:
    return clean_line(str(value)) if value is not None else ""
