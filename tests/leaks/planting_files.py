"""Plants words in files: in what is said about each and in its bytes, beside the practice and beside items."""

from review_app.domain.vocabulary import Media
from review_app.extensions import storage
from review_app.extensions.database import db
from review_app.models.attachments import Attachment
from tests.leaks import reference as who

SAID = ("title", "alternative", "credit", "licence")


def beside_the_practice(planted, review, now):
    """Hang a document on the practice."""
    _document(planted, review, now.practice(), called="file practice")


def beside_an_item(planted, review, item, seen):
    """Hang a document on an item."""
    _document(planted, review, seen, called=f"file {item.use.value}", item=item)


def _document(planted, review, seen, *, called, item=None):
    inside = planted.word("attachment's bytes", seen)
    row = Attachment(
        key=planted.key("attachment.key", seen),
        review_id=review.id,
        item_id=item.id if item else None,
        stored_as=storage.put_with_commit(f"{inside} is what this file says".encode()),
        media=Media.PDF,
        size=40,
        sha256="0" * 64,
        pages=1,
        file_name=planted.word("attachment.file_name", seen) + ".pdf",
        # A description is for those who cannot see a picture, and a document shows none.
        **{
            name: planted.word(f"attachment.{name}", seen, who.NOBODY if name == "alternative" else seen)
            for name in SAID
        },
    )
    db.session.add(row)
    planted.keys[called] = row.key
