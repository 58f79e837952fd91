"""What a city has written and what it still lacks: only ever the feedback of the seat's own city."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, selectinload

from review_app.domain.forms import Form
from review_app.domain.marking import _
from review_app.domain.vocabulary import Attribution, ItemKind, Use
from review_app.domain.workflow import Method
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.synthesis import MessageSource
from review_app.queries.seats import Seat

ACTION = "give feedback"
ITEM_FORM = "feedback_item"
# The columns carry a default, so an item keeps beside them which of these nobody has answered yet.
NOT_CHOSEN = "not_chosen"
CHOICES: Mapping[str, tuple[type[Attribution | Use], Attribution | Use]] = {
    "attribution": (Attribution, Attribution.ANONYMOUS),
    "use": (Use, Use.REPORT),
}


@dataclass(frozen=True)
class Need:
    """How many items of a kind there are, and how many the method asks for; `begun` ones lack an answer."""

    kind: ItemKind
    given: int
    begun: int
    least: int

    @property
    def met(self) -> bool:
        """Whether enough complete items of this kind are there."""
        return self.given >= self.least


@dataclass(frozen=True)
class Gap:
    """One reason why a return cannot be sent yet: a sentence, and where to mend it."""

    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    item: FeedbackItem | None = None
    kind: ItemKind | None = None
    question: str = ""


_CITIES = (
    select(Organisation)
    .where(Organisation.id.in_(bindparam("cities", expanding=True)))
    .order_by(Organisation.name, Organisation.id)
)
_ITEM = (
    select(FeedbackItem)
    .join(FeedbackItem.city_return)
    .options(contains_eager(FeedbackItem.city_return))
    .where(
        FeedbackItem.key == bindparam("key"),
        Return.review_id == bindparam("review"),
        Return.organisation_id == bindparam("city"),
        Return.organisation_id.in_(bindparam("cities", expanding=True)),
    )
)


def cities_of(seat: Seat) -> list[Organisation]:
    """Return the organisations the person speaks for in this review, by name."""
    return list(db.session.scalars(_CITIES, {"cities": sorted(seat.cities)}))


def return_of(seat: Seat, city: Organisation) -> Return | None:
    """Return what this city has written so far, with its items, or None; another's city is nobody's."""
    if city.id not in seat.cities:
        return None
    query = (
        select(Return)
        .where(Return.review_id == seat.review.id, Return.organisation_id == city.id)
        .options(selectinload(Return.items))
    )
    return db.session.scalar(query)


def item_of(seat: Seat, city: Organisation, key: str) -> FeedbackItem | None:
    """Return an item of this city's own return in this review, None for any other key."""
    asked = {"key": key, "review": seat.review.id, "city": city.id, "cities": sorted(seat.cities)}
    return db.session.scalar(_ITEM, asked)


def is_taken(key: str) -> bool:
    """Tell whether any item anywhere has this key."""
    return db.session.scalar(select(FeedbackItem.id).where(FeedbackItem.key == key)) is not None


def is_used(item: FeedbackItem) -> bool:
    """Tell whether the team has put an item into a message."""
    return db.session.scalar(select(MessageSource.id).where(MessageSource.item_id == item.id)) is not None


def answers_of(item: FeedbackItem) -> dict[str, Any]:
    """Return what an item says under the keys of its form; what nobody has chosen yet is empty."""
    kept = dict(item.answers or {})
    open_choices = kept.pop(NOT_CHOSEN, ())
    chosen = {name: "" if name in open_choices else getattr(item, name).value for name in CHOICES}
    question = str(item.question) if item.question else kept.pop("question", "")
    return {
        **kept,
        **chosen,
        "headline": item.headline,
        "explanation": item.explanation,
        "question": question,
        "language": item.language,
    }


def form_of(method: Method) -> Form:
    """Return the form of a feedback item."""
    return method.forms[ITEM_FORM]


def missing_in(item: FeedbackItem, method: Method) -> list[Gap]:
    """Return the required answers an item lacks."""
    answers = answers_of(item)
    asked = form_of(method).for_kind(item.kind.value)
    return [
        Gap(_("Answer “%(question)s”."), {"question": question.ask}, item=item, kind=item.kind, question=question.key)
        for question in asked
        if question.required and not question.answered(answers.get(question.key))
    ]


def needs(items: Sequence[FeedbackItem], method: Method) -> list[Need]:
    """Return how each kind stands against the minimum of the method, in the order of the kinds."""
    least = method.numbers.minimum_to_submit
    found = []
    for kind in ItemKind:
        mine = [item for item in items if item.kind is kind]
        complete = [item for item in mine if not missing_in(item, method)]
        found.append(Need(kind, len(complete), len(mine) - len(complete), least.get(kind.value, 0)))
    return found


def gaps(items: Sequence[FeedbackItem], method: Method) -> list[Gap]:
    """Return everything that stands between these items and sending them."""
    found = [gap for item in items for gap in missing_in(item, method)]
    for need in needs(items, method):
        if need.given + need.begun < need.least:
            short = need.least - need.given - need.begun
            found.append(Gap(MORE[need.kind], {"count": short}, kind=need.kind))
    return found


MORE = {
    ItemKind.SUCCESS_FACTOR: _("Add success factors: %(count)s more needed."),
    ItemKind.CHALLENGE: _("Add challenges: %(count)s more needed."),
    ItemKind.LESSON: _("Add lessons learnt: %(count)s more needed."),
    ItemKind.RECOMMENDATION: _("Add recommendations: %(count)s more needed."),
    ItemKind.TAKE_HOME: _("Add what your city takes home: %(count)s more needed."),
    ItemKind.QUESTION: _("Add questions: %(count)s more needed."),
}
