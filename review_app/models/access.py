"""Ways in: sessions that can be revoked, personal links that work once, failed tries, answered submissions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import Role
from review_app.models.base import Base, Utc, utc_now, words
from review_app.models.network import Organisation, Person


class Purpose(StrEnum):
    """What a personal link is for."""

    INVITATION = "invitation"
    SIGN_IN = "sign_in"
    RESET = "reset"


class SignIn(Base):
    """One session on one device. The cookie holds the token, this row only its digest; gone means signed out."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    seen_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    person: Mapped[Person] = relationship()


class PersonalLink(Base):
    """A link in a letter: single use, expiring, kept as a digest, consumed only by a POST.

    An invitation names the address it went to and, when it is to a review, the role and the organisation.
    """

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(words(Purpose))
    email: Mapped[str] = mapped_column(String(254))
    identity: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    role: Mapped[Role | None] = mapped_column(words(Role))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)

    organisation: Mapped[Organisation | None] = relationship()


class FailedTry(Base):
    """A wrong password, counted per account and per address; both as digests, deleted after a day."""

    __tablename__ = "failed_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now, index=True)


class Submission(Base):
    """A form that was answered: the same nonce again gets the same answer and writes nothing."""

    __tablename__ = "submission"

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Utc, default=utc_now, index=True)
