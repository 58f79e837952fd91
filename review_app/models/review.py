"""The review, the aggregate everything stands around: its cities, people, questions, dates and marks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import Level, Precision, Regime, Role, Side
from review_app.domain.workflow import CANCELLED, ON_HOLD
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.network import Organisation, Person


class MethodEdition(Base):
    """A method as it was when a review began: never changed, so a new edition moves no running review."""

    __tablename__ = "method_edition"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    edition: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)


class Review(Versioned, Base):
    """One critical friend review. Only services.workflow.perform writes `stage`."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("published_at IS NULL OR level IS NOT NULL", name="published_has_level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(80), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("method_edition.id"))
    stage: Mapped[str] = mapped_column(String(40), index=True)
    stage_before: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(150))
    theme: Mapped[str] = mapped_column(String(80), default="")
    network: Mapped[str] = mapped_column(String(160), default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    venue: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    precision: Mapped[Precision] = mapped_column(words(Precision), default=Precision.DAY)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Brussels")
    language: Mapped[str] = mapped_column(String(12), default="en")
    regime: Mapped[Regime | None] = mapped_column(words(Regime))
    level: Mapped[Level | None] = mapped_column(words(Level))
    embargo_until: Mapped[datetime | None] = mapped_column(Utc)
    published_at: Mapped[datetime | None] = mapped_column(Utc)
    funding: Mapped[str] = mapped_column(String(300), default="")
    fictional: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    edition: Mapped[MethodEdition] = relationship(lazy="joined", innerjoin=True)
    cities: Mapped[list["ReviewCity"]] = relationship(
        back_populates="review", order_by="ReviewCity.position", cascade="all, delete-orphan"
    )
    participants: Mapped[list["Participant"]] = relationship(back_populates="review", cascade="all, delete-orphan")
    questions: Mapped[list["ReviewQuestion"]] = relationship(
        back_populates="review", order_by="ReviewQuestion.number", cascade="all, delete-orphan"
    )
    marks: Mapped[list["Mark"]] = relationship(back_populates="review", cascade="all, delete-orphan")
    deadlines: Mapped[list["ReviewDeadline"]] = relationship(
        back_populates="review", order_by="ReviewDeadline.at", cascade="all, delete-orphan"
    )

    @property
    def standing(self) -> str:
        """The stage that counts for visibility: where a review on hold or cancelled stood before."""
        paused = self.stage in (ON_HOLD, CANCELLED)
        return self.stage_before or self.stage if paused else self.stage


class ReviewCity(Base, Keyed):
    """An organisation in a review as host, peer or observer. `named` is how a source or the host writes it."""

    __tablename__ = "review_city"
    __table_args__ = (UniqueConstraint("review_id", "organisation_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    side: Mapped[Side] = mapped_column(words(Side))
    position: Mapped[int] = mapped_column(default=0)
    named: Mapped[str] = mapped_column(String(120), default="")
    invited_at: Mapped[datetime | None] = mapped_column(Utc)
    accepted_at: Mapped[datetime | None] = mapped_column(Utc)
    declined_at: Mapped[datetime | None] = mapped_column(Utc)

    review: Mapped[Review] = relationship(back_populates="cities")
    organisation: Mapped[Organisation] = relationship()


class Participant(Base):
    """A role of a person in one review; for peers also the organisation they speak for."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("review_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    code_accepted_at: Mapped[datetime | None] = mapped_column(Utc)
    interests: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    review: Mapped[Review] = relationship(back_populates="participants")
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class ReviewQuestion(Base):
    """A question the host asks its peers (METHOD.md F7), numbered from 1."""

    __tablename__ = "review_question"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = relationship(back_populates="questions")


class Mark(Base):
    """A signature, a release, a confirmation: who set it, in which role, and when."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("review_id", "name", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[Role] = mapped_column(words(Role))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    review: Mapped[Review] = relationship(back_populates="marks")
    person: Mapped[Person] = relationship()


class ReviewDeadline(Base):
    """A dated duty of this review: computed from the visit, or moved by hand and then left alone."""

    __tablename__ = "review_deadline"
    __table_args__ = (UniqueConstraint("review_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Utc, index=True)
    moved: Mapped[bool] = mapped_column(default=False)

    review: Mapped[Review] = relationship(back_populates="deadlines")


class JournalEntry(Base):
    """What happened to a review, in order: appended by services.workflow, never changed."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    action: Mapped[str] = mapped_column(String(80))
    came_from: Mapped[str] = mapped_column(String(40))
    led_to: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    person: Mapped[Person | None] = relationship()
