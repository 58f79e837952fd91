"""What people agreed to, item by item; and that somebody was erased, without who."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.models.base import Base, Utc, utc_now, words


class Matter(StrEnum):
    """What an author agrees to with an item (METHOD.md F25): that the city is named, that the words are printed."""

    CITY = "city"
    USE = "use"


class Consent(Base):
    """One matter of one item: who agreed and when, and when it was taken back. No row: nobody agreed."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("item_id", "matter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("feedback_item.id", ondelete="CASCADE"))
    matter: Mapped[Matter] = mapped_column(words(Matter))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)


class Erasure(Base):
    """An erased person: the random key and the moment. `settled_at` is when no byte of theirs was left on the disk."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    settled_at: Mapped[datetime | None] = mapped_column(Utc)
