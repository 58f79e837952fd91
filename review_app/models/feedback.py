"""What the peers said: one return a city, and its feedback items."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import Attribution, ItemKind, Use
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.network import Organisation
from review_app.models.review import Review


class Return(Versioned, Base):
    """The feedback of one city on one review; written by everybody who speaks for the city."""

    __tablename__ = "city_return"
    __table_args__ = (UniqueConstraint("review_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Utc)
    begun_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    review: Mapped[Review] = relationship()
    organisation: Mapped[Organisation] = relationship()
    items: Mapped[list["FeedbackItem"]] = relationship(
        back_populates="city_return", order_by="FeedbackItem.id", cascade="all, delete-orphan"
    )


class FeedbackItem(Versioned, Keyed, Base):
    """One thing a city says (METHOD.md F14). Answers that only some kinds ask for stand in `answers`."""

    __tablename__ = "feedback_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("city_return.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(words(ItemKind))
    headline: Mapped[str] = mapped_column(String(140), default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[int | None]
    attribution: Mapped[Attribution] = mapped_column(words(Attribution), default=Attribution.ANONYMOUS)
    use: Mapped[Use] = mapped_column(words(Use), default=Use.REPORT)
    language: Mapped[str] = mapped_column(String(12), default="en")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    city_return: Mapped[Return] = relationship(back_populates="items")
