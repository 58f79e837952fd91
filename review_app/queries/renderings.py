"""What waits for the press: in a lane by turns, so that nobody's ten reports stand before somebody's one."""

from datetime import timedelta

from sqlalchemy import Select, Subquery, case, func, select

from review_app.domain.printing import Form, Lane
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.publishing import Progress, Rendering, Report

TURN = timedelta(hours=1)
"""Whose turn it is depends on who was served within this time."""
NOBODY = 0


def find(digest: str, form: Form = Form.PDF) -> Rendering | None:
    """Return how far the print of a snapshot is; None when nobody asked for it."""
    return db.session.scalar(select(Rendering).where(Rendering.digest == digest, Rendering.form == form))


def in_order(lane: Lane) -> Select[int]:
    """Select the numbers of the prints that wait in a lane, the next one first.

    What somebody asked for comes before what is made in case somebody does; among those, whoever was served longest
    ago, then whoever asked first.
    """
    served = _served(lane)
    in_case = case((Rendering.form == Form.PDFA, 1), else_=func.min(case((Report.ahead, 1), else_=0)))
    return (
        select(Rendering.id)
        .join(Report, Report.digest == Rendering.digest)
        .outerjoin(served, served.c.asker == func.coalesce(Report.made_by_id, NOBODY))
        .where(Rendering.progress == Progress.WAITING, Rendering.lane == lane)
        .group_by(Rendering.id)
        .order_by(in_case, func.max(served.c.at).nulls_first(), Rendering.asked_at, Rendering.id)
    )


def place(row: Rendering) -> int | None:
    """Return the place of a print in its queue, from 1; None when it does not wait."""
    waiting = list(db.session.scalars(in_order(row.lane)))
    return waiting.index(row.id) + 1 if row.id in waiting else None


def _served(lane: Lane) -> Subquery:
    """Select when each asker was last served in a lane."""
    return (
        select(
            func.coalesce(Report.made_by_id, NOBODY).label("asker"),
            func.max(Rendering.started_at).label("at"),
        )
        .join(Rendering, Rendering.digest == Report.digest)
        .where(Rendering.lane == lane, Rendering.started_at > utc_now() - TURN)
        .group_by(func.coalesce(Report.made_by_id, NOBODY))
        .subquery()
    )
