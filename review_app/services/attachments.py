"""Photos, slides and documents: checked, kept with their row or not at all, changed and removed (METHOD.md F26)."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from review_app.config import Settings
from review_app.domain.file_names import clean_file_name
from review_app.domain.marking import _
from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.vocabulary import Media
from review_app.domain.workflow import Verdict
from review_app.extensions import storage
from review_app.extensions.database import db
from review_app.files.inspection import Clean, inspect
from review_app.models.attachments import Attachment
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem
from review_app.queries import attachments, feedback
from review_app.queries.seats import Seat
from review_app.services import history
from review_app.services.feedback import KEY
from review_app.services.practice import ACTION as DESCRIBE
from review_app.services.workflow import require

ENDINGS = {Media.PNG: ".png", Media.JPEG: ".jpg", Media.PDF: ".pdf"}
MEGABYTE = 1_000_000
# No request takes an hour: what has no row after that belongs to nobody.
ORPHANED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Words:
    """What is said about a file."""

    title: str
    alternative: str = ""
    credit: str = ""
    licence: str = ""
    may_be_published: bool = False


@dataclass(frozen=True)
class Quota:
    """How much may be kept: bytes of one file, of a review, of a person; files beside one thing."""

    file: int
    review: int
    person: int
    most: int

    @classmethod
    def of(cls, settings: Settings) -> "Quota":
        """Read it from the settings."""
        return cls(settings.file_bytes, settings.review_file_bytes, settings.person_file_bytes, settings.most_files)


@dataclass(frozen=True)
class Taken:
    """A file that is checked and kept, and waits for its row."""

    stored_as: str
    clean: Clean
    file_name: str


class Sweep(NamedTuple):
    """What a sweep found: files without a row, now deleted, and names of files that a row misses."""

    orphans: int
    danglers: list[str]


def take(content: bytes, file_name: str, words: Words, *, quota: Quota) -> Taken:
    """Check a file and keep its clean copy, until the next commit writes its row or nothing keeps it.

    Ends the transaction first: checking takes seconds, and nobody else shall wait for the lock meanwhile. Take the
    seat anew afterwards. Raises Unacceptable with the field to blame, or StorageDown.
    """
    db.session.rollback()
    if len(content) > quota.file:
        sentence = _("The file has %(given)s MB; at most %(most)s MB are taken. Make it smaller or take a part of it.")
        raise Unacceptable(sentence, {"given": _mb(len(content)), "most": _mb(quota.file)}, field="file")
    clean = inspect(content)
    _check_words(words, clean.media)
    name = clean_file_name(file_name, ENDINGS[clean.media])
    return Taken(storage.put_with_commit(clean.content), clean, name)


def add(taken: Taken, words: Words, seat: Seat, *, key: str, quota: Quota, item: FeedbackItem | None) -> Attachment:
    """Write the row of a file that was taken: beside an item, or without one beside the practice.

    Raises Refused outside the stage, or Unacceptable when the return is sent or there is no room left.
    """
    _require(seat, item)
    if not KEY.match(key):
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    _check_room(taken.clean, seat, item, quota)
    clean = taken.clean
    row = Attachment(
        key=key,
        review_id=seat.review.id,
        item_id=item.id if item else None,
        person_id=seat.person.id if seat.person else None,
        stored_as=taken.stored_as,
        media=clean.media,
        size=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        width=clean.width,
        height=clean.height,
        pages=clean.pages,
        file_name=taken.file_name,
    )
    db.session.add(row)
    return _put(row, words, seat)


def leave(taken: Taken) -> None:
    """Let go of a file that was taken and gets no row."""
    storage.delete_with_commit(taken.stored_as)


def change(row: Attachment, words: Words, seat: Seat, *, seen_version: int | None) -> Attachment:
    """Change what is said about a file. Raises Refused, Unacceptable, or Stale when somebody did so meanwhile."""
    _require(seat, row.item)
    _check_words(words, row.media)
    if words == words_of(row):
        return row
    # A form that knows of no version was opened before the file was there.
    history.check(row, seen_version or 0, asdict(words_of(row)))
    return _put(row, words, seat)


def remove(row: Attachment, seat: Seat) -> None:
    """Remove a file for good; its bytes go once this is committed."""
    _require(seat, row.item)
    db.session.delete(row)
    db.session.flush()


def words_of(row: Attachment) -> Words:
    """Return what is said about a file."""
    return Words(row.title, row.alternative, row.credit, row.licence, row.may_be_published)


def read(row: Attachment) -> bytes:
    """Return the bytes of a file. Raises FileNotFoundError, or StorageDown."""
    return storage.store().get(row.stored_as)


def kept() -> Iterator[tuple[str, bytes]]:
    """Return every kept file under its name in the storage, those of no row as well: for backups."""
    return ((one.name, storage.store().get(one.name)) for one in storage.store().listed())


def missing() -> list[str]:
    """Return the names of files that a row points at and that are not there; ends the transaction."""
    db.session.rollback()
    rows = set(db.session.scalars(select(Attachment.stored_as)))
    db.session.rollback()
    return sorted(rows - {one.name for one in storage.store().listed()})


def sweep(now: datetime) -> Sweep:
    """Delete what no row points at and is older than an hour; tell which rows miss their file.

    The storage is listed before the rows are read and without a transaction: a file always comes before its row.
    """
    lost = missing()
    old = [one.name for one in storage.store().listed() if one.since < now - ORPHANED_AFTER]
    rows = set(db.session.scalars(select(Attachment.stored_as)))
    db.session.rollback()
    orphans = [name for name in old if name not in rows]
    for name in orphans:
        storage.store().delete(name)
    half_written = storage.store().tidy(now - ORPHANED_AFTER)
    return Sweep(len(orphans) + half_written, [name for name in lost if name in rows])


def _require(seat: Seat, item: FeedbackItem | None) -> None:
    require(seat, feedback.ACTION if item else DESCRIBE)
    if item is None:
        return
    if item.city_return.organisation_id not in seat.cities:
        raise Refused(Verdict(False, _("This is not for you to do in this review.")))
    if item.city_return.submitted_at is not None:
        raise Unacceptable(_("Your city’s feedback has been sent. Reopen it first, then save again."))


def _check_words(words: Words, media: Media) -> None:
    if not words.title:
        raise Unacceptable(_("Give the file a title."), field="title")
    if media.is_picture and not words.alternative:
        raise Unacceptable(_("Say what the picture shows, for people who cannot see it."), field="alternative")


def _check_room(clean: Clean, seat: Seat, item: FeedbackItem | None, quota: Quota) -> None:
    if attachments.count_beside(seat.review, item) >= quota.most:
        sentence = _("There are %(most)s files here already, which is the most there can be. Remove one first.")
        raise Unacceptable(sentence, {"most": quota.most}, field="file")
    more = len(clean.content)
    used = attachments.bytes_in(seat.review)
    if used + more > quota.review:
        sentence = _("The files of this review may take %(most)s MB; %(used)s are used and this one needs %(more)s.")
        raise Unacceptable(sentence, _sizes(quota.review, used, more), field="file")
    mine = attachments.bytes_of(seat.person) if seat.person else 0
    if mine + more > quota.person:
        sentence = _("The files you add may take %(most)s MB; %(used)s are used and this one needs %(more)s.")
        raise Unacceptable(sentence, _sizes(quota.person, mine, more), field="file")


def _sizes(most: int, used: int, more: int) -> dict[str, str]:
    return {"most": _mb(most), "used": _mb(used), "more": _mb(more)}


def _mb(size: int) -> str:
    """Return a size in megabytes, upwards: what is too much never reads as what would fit."""
    tenths = -(-size * 10 // MEGABYTE)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10}"


def _put(row: Attachment, words: Words, seat: Seat) -> Attachment:
    for name, value in asdict(words).items():
        setattr(row, name, value)
    row.saved_at = utc_now()
    db.session.flush()
    history.keep(row, asdict(words), seat.person)
    return row
