"""Syntheses as a person may see them, and what stands in one: reviews, themes, codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.network_rights import allows
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.network_synthesis import (
    Synthesis,
    SynthesisCode,
    SynthesisEdition,
    SynthesisReview,
    SynthesisTheme,
)
from review_app.queries.paging import PAGE, Paged, within
from review_app.queries.sight import network_roles

WRITE = "write a synthesis"
_NUMBERED = SynthesisEdition.number.is_not(None)


@dataclass(frozen=True)
class Line:
    """One synthesis in a list; `reviews` is how many it rests on."""

    ref: str
    title: str
    level: Level
    published_at: datetime | None
    saved_at: datetime
    reviews: int


def writes(person: Person | None) -> bool:
    """Tell whether somebody writes syntheses."""
    return person is not None and allows(WRITE, network_roles(person))


def listed(person: Person | None, page: int) -> Paged[Line]:
    """Return one page of the syntheses somebody may see, the newest first; two statements."""
    mine = _seen(person)
    total = db.session.scalar(select(func.count(Synthesis.id)).where(mine)) or 0
    page = within(page, total)
    reviews = select(func.count(SynthesisReview.id)).where(SynthesisReview.synthesis_id == Synthesis.id)
    columns = (Synthesis.ref, Synthesis.title, Synthesis.level, Synthesis.published_at, Synthesis.saved_at)
    query = select(*columns, reviews.scalar_subquery()).where(mine).order_by(Synthesis.id.desc())
    rows = db.session.execute(query.offset((page - 1) * PAGE).limit(PAGE)).all()
    return Paged([Line(*row) for row in rows], page, total)


def find(ref: str) -> Synthesis | None:
    """Return a synthesis for those who write; the gate has asked."""
    return db.session.scalar(select(Synthesis).where(Synthesis.ref == ref))


def published(ref: str, person: Person | None) -> SynthesisEdition | None:
    """Return the newest edition of a synthesis when somebody may read it; hidden and missing are the same."""
    query = (
        select(SynthesisEdition)
        .join(Synthesis, Synthesis.id == SynthesisEdition.synthesis_id)
        .where(Synthesis.ref == ref, Synthesis.published_at.is_not(None), _seen(person), _NUMBERED)
    )
    return db.session.scalar(query.order_by(SynthesisEdition.number.desc()).limit(1))


def editions(synthesis: Synthesis) -> Sequence[SynthesisEdition]:
    """Return every published edition, the newest first."""
    query = select(SynthesisEdition).where(SynthesisEdition.synthesis_id == synthesis.id, _NUMBERED)
    return db.session.scalars(query.order_by(SynthesisEdition.number.desc())).all()


def draft(key: str, synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft with this key that somebody had printed, for those who write; the gate has asked."""
    of_it = SynthesisEdition.synthesis_id == synthesis.id, SynthesisEdition.number.is_(None), ~SynthesisEdition.ahead
    return db.session.scalar(select(SynthesisEdition).where(SynthesisEdition.key == key, *of_it))


def draft_that_says(digest: str, synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft that says just what a snapshot says, one that somebody asked for before one made ahead."""
    of_it = SynthesisEdition.synthesis_id == synthesis.id, SynthesisEdition.number.is_(None)
    query = select(SynthesisEdition).where(SynthesisEdition.digest == digest, *of_it)
    return db.session.scalar(query.order_by(SynthesisEdition.ahead, SynthesisEdition.id).limit(1))


def printers(synthesis: Synthesis) -> set[int]:
    """Return the numbers of the people who have had a draft of a synthesis printed."""
    asked = SynthesisEdition.number.is_(None), ~SynthesisEdition.ahead, SynthesisEdition.made_by_id.is_not(None)
    query = select(SynthesisEdition.made_by_id).where(SynthesisEdition.synthesis_id == synthesis.id, *asked)
    return {number for number in db.session.scalars(query) if number is not None}


def themes_of(synthesis: Synthesis) -> Sequence[SynthesisTheme]:
    """Return the themes in their order, each followed by its parts; one statement."""
    query = select(SynthesisTheme).where(SynthesisTheme.synthesis_id == synthesis.id)
    rows = db.session.scalars(query.order_by(SynthesisTheme.position, SynthesisTheme.id)).all()
    return [one for top in rows if top.parent_id is None for one in (top, *(p for p in rows if p.parent_id == top.id))]


def theme(key: str, synthesis: Synthesis) -> SynthesisTheme | None:
    """Return the theme with this key in this synthesis."""
    query = select(SynthesisTheme).where(SynthesisTheme.key == key, SynthesisTheme.synthesis_id == synthesis.id)
    return db.session.scalar(query)


def codes_of(synthesis: Synthesis) -> Sequence[SynthesisCode]:
    """Return which statements stand under which theme; one statement."""
    query = select(SynthesisCode).join(SynthesisTheme, SynthesisTheme.id == SynthesisCode.theme_id)
    return db.session.scalars(query.where(SynthesisTheme.synthesis_id == synthesis.id).order_by(SynthesisCode.id)).all()


def _seen(person: Person | None) -> ColumnElement[bool]:
    """Those who write see all; everybody else what is published for them."""
    if writes(person):
        return Synthesis.id.is_not(None)
    levels = (Level.PUBLIC,) if person is None else (Level.MEMBERS, Level.PUBLIC)
    return Synthesis.published_at.is_not(None) & Synthesis.level.in_(levels)
