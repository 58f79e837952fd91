"""What the guards need to know of a review, in a handful of statements whatever its size."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Exists, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.facts import Facts, Minimum
from review_app.domain.vocabulary import Role, Side, Use
from review_app.domain.workflow import Method
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.practice import PracticeSection
from review_app.models.review import Mark, Participant, Review, ReviewCity, ReviewDeadline, ReviewQuestion
from review_app.models.synthesis import FactComment, Message, MessageSource


def facts_of(review: Review, method: Method) -> Facts:
    """Gather the facts of a review at this moment: four statements."""
    return facts_of_all({review: method})[review.id]


def facts_of_all(methods: Mapping[Review, Method]) -> dict[int, Facts]:
    """Gather the facts of many reviews, by their numbers: the same four statements however many they are."""
    numbers = [review.id for review in methods]
    counts = {row["id"]: dict(row) for row in db.session.execute(_counts(), {"numbers": numbers}).mappings()}
    marks = _grouped(select(Mark.review_id, Mark.name, Mark.role).where(Mark.review_id.in_(_NUMBERS)), numbers)
    peers = _grouped(_peers(), numbers)
    answers = _answers(numbers)
    return {
        review.id: replace(
            _counted(review, method, counts[review.id]),
            marks=frozenset((name, role) for name, role in marks[review.id]),
            peers_not_ready=tuple(name for name, ready, _sent in peers[review.id] if not ready),
            silent_cities=tuple(name for name, _ready, sent in peers[review.id] if not sent),
            practice_missing=_practice_missing(method, answers[review.id]),
        )
        for review, method in methods.items()
    }


def _grouped(query: Select[*tuple[Any, ...]], numbers: Collection[int]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Return the rows of a query under their first column, the number of the review."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, *row in db.session.execute(query, {"numbers": numbers}):
        found[number].append(tuple(row))
    return found


def _counted(review: Review, method: Method, counts: Mapping[str, Any]) -> Facts:
    now = utc_now()
    return Facts(
        now=now,
        today=now.astimezone(ZoneInfo(review.timezone)).date(),
        minimum=_minimum(method),
        regime_chosen=review.regime is not None,
        dates_set=review.starts_on is not None and review.ends_on is not None,
        visit_ends=review.ends_on,
        feedback_closes=_closes(counts["feedback_at"], method),
        funding_stated=bool(review.funding.strip()),
        host_among_peers=counts["hosts_as_peers"] > 0,
        has_lead_reviewer=counts["leads"] > 0,
        has_rapporteur=counts["rapporteurs"] > 0,
        **{name: counts[name] for name in _COUNTED},
    )


_COUNTED = (
    "questions",
    "peer_cities",
    "returns_submitted",
    "messages",
    "untraced_messages",
    "unreleased_used",
    "open_comments",
)


def _closes(at: datetime | None, method: Method) -> datetime | None:
    """The last moment for a return: the deadline, and the grace the method grants."""
    deadline = method.deadlines.get("feedback")
    return at + timedelta(minutes=deadline.grace_minutes) if at and deadline else at


def _minimum(method: Method) -> Minimum:
    numbers = method.numbers
    return Minimum(numbers.questions["min"], numbers.questions["max"], numbers.peer_cities["min"])


# Writing these statements costs more than running them: each is written once, and only its numbers change.
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)


@cache
def _counts() -> Select[Any]:
    peers = aliased(ReviewCity)
    among_peers = exists().where(
        peers.review_id == ReviewCity.review_id,
        peers.organisation_id == ReviewCity.organisation_id,
        peers.side == Side.PEER,
        peers.declined_at.is_(None),
    )
    host = ReviewCity.side == Side.HOST
    unused = ~exists().where(MessageSource.message_id == Message.id)
    return select(
        Review.id,
        _count(ReviewQuestion).label("questions"),
        _count(ReviewCity, *_PEER).label("peer_cities"),
        _count(ReviewCity, host, among_peers).label("hosts_as_peers"),
        _count(Participant, Participant.role == Role.LEAD_REVIEWER).label("leads"),
        _count(Participant, Participant.role == Role.RAPPORTEUR).label("rapporteurs"),
        _count(Return, Return.submitted_at.is_not(None)).label("returns_submitted"),
        _count(Message).label("messages"),
        _count(Message, unused).label("untraced_messages"),
        _withheld_used().label("unreleased_used"),
        _count(FactComment, FactComment.answer.is_(None)).label("open_comments"),
        _feedback_at().label("feedback_at"),
    ).where(Review.id.in_(_NUMBERS))


def _count(model: Any, *where: ColumnElement[bool]) -> Any:
    """Count the rows of a review, inside a query over reviews."""
    query = select(func.count(model.id)).where(model.review_id == Review.id, *where)
    return query.correlate(Review).scalar_subquery()


_PEER = (ReviewCity.side == Side.PEER, ReviewCity.declined_at.is_(None))


def _feedback_at() -> Any:
    query = select(ReviewDeadline.at).where(ReviewDeadline.review_id == Review.id, ReviewDeadline.name == "feedback")
    return query.correlate(Review).scalar_subquery()


def _withheld_used() -> Any:
    """Items inside messages that their authors keep out of the report, or whose return is not sent."""
    return (
        select(func.count(MessageSource.id))
        .join(FeedbackItem, FeedbackItem.id == MessageSource.item_id)
        .join(Return, Return.id == FeedbackItem.return_id)
        .where(Return.review_id == Review.id, or_(FeedbackItem.use != Use.REPORT, Return.submitted_at.is_(None)))
        .correlate(Review)
        .scalar_subquery()
    )


@cache
def _peers() -> Select[int, str, bool, bool]:
    """Peer cities by name: is everybody who speaks for the city ready, and is its return sent?"""
    speaks = exists().where(
        Participant.review_id == ReviewCity.review_id,
        Participant.organisation_id == ReviewCity.organisation_id,
        Participant.role == Role.PEER,
    )
    hesitates = speaks.where(Participant.code_accepted_at.is_(None))
    return (
        select(ReviewCity.review_id, Organisation.name, and_(speaks, ~hesitates), _has_sent())
        .join(Organisation, ReviewCity.organisation_id == Organisation.id)
        .where(ReviewCity.review_id.in_(_NUMBERS), *_PEER)
        .order_by(Organisation.name)
    )


def _has_sent() -> Exists:
    """A peer city's return is submitted, inside a query over the cities of reviews."""
    return exists().where(
        Return.review_id == ReviewCity.review_id,
        Return.organisation_id == ReviewCity.organisation_id,
        Return.submitted_at.is_not(None),
    )


def silent_cities(review_id: int) -> Select[str]:
    """Select the names of peer cities without a submitted return."""
    return (
        select(Organisation.name)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(ReviewCity.review_id == review_id, *_PEER, ~_has_sent())
        .order_by(Organisation.name)
    )


def _answers(numbers: Collection[int]) -> defaultdict[int, dict[str, Any]]:
    """Return what the hosts have answered in their practice descriptions, all sections together."""
    query = select(PracticeSection.review_id, PracticeSection.answers).where(PracticeSection.review_id.in_(numbers))
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for number, answers in db.session.execute(query):
        found[number].update(answers)
    return found


def _practice_missing(method: Method, answers: Mapping[str, Any]) -> tuple[str, ...]:
    form = method.forms.get("practice")
    return tuple(question.ask for question in form.missing(answers)) if form else ()
