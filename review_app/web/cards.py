"""A feedback item as its card shows it: kind in words, what it says, one line of facts, what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import gettext as _

from review_app.domain.languages import LANGUAGES
from review_app.domain.vocabulary import Attribution, Use
from review_app.models.feedback import FeedbackItem
from review_app.models.review import ReviewQuestion
from review_app.queries import feedback
from review_app.queries.feedback import Gap
from review_app.queries.seats import Seat
from review_app.web.attached import Shown
from review_app.web.forms.asked import shown_value
from review_app.web.kinds import KINDS

IN_THE_FOOT = ("strength", "seriousness", "addressee", "for_whom")
IN_THE_HEAD = ("headline", "explanation")


class Answer(NamedTuple):
    """One question of the form and what was answered, as a person reads it."""

    ask: str
    given: str


class Missing(NamedTuple):
    """One thing to mend, and the field where."""

    sentence: str
    question: str


@dataclass(frozen=True)
class Card:
    """What a template draws of an item."""

    key: str
    version: int
    kind: str
    style: str
    headline: str
    explanation: str
    language: str
    foreign: str
    facts: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    files: Sequence[Shown] = ()


def told(gap: Gap) -> str:
    """Return what is missing, in the reader's words; the method's own words in it are translated as well."""
    values = {name: _(one) if isinstance(one, str) else one for name, one in gap.values.items()}
    return str(_(gap.sentence) % values)


def card(item: FeedbackItem, seat: Seat, city: str, *, files: Sequence[Shown] = ()) -> Card:
    """Return the card of an item written by this city, with the files beside it."""
    words = KINDS[item.kind]
    return Card(
        key=item.key,
        version=item.version,
        kind=str(words.one),
        style=words.style,
        headline=item.headline or _("(no headline yet)"),
        explanation=item.explanation,
        language=item.language,
        foreign=LANGUAGES.get(item.language, item.language) if item.language != seat.review.language else "",
        facts=_facts(item, seat, city),
        answers=_answers(item, seat),
        missing=[Missing(told(gap), gap.question) for gap in feedback.missing_in(item, seat.method)],
        files=files,
    )


def _facts(item: FeedbackItem, seat: Seat, city: str) -> list[str]:
    answers = feedback.answers_of(item)
    labels = {
        question.key: shown_value(question, answers.get(question.key))
        for question in feedback.form_of(seat.method).for_kind(item.kind.value)
        if question.key in IN_THE_FOOT
    }
    about = _("Question %(number)s", number=item.question) if item.question else ""
    return [text for text in (about, *labels.values(), _naming(answers, city), _travels(answers)) if text]


def _naming(answers: dict[str, str], city: str) -> str:
    sentences = {Attribution.CITY: _("Named: %(city)s", city=city), Attribution.ANONYMOUS: _("Not named")}
    return sentences.get(answers["attribution"], "")  # type: ignore[call-overload,no-any-return]


def _travels(answers: dict[str, str]) -> str:
    sentences = {Use.HOST_ONLY: _("For the host city only"), Use.TEAM_ONLY: _("For the review team only")}
    return sentences.get(answers["use"], "")  # type: ignore[call-overload,no-any-return]


def _answers(item: FeedbackItem, seat: Seat) -> list[Answer]:
    answers = feedback.answers_of(item)
    asked = feedback.form_of(seat.method).for_kind(item.kind.value)
    shown = [
        Answer(_(question.ask), shown_value(question, answers.get(question.key)))
        for question in asked
        if question.key not in IN_THE_HEAD
    ]
    about = [Answer(_("Review question"), f"{one.number}. {one.text}") for one in _question(item, seat)]
    return [answer for answer in (*about, *shown) if answer.given]


def _question(item: FeedbackItem, seat: Seat) -> list[ReviewQuestion]:
    return [one for one in seat.review.questions if one.number == item.question]
