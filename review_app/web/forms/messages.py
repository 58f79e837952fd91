"""The forms of messages: wording, and which items go into one."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from review_app.domain.material import KIND_ORDER
from review_app.domain.vocabulary import Consensus, ItemKind
from review_app.queries.seats import Seat
from review_app.services.messages import BODY, DISSENT, HEADLINE, SUMMARY, Wording
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.feedback import Sentence
from review_app.web.forms.fields import Many, One, Paragraph, Pick, required
from review_app.web.kinds import KINDS

CONSENSUS = (
    (Consensus.ALL.value, _l("All of the team hold it")),
    (Consensus.MOST.value, _l("Most hold it")),
    (Consensus.SOME.value, _l("Some hold it")),
    (Consensus.ONE.value, _l("One city holds it")),
)


class MessageForm(PageForm):
    """One message (METHOD.md F15); how many cities hold it is counted, not asked."""

    kind = Pick(_l("Kind"), [required(_l("Choose what kind of message it is."))], options=())
    headline = Sentence(
        _l("The message in one full sentence"),
        [required(_l("Write the message in one full sentence."))],
        limit=HEADLINE,
        hint=_l("Readers in a hurry read only this. No names of persons."),
    )
    body = Paragraph(_l("Explanation (optional)"), limit=BODY)
    question = Pick(_l("Review question it answers (optional)"), options=())
    consensus = One(_l("Who holds it? (optional)"), options=CONSENSUS)
    dissent = Paragraph(
        _l("A different view in the team (optional)"), limit=DISSENT, hint=_l("Printed in italics below the message.")
    )
    summary = Sentence(
        _l("In one sentence, in English (optional)"),
        limit=SUMMARY,
        hint=_l("Only needed when the message is not written in English. It is printed beside it."),
    )

    def wording(self) -> Wording:
        """Return what was filled in; call after validation."""
        return Wording(
            ItemKind(self.kind.data),
            self.headline.data or "",
            body=self.body.data or "",
            dissent=self.dissent.data or "",
            consensus=Consensus(self.consensus.data) if self.consensus.data else None,
            question=int(self.question.data) if self.question.data else None,
            summary=self.summary.data or "",
        )


class ItemsForm(PageForm):
    """Items by key, and the message to put them into."""

    item = Many(_l("Items"), [required(_l("Choose at least one item."))], options=())
    message = Pick(_l("Message"), [required(_l("Choose a message."))], options=())


def message_form(seat: Seat, kept: dict[str, Any] | None = None) -> MessageForm:
    """Return the form: on a GET with what stands or is proposed, on a POST with what came."""
    form = MessageForm() if is_sent() else MessageForm(data=kept or {})
    form.kind.choices = [(kind.value, KINDS[kind].one) for kind in KIND_ORDER]
    form.question.choices = [
        (str(one.number), _("%(number)s. %(question)s", number=one.number, question=one.text))
        for one in seat.review.questions
    ]
    return form
