"""The forms of the fact check: the host's comment, the team's answer, the host's word."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from review_app.domain.report_parts import PARTS, about_message
from review_app.domain.vocabulary import CommentAnswer, CommentKind
from review_app.queries import messages
from review_app.queries.seats import Seat
from review_app.services.facts import QUOTED, SOURCE, TEXT, Remark
from review_app.services.report_texts import WORD
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Line, Many, One, Paragraph, Pick, required

KINDS = (
    (CommentKind.FACTUAL_ERROR.value, _l("Factual error")),
    (CommentKind.CONFIDENTIAL.value, _l("Confidential")),
    (CommentKind.MISSING_FACT.value, _l("Missing fact")),
    (CommentKind.UNCLEAR.value, _l("Unclear")),
    (CommentKind.DISAGREEMENT.value, _l("Disagree with a judgement")),
    (CommentKind.TYPO.value, _l("Typing error")),
)
ANSWERS = (
    (CommentAnswer.ADOPTED.value, _l("Adopted")),
    (CommentAnswer.PARTLY.value, _l("Partly adopted")),
    (CommentAnswer.DECLINED.value, _l("Declined")),
)


class CommentForm(PageForm):
    """A comment of the host (METHOD.md F18)."""

    about = Pick(_l("What is it about?"), [required(_l("Choose what the comment is about."))], options=())
    quoted = Paragraph(
        _l("The words it is about (optional)"),
        limit=QUOTED,
        hint=_l("Copy them from the draft, so that nobody has to search."),
    )
    kind = One(_l("What kind of comment is it?"), [required(_l("Choose what kind of comment it is."))], options=KINDS)
    comment = Paragraph(
        _l("Your comment, or the wording you propose"),
        [required(_l("Write your comment or the wording you propose."))],
        limit=TEXT,
    )
    source = Line(
        _l("Where this can be checked (optional)"),
        limit=SOURCE,
        hint=_l("An address beginning with https://, or the name of a document."),
    )
    print_view = Many(
        _l("If you disagree with a judgement"),
        options=(("yes", _l("Print this as the host's view")),),
        hint=_l("The judgement stays as it is. Your view is printed beside it, in your words."),
    )

    def remark(self) -> Remark:
        """Return what was filled in; call after validation."""
        return Remark(
            self.about.data or "",
            CommentKind(self.kind.data),
            comment=self.comment.data or "",
            quoted=self.quoted.data or "",
            source=self.source.data or "",
            print_view="yes" in self.print_view.data,
        )


class AnswerForm(PageForm):
    """The team's answer to one comment."""

    answer = One(_l("Your answer"), [required(_l("Choose an answer."))], options=ANSWERS)
    reason = Paragraph(
        _l("Reason"), limit=TEXT, hint=_l("Needed unless the comment is adopted in full. The host reads it.")
    )


class HostWordForm(PageForm):
    """What the host says in the report."""

    host_word = Paragraph(
        _l("The host's word"),
        limit=WORD,
        hint=_l("What you take from the review, in 60 to 120 words. It is printed as you write it."),
    )


def comment_form(seat: Seat, kept: dict[str, Any] | None = None) -> CommentForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    form = CommentForm() if is_sent() else CommentForm(data=kept or {})
    form.about.choices = [
        *((value, _(label)) for value, label in PARTS.items()),
        *(
            (about_message(key), _("Message %(number)s: %(headline)s", number=number, headline=headline))
            for key, headline, number in messages.titles(seat)
        ),
    ]
    return form


def host_word_form(word: str, version: int) -> HostWordForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    return HostWordForm() if is_sent() else HostWordForm(data={"host_word": word, "version": str(version)})


def answer_form(kept: dict[str, Any]) -> AnswerForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    return AnswerForm() if is_sent() else AnswerForm(data=kept)
