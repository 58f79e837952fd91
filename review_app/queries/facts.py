"""What the guards need to know of a review, in a handful of statements whatever its size."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, func, or_, select
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
    """Gather the facts of a review at this moment: five statements, or four before there is a practice to miss."""
    now = utc_now()
    counts = db.session.execute(_counts(review.id)).mappings().one()
    marks = db.session.execute(select(Mark.name, Mark.role).where(Mark.review_id == review.id))
    closes = counts["feedback_at"]
    grace = timedelta(minutes=method.deadlines["feedback"].grace_minutes) if "feedback" in method.deadlines else timedelta()
    return Facts(
        now=now,
        today=now.astimezone(ZoneInfo(review.timezone)).date(),
        minimum=_minimum(method),
        questions=counts["questions"],
        regime_chosen=review.regime is not None,
        dates_set=review.starts_on is not None and review.ends_on is not None,
        visit_ends=review.ends_on,
        marks=frozenset((name, role) for name, role in marks),
        peer_cities=counts["peer_cities"],
        host_among_peers=counts["host_among_peers"] > 0,
        has_lead_reviewer=counts["leads"] > 0,
        has_rapporteur=counts["rapporteurs"] > 0,
        peers_not_ready=tuple(db.session.scalars(_peers_not_ready(review.id))),
        practice_missing=_practice_missing(review, method),
        returns_submitted=counts["returns"],
        silent_cities=tuple(db.session.scalars(silent_cities(review.id))),
        feedback_closes=closes + grace if closes else None,
        messages=counts["messages"],
        untraced_messages=counts["untraced"],
        unreleased_used=counts["withheld_used"],
        open_comments=counts["open_comments"],
        funding_stated=bool(review.funding.strip()),
    )


def _minimum(method: Method) -> Minimum:
    numbers = method.numbers
    return Minimum(numbers.questions["min"], numbers.questions["max"], numbers.peer_cities["min"])


def _counts(review_id: int) -> Select[Any]:
    peers = select(ReviewCity.organisation_id).where(_peer(review_id))
    return select(
        _count(ReviewQuestion.id, ReviewQuestion.review_id == review_id).label("questions"),
        _count(ReviewCity.id, _peer(review_id)).label("peer_cities"),
        _count(
            ReviewCity.id,
            ReviewCity.review_id == review_id,
            ReviewCity.side == Side.HOST,
            ReviewCity.organisation_id.in_(peers),
        ).label("host_among_peers"),
        _count(Participant.id, Participant.review_id == review_id, Participant.role == Role.LEAD_REVIEWER).label("leads"),
        _count(Participant.id, Participant.review_id == review_id, Participant.role == Role.RAPPORTEUR).label("rapporteurs"),
        _count(Return.id, Return.review_id == review_id, Return.submitted_at.is_not(None)).label("returns"),
        _count(Message.id, Message.review_id == review_id).label("messages"),
        _count(Message.id, Message.review_id == review_id, ~exists().where(MessageSource.message_id == Message.id)).label(
            "untraced"
        ),
        _withheld_used(review_id).label("withheld_used"),
        _count(FactComment.id, FactComment.review_id == review_id, FactComment.answer.is_(None)).label("open_comments"),
        select(ReviewDeadline.at)
        .where(ReviewDeadline.review_id == review_id, ReviewDeadline.name == "feedback")
        .scalar_subquery()
        .label("feedback_at"),
    )


def _count(column: Any, *where: ColumnElement[bool]) -> Any:
    return select(func.count(column)).where(*where).scalar_subquery()


def _peer(review_id: int) -> ColumnElement[bool]:
    return (ReviewCity.review_id == review_id) & (ReviewCity.side == Side.PEER) & ReviewCity.declined_at.is_(None)


def _withheld_used(review_id: int) -> Any:
    """Items inside messages that their authors keep out of the report, or whose return is not sent."""
    return (
        select(func.count(MessageSource.id))
        .join(FeedbackItem, FeedbackItem.id == MessageSource.item_id)
        .join(Return, Return.id == FeedbackItem.return_id)
        .where(Return.review_id == review_id, or_(FeedbackItem.use != Use.REPORT, Return.submitted_at.is_(None)))
        .scalar_subquery()
    )


def _peers_not_ready(review_id: int) -> Select[tuple[str]]:
    """Cities that nobody has joined for yet, and cities of which somebody has not accepted the code."""
    speaks = (Participant.review_id == review_id) & (Participant.organisation_id == Organisation.id)
    peer = Participant.role == Role.PEER
    return (
        select(Organisation.name)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(
            _peer(review_id),
            or_(
                ~exists().where(speaks, peer),
                exists().where(speaks, peer, Participant.code_accepted_at.is_(None)),
            ),
        )
        .order_by(Organisation.name)
    )


def silent_cities(review_id: int) -> Select[tuple[str]]:
    """Select the names of peer cities without a submitted return."""
    sent = exists().where(
        Return.review_id == review_id, Return.organisation_id == Organisation.id, Return.submitted_at.is_not(None)
    )
    return (
        select(Organisation.name)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(_peer(review_id), ~sent)
        .order_by(Organisation.name)
    )


def _practice_missing(review: Review, method: Method) -> tuple[str, ...]:
    form = method.forms.get("practice")
    if form is None:
        return ()
    rows = db.session.scalars(select(PracticeSection.answers).where(PracticeSection.review_id == review.id))
    answers: dict[str, Any] = {}
    for row in rows:
        answers.update(row)
    return tuple(question.ask for question in form.missing(answers))
