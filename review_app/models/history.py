"""Earlier versions of every text that two people can edit."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.models.base import Base, Utc, utc_now
from review_app.models.network import Person


class Revision(Base):
    """One saved version of one text: `thing` is the table, with a part of it after a dot, `thing_id` its row.

    `open_since` is set while the version grows by autosave: since when; None once it stands for good.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("thing", "thing_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    open_since: Mapped[datetime | None] = mapped_column(Utc)

    person: Mapped[Person | None] = relationship()
