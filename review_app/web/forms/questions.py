"""The form of the review questions: as many as the method allows, each with its reason."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from review_app.services import questions
from review_app.services.questions import Asked
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Paragraph

LONGEST_QUESTION, LONGEST_WHY = 300, 600


class QuestionsForm(PageForm):
    """Pairs of fields `question_1`, `why_1`, `question_2` ..."""

    most: int

    def asked(self) -> list[Asked]:
        """Return what was filled in, a pair for each number."""
        answers = self.answers()
        return [
            Asked(" ".join(answers[f"question_{number}"].split()), answers[f"why_{number}"])
            for number in range(1, self.most + 1)
        ]

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the fields two by two."""
        return [(self[f"question_{number}"], self[f"why_{number}"]) for number in range(1, self.most + 1)]


def questions_form(standing: Sequence[Asked], most: int) -> QuestionsForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    named: dict[str, Any] = {"most": most}
    for number in range(1, most + 1):
        named[f"question_{number}"] = Paragraph(
            _("Question %(number)s", number=number), limit=LONGEST_QUESTION, hint=_("It ends with a question mark.")
        )
        named[f"why_{number}"] = Paragraph(_("Why question %(number)s matters", number=number), limit=LONGEST_WHY)
    kept = {**questions.as_fields(standing), "version": str(questions.version(standing))}
    made = type("QuestionsForm", (QuestionsForm,), named)
    form: QuestionsForm = made() if is_sent() else made(data=kept)
    return form
