"""The network: organisations, the people who belong to them, and the few rights that hang on an account."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import NetworkRight, PlaceKind
from review_app.models.base import Base, Keyed, Utc, utc_now, words


class Organisation(Base):
    """A member organisation with a territory: "city" in the wide sense. Coordinates in degrees."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("name", "country", "kind"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    local_name: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2))
    kind: Mapped[PlaceKind] = mapped_column(words(PlaceKind), default=PlaceKind.CITY)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Brussels")
    is_member: Mapped[bool] = mapped_column(default=False)
    fictional: Mapped[bool] = mapped_column(default=False)

    people: Mapped[list["Person"]] = relationship(back_populates="organisation")


class Person(Base, Keyed):
    """Somebody with an account. `identity` is the folded address that makes accounts unique."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    identity: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    function: Mapped[str] = mapped_column(String(160), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    organisation: Mapped[Organisation | None] = relationship(back_populates="people")
    rights: Mapped[list["NetworkRole"]] = relationship(back_populates="person")


class NetworkRole(Base):
    """A right in the whole network: the second, small table beside the roles in a review."""

    __tablename__ = "network_role"
    __table_args__ = (UniqueConstraint("person_id", "right"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    right: Mapped[NetworkRight] = mapped_column(words(NetworkRight))

    person: Mapped[Person] = relationship(back_populates="rights")
