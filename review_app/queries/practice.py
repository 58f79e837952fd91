"""What the host has written: sections and key figures. The gate has asked the visibility table."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from review_app.domain.forms import Form, Section
from review_app.extensions.database import db
from review_app.models.practice import KeyFigure, PracticeSection
from review_app.models.review import Review

COLUMNS = ("label", "value", "unit", "year", "source")


@dataclass(frozen=True)
class Written:
    """A section of the form with what is written in it; `version` is 0 before anybody wrote."""

    section: Section
    answers: dict[str, Any]
    version: int = 0

    @property
    def status(self) -> str:
        """Say "empty", "begun" or "done"."""
        return self.section.status(self.answers)


def section(review: Review, name: str) -> PracticeSection | None:
    """Return the row of one section of this review."""
    query = select(PracticeSection).where(PracticeSection.review_id == review.id, PracticeSection.section == name)
    return db.session.scalar(query)


def written(review: Review, form: Form) -> list[Written]:
    """Return every section of the form in order, with its answers: one statement."""
    rows = db.session.scalars(select(PracticeSection).where(PracticeSection.review_id == review.id))
    known = {row.section: row for row in rows}
    return [_written(one, known.get(one.name)) for one in form.sections]


def one(review: Review, wanted: Section) -> Written:
    """Return one section with its answers."""
    return _written(wanted, section(review, wanted.name))


def _written(of: Section, row: PracticeSection | None) -> Written:
    return Written(of, dict(row.answers), row.version) if row else Written(of, {})


def figures(review: Review) -> list[dict[str, str]]:
    """Return the key figures in order, as rows of words."""
    query = (
        select(*(getattr(KeyFigure, name) for name in COLUMNS))
        .where(KeyFigure.review_id == review.id)
        .order_by(KeyFigure.position, KeyFigure.id)
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in db.session.execute(query)]
