"""The outbox: a letter is a row written with its fact; it leaves afterwards, and its rights are checked then."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.models.base import Base, Utc, utc_now
from review_app.models.network import Person
from review_app.models.review import Review


class Letter(Base):
    """One letter to one address. `once` names the occasion, so that the same letter is never queued twice.

    `values` holds what the text needs besides the review and the person: links and dates, never criticism.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_waiting", "sent_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    once: Mapped[str] = mapped_column(String(160), unique=True)
    address: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    queued_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    due_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    sent_at: Mapped[datetime | None] = mapped_column(Utc)
    given_up_at: Mapped[datetime | None] = mapped_column(Utc)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person | None] = relationship()
    review: Mapped[Review | None] = relationship()
