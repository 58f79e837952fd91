"""Keeps frozen reports of reviews as rows, with the wish to print each in the same transaction."""

from sqlalchemy import ColumnElement, delete, select

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries.seats import Seat
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.services import audit, consents, renderings


def kept(review: Review, snapshot: Paper) -> Report | None:
    """Return the report that says just what this snapshot says; None when nobody froze it."""
    query = select(Report).where(Report.review_id == review.id, Report.digest == snapshot.sha256)
    return db.session.scalar(query.order_by(Report.ahead).limit(1))


def keep(snapshot: Paper, review: Review, person: Person | None, *, ahead: bool = False) -> Report:
    """Keep a snapshot and ask for its print in English; one that is numbered is printed for archives as well."""
    report = Report(
        review_id=review.id,
        kind=snapshot.kind,
        number=snapshot.number,
        snapshot=snapshot.to_bytes().decode(),
        digest=snapshot.sha256,
        made_by_id=person.id if person else None,
        ahead=ahead,
    )
    db.session.add(report)
    db.session.flush()
    if snapshot.number is not None:
        renderings.ask_published(report.digest)
    elif ahead:
        renderings.ask_ahead(report.digest)
    else:
        renderings.ask(report.digest)
    if not ahead:
        audit.note("freeze a report", person, review=review, thing=_level(report, review), about=report.key)
    return report


def keep_asked(paper: Paper, seat: Seat) -> Report:
    """Keep what somebody wants printed, once. What was made ahead becomes theirs: its print is there, or on its way.

    Of a kind that never bears a number, whatever the same person had printed before goes.
    """
    known = kept(seat.review, paper)
    if known is not None and not known.ahead:
        return known
    if known is not None:
        db.session.delete(known)
    if not registry.KINDS[paper.kind].is_numbered:
        _forget_printed(paper.kind, seat)
    return keep(paper, seat.review, seat.person)


def forget_ahead(*which: ColumnElement[bool]) -> None:
    """Let go what nobody has asked for, with its prints, begun or not."""
    gone = delete(Report).where(Report.ahead, *which).returning(Report.id)
    if db.session.scalars(gone).all():
        consents.forget_prints()


def _forget_printed(kind: str, seat: Seat) -> None:
    maker = Report.made_by_id == (seat.person.id if seat.person else None)
    of_kind = Report.review_id == seat.review.id, Report.kind == kind, Report.number.is_(None), ~Report.ahead
    db.session.execute(delete(Report).where(*of_kind, maker))


def _level(report: Report, review: Review) -> str:
    return review.level.value if report.number and review.level else "draft"
