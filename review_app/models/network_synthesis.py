"""What the network says over many reviews (METHOD.md 4.4): the reviews, texts, themes, and on what they rest."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.domain.vocabulary import Level, Power
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.network import Person
from review_app.models.review import Review


class Synthesis(Versioned, Keyed, Base):
    """A report over many reviews. It is being written until `published_at`; each edition is frozen under a number."""

    __tablename__ = "synthesis"
    __table_args__ = (CheckConstraint("level <> 'participants'", name="level_is_of_the_network"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(150))
    network: Mapped[str] = mapped_column(String(160), default="")
    level: Mapped[Level] = mapped_column(words(Level))
    foreword: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    conclusions: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(Utc)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    findings: Mapped[list["SynthesisFinding"]] = relationship(
        order_by="SynthesisFinding.position", cascade="all, delete-orphan"
    )


class SynthesisFinding(Base):
    """One key finding, a sentence or two; five to eight are advised (METHOD.md 4.4)."""

    __tablename__ = "synthesis_finding"
    __table_args__ = (UniqueConstraint("synthesis_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class SynthesisReview(Base):
    """A review that the synthesis rests on. Its number in the report is counted when the report is frozen."""

    __tablename__ = "synthesis_review"
    __table_args__ = (UniqueConstraint("synthesis_id", "review_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id", ondelete="CASCADE"))
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]

    review: Mapped[Review] = relationship()


class SynthesisTheme(Versioned, Keyed, Base):
    """A theme that people found in the reviews, or a part of one. `power` is set for themes of challenges alone."""

    __tablename__ = "synthesis_theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("synthesis_theme.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    memo: Mapped[str] = mapped_column(Text, default="")
    power: Mapped[Power | None] = mapped_column(words(Power))
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)


class SynthesisCode(Base):
    """That a statement of a published report belongs to a theme.

    `statement` names what the report says by its content: an edition that says the same keeps its codes, one that
    says something else must be read and coded again.
    """

    __tablename__ = "synthesis_code"
    __table_args__ = (UniqueConstraint("theme_id", "review_id", "statement"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("synthesis_theme.id", ondelete="CASCADE"))
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    statement: Mapped[str] = mapped_column(String(32))
    memo: Mapped[str] = mapped_column(Text, default="")


class SynthesisEdition(Keyed, Base):
    """A frozen synthesis. Numbered when published, then never changed; a draft that was printed has no number.

    A draft made `ahead` is one that nobody has asked for yet.
    """

    __tablename__ = "synthesis_edition"
    __table_args__ = (
        UniqueConstraint("synthesis_id", "number"),
        CheckConstraint("number > 0", name="number_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id"))
    number: Mapped[int | None]
    snapshot: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    ahead: Mapped[bool] = mapped_column(default=False)

    synthesis: Mapped[Synthesis] = relationship()
    made_by: Mapped[Person | None] = relationship()
