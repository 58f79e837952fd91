"""The form of the report's own texts."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from review_app.services.report_texts import CONTEXT, MOST_PEOPLE, PRACTICE, SAW, STEPS, Texts
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Number, Paragraph


class People(Number):
    """A number of people: digits alone."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no count."""
        given = self.data or ""
        if given and not (given.isascii() and given.isdigit() and 0 < int(given) <= MOST_PEOPLE):
            raise ValidationError(
                _("Write how many people took part as a whole number from 1 to %(most)s.", most=MOST_PEOPLE)
            )


class TextsForm(PageForm):
    """What the team writes beside the messages (METHOD.md 4.1)."""

    people = People(_l("How many people took part?"), hint=_l("All who came, the host city's own people included."))
    context = Paragraph(
        _l("Why it matters"), limit=CONTEXT, hint=_l("100 to 150 words. Left empty, the host's own words are printed.")
    )
    practice = Paragraph(
        _l("The practice"), limit=PRACTICE, hint=_l("150 to 250 words. Left empty, the host's own words are printed.")
    )
    saw = Paragraph(
        _l("What the visitors saw"), limit=SAW, hint=_l("Four to six lines, one for each part of the programme.")
    )
    next_steps = Paragraph(_l("Next steps"), limit=STEPS, hint=_l("One line for each step."))

    def texts(self) -> Texts:
        """Return what was filled in; call after validation."""
        return Texts(
            self.context.data or "",
            self.practice.data or "",
            saw=self.saw.data or "",
            next_steps=self.next_steps.data or "",
            people=int(self.people.data) if self.people.data else None,
        )


def texts_form(kept: dict[str, Any]) -> TextsForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    return TextsForm() if is_sent() else TextsForm(data=kept)
