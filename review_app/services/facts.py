"""The fact check (METHOD.md F18): the host comments on facts, not judgements; the team answers each comment."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.report_parts import MESSAGE, PARTS
from review_app.domain.text import clean_line, clean_text
from review_app.domain.vocabulary import CommentAnswer, CommentKind
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.models.synthesis import FactComment, Message
from review_app.queries.seats import Seat
from review_app.services import history, workflow

COMMENT, ANSWER = "comment on facts", "answer comments"
TEXT, QUOTED, SOURCE = 800, 400, 500


@dataclass(frozen=True)
class Remark:
    """What the host says about the draft; `about` names a message or a part of the report (domain.report_parts)."""

    about: str
    kind: CommentKind
    comment: str
    quoted: str = ""
    source: str = ""
    print_view: bool = False


def comment(key: str, remark: Remark, seat: Seat, *, seen_version: int | None = None) -> FactComment:
    """Keep a comment under a key the page made; the same key again changes it until it is answered.

    Raises Refused outside the fact check, Unacceptable for what cannot be kept, Stale on an older version.
    """
    workflow.require(seat, COMMENT)
    columns = _columns(remark, seat.review)
    row = db.session.scalar(select(FactComment).where(FactComment.key == key))
    if row is None:
        row = _add(key, columns, seat)
    else:
        _change(row, columns, seat, seen_version)
    db.session.flush()
    history.keep(row, content_of(row), seat.person)
    return row


def withdraw(row: FactComment, seat: Seat) -> None:
    """Take a comment back that the team has not answered yet."""
    workflow.require(seat, COMMENT)
    _refuse_answered(row)
    history.keep(row, content_of(row), seat.person)
    history.bury(row, row.key, under=seat.review.id)
    db.session.delete(row)
    db.session.flush()


def answer(row: FactComment, given: CommentAnswer, seat: Seat, *, reason: str, seen_version: int | None) -> None:
    """Answer a comment; whatever is not adopted in full needs a reason. Raises Stale when it changed meanwhile."""
    workflow.require(seat, ANSWER)
    reason = clean_text(reason)[:TEXT]
    if row.answer is given and row.reason == reason:
        return
    history.check(row, seen_version, {"answer": row.answer.value if row.answer else "", "reason": row.reason})
    if given is not CommentAnswer.ADOPTED and not reason:
        raise Unacceptable(_("Say why the comment is not adopted in full."), field="reason")
    row.answer, row.reason = given, reason
    row.answered_at, row.answered_by_id = utc_now(), _person(seat).id
    db.session.flush()
    history.keep(row, content_of(row), seat.person)


def content_of(row: FactComment) -> dict[str, Any]:
    """Return what stands in a comment, by the names of its forms."""
    return {
        "about": row.about,
        "quoted": row.quoted,
        "kind": row.kind.value,
        "comment": row.comment,
        "source": row.source,
        "print_view": ["yes"] if row.print_view else [],
        "answer": row.answer.value if row.answer else "",
        "reason": row.reason,
    }


def _add(key: str, columns: dict[str, Any], seat: Seat) -> FactComment:
    row = FactComment(key=key, review_id=seat.review.id, person_id=_person(seat).id, **columns)
    db.session.add(row)
    db.session.flush()
    history.unearth(row, key, under=seat.review.id)
    return row


def _change(row: FactComment, columns: dict[str, Any], seat: Seat, seen_version: int | None) -> None:
    if row.review_id != seat.review.id:
        raise Unacceptable(_("This comment is no longer there. Write it again."))
    _refuse_answered(row)
    if any(getattr(row, name) != value for name, value in columns.items()):
        history.check(row, seen_version or 0, content_of(row))
    for name, value in columns.items():
        setattr(row, name, value)


def _refuse_answered(row: FactComment) -> None:
    if row.answer is not None:
        raise Unacceptable(_("The team has answered this comment already. Write a new one."))


def _columns(remark: Remark, review: Review) -> dict[str, Any]:
    text = clean_text(remark.comment)[:TEXT]
    if not text:
        raise Unacceptable(_("Write your comment or the wording you propose."), field="comment")
    if not _is_there(remark.about, review):
        raise Unacceptable(_("Choose what the comment is about."), field="about")
    if remark.print_view and remark.kind is not CommentKind.DISAGREEMENT:
        raise Unacceptable(
            _("Only a disagreement is printed as the host's view: choose “Disagree with a judgement”, or untick it."),
            field="print_view",
        )
    return {
        "about": remark.about,
        "kind": remark.kind,
        "comment": text,
        "quoted": clean_text(remark.quoted)[:QUOTED],
        "source": clean_line(remark.source)[:SOURCE],
        "print_view": remark.print_view,
    }


def _is_there(about: str, review: Review) -> bool:
    if about in PARTS:
        return True
    key = about.removeprefix(MESSAGE)
    query = select(Message.id).where(Message.key == key, Message.review_id == review.id)
    return about.startswith(MESSAGE) and db.session.scalar(query) is not None


def _person(seat: Seat) -> Person:
    assert seat.person is not None, "whoever may comment or answer has signed in"
    return seat.person
