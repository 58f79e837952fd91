"""The forms by which people get roles, and answer."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from review_app.domain import conduct
from review_app.domain.vocabulary import Role
from review_app.services.team import Interests
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Many, One, Paragraph, required
from review_app.web.forms.people import TheirEmail
from review_app.web.roles import DUTIES, role_name

ACCEPTED, YES, NO = "accepted", "yes", "no"
APPOINTED = (
    Role.LEAD_REVIEWER,
    Role.RAPPORTEUR,
    Role.OBSERVER,
    Role.HOST_COORDINATOR,
    Role.HOST_CONTRIBUTOR,
)


class AppointForm(PageForm):
    """A role and the address of a person."""

    role = One(_l("Which role?"), [required(_l("Choose a role."))], options=())
    email = TheirEmail(
        _l("E-mail address"),
        [required(_l("Enter the e-mail address of one person."))],
        hint=_l("Whoever has an account has the role at once. Everybody gets a letter with a personal link."),
    )


class ColleagueForm(PageForm):
    """The address of a colleague of the host city."""

    email = TheirEmail(
        _l("E-mail address of your colleague"),
        [required(_l("Enter the e-mail address of one person."))],
        hint=_l("They can write the practice description with you."),
    )


class DismissForm(PageForm):
    """Nothing to fill: only the button."""


class DeclineForm(PageForm):
    """Why somebody cannot take part."""

    reason = Paragraph(
        _l("Why? (optional)"), limit=1000, hint=_l("The secretariat and the host city read it in the record.")
    )


class AcceptForm(PageForm):
    """The code of conduct and four questions about interests (METHOD.md F3)."""

    def interests(self) -> Interests:
        """Return what was declared."""
        answers = self.answers()
        return Interests({key: answers[key] == YES for key in conduct.INTERESTS}, answers["note"])


def appoint_form(*, fresh: bool = False) -> AppointForm:
    """Return the form with the roles on offer, each with its duty; a fresh one does not read the request."""
    form = AppointForm(formdata=None) if fresh else AppointForm()
    form.role.choices = [(role.value, f"{role_name(role)}. {DUTIES[role]}") for role in APPOINTED]
    return form


def accept_form(known: Interests | None, *, fresh: bool) -> AcceptForm:
    """Return the form; a fresh one does not read the request, and shows what was declared before."""
    named: dict[str, Any] = {}
    for key, ask in conduct.INTERESTS.items():
        sentence = required(_("Answer this question: %(question)s", question=_(ask)))
        named[key] = One(_(ask), [sentence], options=[(YES, _("Yes")), (NO, _("No"))])
    named["note"] = Paragraph(
        _("If you answered yes: what is it?"),
        limit=1000,
        hint=_("Only the secretariat reads this. A yes does not shut you out; it is better known than not."),
    )
    named["code"] = Many(
        _("The code of conduct"),
        [required(_("Take part only if you accept the code of conduct."))],
        options=[(ACCEPTED, _("I accept the code of conduct and keep confidential what I read and hear"))],
    )
    made = type("AcceptForm", (AcceptForm,), named)
    kept = (
        {} if known is None else {key: YES if yes else NO for key, yes in known.answers.items()} | {"note": known.note}
    )
    form: AcceptForm = made(formdata=None, data=kept) if fresh else made()
    return form
