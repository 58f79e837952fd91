"""What waits for the press: in a lane by turns, so that nobody's ten reports stand before somebody's one."""

from datetime import timedelta

from sqlalchemy import Select, Subquery, func, select, union_all

from review_app.domain.languages import FALLBACK
from review_app.domain.printing import Form, Lane
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Progress, Rendering, Report

TURN = timedelta(hours=1)
"""Whose turn it is depends on who was served within this time."""
NOBODY = 0


def issued() -> Subquery:
    """Select whatever can be printed, reports of reviews and syntheses alike: its digest, asker, number, length."""
    reports = select(
        Report.digest,
        func.coalesce(Report.made_by_id, NOBODY).label("asker"),
        Report.number.label("number"),
        func.length(Report.snapshot).label("weight"),
    )
    syntheses = select(
        SynthesisEdition.digest,
        func.coalesce(SynthesisEdition.made_by_id, NOBODY),
        SynthesisEdition.number,
        func.length(SynthesisEdition.snapshot),
    )
    return union_all(reports, syntheses).subquery()


def find(digest: str, form: Form = Form.PDF, language: str = FALLBACK) -> Rendering | None:
    """Return how far the print of a snapshot is; None when nobody asked for it."""
    asked = (Rendering.digest == digest, Rendering.form == form, Rendering.language == language)
    return db.session.scalar(select(Rendering).where(*asked))


def in_order(lane: Lane) -> Select[int]:
    """Select the numbers of the prints that wait in a lane, the next one first.

    What somebody asked for comes before what is made in case somebody does; among those, whoever was served longest
    ago, then whoever asked first.
    """
    served, source = _served(lane), issued()
    return (
        select(Rendering.id)
        .join(source, source.c.digest == Rendering.digest)
        .outerjoin(served, served.c.asker == source.c.asker)
        .where(Rendering.progress == Progress.WAITING, Rendering.lane == lane)
        .group_by(Rendering.id)
        .order_by(Rendering.ahead, func.max(served.c.at).nulls_first(), Rendering.asked_at, Rendering.id)
    )


def place(row: Rendering) -> int | None:
    """Return the place of a print in its queue, from 1; None when it does not wait."""
    waiting = list(db.session.scalars(in_order(row.lane)))
    return waiting.index(row.id) + 1 if row.id in waiting else None


def _served(lane: Lane) -> Subquery:
    """Select when each asker was last served in a lane."""
    source = issued()
    return (
        select(source.c.asker, func.max(Rendering.started_at).label("at"))
        .join(Rendering, Rendering.digest == source.c.digest)
        .where(Rendering.lane == lane, Rendering.started_at > utc_now() - TURN)
        .group_by(source.c.asker)
        .subquery()
    )
