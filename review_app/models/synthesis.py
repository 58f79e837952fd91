"""What the team makes of the returns: messages with links to every source item, and the host's fact check."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import CommentAnswer, CommentKind, Consensus, ItemKind
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.feedback import FeedbackItem
from review_app.models.network import Person


class Message(Versioned, Keyed, Base):
    """A consolidated message (METHOD.md F15). Its support is counted from its sources, never typed."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(words(ItemKind))
    headline: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(String(200), default="")
    consensus: Mapped[Consensus | None] = mapped_column(words(Consensus))
    question: Mapped[int | None]
    rank: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    sources: Mapped[list["MessageSource"]] = relationship(back_populates="message", cascade="all, delete-orphan")


class MessageSource(Base):
    """An item inside a message; an item stands in one message at most, so the report says it once."""

    __tablename__ = "message_source"
    __table_args__ = (UniqueConstraint("item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("feedback_item.id"))

    message: Mapped[Message] = relationship(back_populates="sources")
    item: Mapped[FeedbackItem] = relationship()


class FactComment(Versioned, Keyed, Base):
    """A comment of the host on the draft (METHOD.md F18), and the answer of the rapporteur."""

    __tablename__ = "fact_comment"
    __table_args__ = (CheckConstraint("answer IS NULL OR answered_at IS NOT NULL", name="answer_has_moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    about: Mapped[str] = mapped_column(String(160))
    quoted: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[CommentKind] = mapped_column(words(CommentKind))
    comment: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(500), default="")
    print_view: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    answer: Mapped[CommentAnswer | None] = mapped_column(words(CommentAnswer))
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Utc)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
