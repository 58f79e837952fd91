"""The form that opens a review."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from review_app.domain.themes import THEMES, label
from review_app.web.forms.base import PageForm
from review_app.web.forms.days import Day
from review_app.web.forms.fields import Line, One, Pick, required
from review_app.web.forms.people import TheirEmail


class OpeningForm(PageForm):
    """Method, host, title, theme and, when they are known, the days of the visit."""

    method = One(_l("Which method?"), [required(_l("Choose a method."))], options=())
    host = Pick(
        _l("Which city is the host?"),
        [required(_l("Choose the host city."))],
        options=(),
        hint=_l("Type the first letters to find it in the list."),
    )
    coordinator = TheirEmail(
        _l("Who leads the review there?"),
        hint=_l("The e-mail address of one person. They get a letter with a personal link."),
    )
    title = Line(
        _l("What is the review about?"),
        [required(_l("Give the review a title."))],
        limit=150,
        hint=_l("A title that a stranger understands, like “A one-stop desk for career changers”."),
    )
    theme = Pick(_l("Theme"), options=())
    starts_on = Day(
        _l("First day of the visit"), hint=_l("Leave it empty if you do not know yet. For example 20 5 2026.")
    )
    ends_on = Day(_l("Last day of the visit"), hint=_l("The same as the first when it is one day."))


def opening_form(definitions: Mapping[str, Mapping[str, Any]], hosts: Sequence[tuple[str, str, str]]) -> OpeningForm:
    """Return the form without needless questions: one method is no choice, and without `hosts` it is one's own city."""
    form = OpeningForm()
    form.method.choices = [(name, _(data["title"])) for name, data in definitions.items()]
    if len(definitions) == 1:
        del form.method
    form.theme.choices = theme_options("")
    if hosts:
        form.host.choices = host_options(hosts)
        return form
    del form.host
    del form.coordinator
    return form


def host_options(hosts: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return organisations as options: name and country."""
    return [(slug, f"{name} ({country})") for slug, name, country in hosts]


def theme_options(current: str) -> list[tuple[str, str]]:
    """Return the themes by name, and the present one when it comes from elsewhere."""
    options = [(code, _(words)) for code, words in THEMES.items()]
    if current and current not in THEMES:
        options.append((current, label(current)))
    return sorted(options, key=lambda option: option[1])
