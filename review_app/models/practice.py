"""What the host wrote: the practice description under stable question keys, and its key figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.models.base import Base, Utc, Versioned, utc_now


class PracticeSection(Versioned, Base):
    """One section of the practice description; sections are saved, versioned and merged each for itself."""

    __tablename__ = "practice_section"
    __table_args__ = (UniqueConstraint("review_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    section: Mapped[str] = mapped_column(String(60))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)


class KeyFigure(Base):
    """A number of the practice with unit, year and source (METHOD.md F5 indicators)."""

    __tablename__ = "key_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str] = mapped_column(String(120))
    value: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(60), default="")
    year: Mapped[str] = mapped_column(String(10), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
