"""Frozen reports and their renderings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.languages import FALLBACK
from review_app.domain.printing import Form, Lane
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.network import Person


class ReportText(Versioned, Base):
    """The report's own texts that no return holds: written by the team, the host's word by the host."""

    __tablename__ = "report_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    context: Mapped[str] = mapped_column(Text, default="")
    practice: Mapped[str] = mapped_column(Text, default="")
    saw: Mapped[str] = mapped_column(Text, default="")
    host_word: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)


class Report(Base, Keyed):
    """A frozen snapshot of a report. Numbered when published, then never changed; a draft has no number.

    A draft made `ahead` is one that nobody has asked for yet: it is shown to nobody until its maker does.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("review_id", "kind", "number"),
        CheckConstraint("number IS NULL OR number > 0", name="number_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[int | None]
    snapshot: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    ahead: Mapped[bool] = mapped_column(default=False)

    made_by: Mapped[Person | None] = relationship()


class Progress(StrEnum):
    """How far a rendering is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Rendering(Base):
    """A snapshot on its way to paper: the row is written with the fact, a task makes it true.

    `digest` names the snapshot; the same snapshot is never rendered twice in the same form and language. `ahead` is
    one that nobody has asked for yet. `pages` are those that there are so far, until it is done.
    """

    __tablename__ = "rendering"
    __table_args__ = (
        UniqueConstraint("digest", "form", "language"),
        Index("ix_rendering_waiting", "progress", "lane", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    form: Mapped[Form] = mapped_column(words(Form), default=Form.PDF)
    language: Mapped[str] = mapped_column(String(12), default=FALLBACK)
    lane: Mapped[Lane] = mapped_column(words(Lane), default=Lane.QUICK)
    ahead: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[Progress] = mapped_column(words(Progress), default=Progress.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    app_version: Mapped[str] = mapped_column(String(40), default="")
    asked_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    started_at: Mapped[datetime | None] = mapped_column(Utc)
    done_at: Mapped[datetime | None] = mapped_column(Utc)
