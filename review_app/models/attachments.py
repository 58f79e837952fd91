"""Photos, slides and documents: what a file shows and who owns it; its bytes lie in the storage of files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, backref, mapped_column, relationship

from review_app.domain.vocabulary import Media
from review_app.extensions.storage import delete_with_commit
from review_app.models.base import Base, Keyed, Utc, Versioned, utc_now, words
from review_app.models.feedback import FeedbackItem
from review_app.models.review import Review


class Attachment(Versioned, Keyed, Base):
    """A file of the practice, or with an item the evidence of that item (METHOD.md F26). Sizes in bytes."""

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("media = 'application/pdf' OR alternative <> ''", name="alternative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_item.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    stored_as: Mapped[str] = mapped_column(String(64), unique=True)
    media: Mapped[Media] = mapped_column(words(Media))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(140))
    alternative: Mapped[str] = mapped_column(String(300), default="")
    credit: Mapped[str] = mapped_column(String(140), default="")
    licence: Mapped[str] = mapped_column(String(140), default="")
    may_be_published: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)
    saved_at: Mapped[datetime] = mapped_column(Utc, default=utc_now)

    review: Mapped[Review] = relationship()
    item: Mapped[FeedbackItem | None] = relationship(
        backref=backref("attachments", cascade="all, delete-orphan", order_by="Attachment.id")
    )


@event.listens_for(Attachment, "after_delete")
def _file_follows(_mapper: Mapper[Attachment], _connection: Connection, gone: Attachment) -> None:
    """Whoever deletes a row deletes its file, once it is committed."""
    delete_with_commit(gone.stored_as)
