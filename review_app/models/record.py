"""The public record of a review that took place elsewhere: what its sources state, line by line, nothing added."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import RecordKind
from review_app.models.base import Base, words


class PublicRecord(Base):
    """Facts of an imported review that have no place in a review run here. Stated numbers stay apart from counts."""

    __tablename__ = "public_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    method: Mapped[str] = mapped_column(String(160))
    practice: Mapped[str | None] = mapped_column(Text)
    objective: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    funding: Mapped[str | None] = mapped_column(Text)
    venue: Mapped[str | None] = mapped_column(Text)
    starts: Mapped[str | None] = mapped_column(String(10))
    ends: Mapped[str | None] = mapped_column(String(10))
    cities_stated: Mapped[int | None]
    people_stated: Mapped[int | None]
    people_note: Mapped[str | None] = mapped_column(Text)
    suggested_use: Mapped[str | None] = mapped_column(String(20))
    basis_challenges: Mapped[str] = mapped_column(String(40), default="page_context")
    basis_success_factors: Mapped[str] = mapped_column(String(40), default="page_context")
    basis_lessons: Mapped[str] = mapped_column(String(40), default="page_results")
    basis_recommendations: Mapped[str] = mapped_column(String(40), default="page_results")

    lines: Mapped[list["RecordLine"]] = relationship(
        order_by="RecordLine.position", cascade="all, delete-orphan", back_populates="record"
    )
    pages: Mapped[list["RecordPage"]] = relationship(
        order_by="RecordPage.position", cascade="all, delete-orphan", back_populates="record"
    )


class RecordLine(Base):
    """One line of a list in the record: an observer, a programme point, a challenge, a missing fact."""

    __tablename__ = "record_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("public_record.id"), index=True)
    kind: Mapped[RecordKind] = mapped_column(words(RecordKind))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    record: Mapped[PublicRecord] = relationship(back_populates="lines")


class RecordPage(Base):
    """A public page the record rests on. `published` is an ISO date as exact as the page gives it."""

    __tablename__ = "record_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("public_record.id"), index=True)
    position: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    published: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)

    record: Mapped[PublicRecord] = relationship(back_populates="pages")
