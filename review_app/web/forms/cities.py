"""The forms that invite a peer city and take it off the list."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Paragraph, Pick, required
from review_app.web.forms.openings import host_options
from review_app.web.forms.people import TheirEmail


class InviteCityForm(PageForm):
    """A city and the person who reads its letter."""

    organisation = Pick(
        _l("City"),
        [required(_l("Choose a city."))],
        options=(),
        hint=_l("Type the first letters to find it in the list."),
    )
    email = TheirEmail(
        _l("E-mail address of your contact there"),
        [required(_l("Enter the e-mail address of one person."))],
        hint=_l("They get a letter with a personal link. Invite a second person of the same city in the same way."),
    )


class WithdrawCityForm(PageForm):
    """Why a city leaves."""

    reason = Paragraph(_l("Why? (optional)"), limit=1000, hint=_l("Kept in the record of the review."))


def invite_city_form(organisations: Sequence[tuple[str, str, str]], hosts: Sequence[str]) -> InviteCityForm:
    """Return the form; a host is not on offer as its own peer."""
    form = InviteCityForm()
    form.organisation.choices = host_options([one for one in organisations if one[0] not in hosts])
    return form
