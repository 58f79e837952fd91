"""The form of an action: a reason where the method asks for one, and a button."""

from flask_babel import gettext as _

from review_app.domain.workflow import Action
from review_app.services.workflow import LONGEST_REASON
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Paragraph, required


class ActForm(PageForm):
    """Nothing but the button, unless a reason is asked."""


def act_form(action: Action) -> ActForm:
    """Return the form of an action."""
    if not action.asks_reason:
        return ActForm()
    reason = Paragraph(
        _("Why?"),
        [required(_("Say why: the reason is kept in the record of the review."))],
        limit=LONGEST_REASON,
        hint=_(
            "The reason is kept in the record of the review: the secretariat, the lead reviewer,"
            " the rapporteur and the coordinator of the host city read it."
        ),
    )
    made: type[ActForm] = type("ActForm", (ActForm,), {"reason": reason})
    return made()
