"""A draft of a synthesis that nobody has published is deleted, with all that was written in it and its history."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.workflow import Verdict
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.network import Person
from review_app.models.network_synthesis import (
    Synthesis,
    SynthesisCode,
    SynthesisEdition,
    SynthesisFinding,
    SynthesisReview,
    SynthesisTheme,
)
from review_app.services import audit, network_synthesis, synthesis_publishing

PUBLISHED = _(
    "This synthesis is published, so it cannot be deleted: people may have quoted it. "
    "What is wrong in it is put right by a new edition."
)


@dataclass(frozen=True)
class Going:
    """How much goes with a draft: `statements` are those under themes, `versions` those of every text.

    `reviews` are those that were chosen for it; they stay.
    """

    findings: int
    themes: int
    statements: int
    versions: int
    prints: int
    reviews: int


def may_delete(synthesis: Synthesis) -> Verdict:
    """Tell whether a synthesis can still be deleted: until it is published."""
    return Verdict(allowed=synthesis.published_at is None, sentence=PUBLISHED)


def going(synthesis: Synthesis) -> Going:
    """Count what goes with a draft; one statement."""
    number = synthesis.id
    themes = select(SynthesisTheme.id).where(SynthesisTheme.synthesis_id == number)
    coded = select(SynthesisCode.review_id, SynthesisCode.statement).where(SynthesisCode.theme_id.in_(themes))
    counts = (
        _count(SynthesisFinding, SynthesisFinding.synthesis_id == number),
        _count(SynthesisTheme, SynthesisTheme.synthesis_id == number),
        _count(coded.distinct().subquery()),
        _count(Revision, _versions(synthesis)),
        _count(SynthesisEdition, SynthesisEdition.synthesis_id == number, ~SynthesisEdition.ahead),
        _count(SynthesisReview, SynthesisReview.synthesis_id == number),
    )
    return Going(*db.session.execute(select(*counts)).one())


def remove(synthesis: Synthesis, person: Person | None) -> None:
    """Delete a draft for good. Raises Unacceptable once it is published, or when somebody was faster.

    The reviews and their reports stay; the audit trail keeps that it was deleted, by whom and when.
    """
    network_synthesis.hold(synthesis)
    verdict = may_delete(synthesis)
    if not verdict:
        raise Unacceptable(verdict.sentence)
    synthesis_publishing.drop_drafts(synthesis)
    # The database gives the numbers to other rows one day: what was written must not become their history.
    db.session.execute(delete(Revision).where(_versions(synthesis)))
    audit.note("delete a synthesis", person, thing=synthesis.level.value, about=synthesis.ref)
    db.session.delete(synthesis)
    db.session.flush()


def _versions(synthesis: Synthesis) -> ColumnElement[bool]:
    """The versions of its texts, of its themes, and of themes that were removed: those lie under its own number."""
    texts, theme = Synthesis.__tablename__, SynthesisTheme.__tablename__
    themes = select(SynthesisTheme.id).where(SynthesisTheme.synthesis_id == synthesis.id)
    return or_(
        (Revision.thing == texts) & (Revision.thing_id == synthesis.id),
        (Revision.thing == theme) & Revision.thing_id.in_(themes),
        Revision.thing.startswith(f"{theme} ", autoescape=True) & (Revision.thing_id == synthesis.id),
    )


def _count(rows: Any, *which: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(rows).where(*which).scalar_subquery()
