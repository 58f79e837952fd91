"""Messages that were edited in a Word file: compared with those that stand, taken over one by one (METHOD.md F15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line, clean_text
from review_app.extensions.database import db
from review_app.files.inspection import read_word
from review_app.models.review import Review
from review_app.models.synthesis import Message
from review_app.queries.report_material import KIND_RANK
from review_app.queries.seats import Seat
from review_app.reports.exports.office.marks import PARTS, Part, digest, message_of, plain
from review_app.reports.exports.word_back import Edited, Found
from review_app.services import messages, workflow
from review_app.services.messages import ACTION, BODY, DISSENT, HEADLINE, Wording

MEGABYTE = 1_000_000
LIMITS: Mapping[Part, int] = {Part.HEADLINE: HEADLINE, Part.BODY: BODY, Part.DISSENT: DISSENT}
OTHER_REVIEW = _("This file belongs to another review. Choose the one that you downloaded here.")
NO_MESSAGE = _(
    "No message of the draft was found in this file. Download the draft here, edit that file and choose it: text that "
    "is copied into a new file cannot be recognised."
)


class State(StrEnum):
    """What became of a message since the file was made."""

    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    GONE = "gone"
    MISSING = "missing"


@dataclass(frozen=True)
class Edit:
    """What a file wants of one message: the parts it changes, what each part was, the version a person has seen."""

    key: str
    texts: Mapping[Part, str]
    was: tuple[str, str, str]
    seen_version: int


@dataclass(frozen=True)
class Change:
    """One part in two texts: as it stands here, and as the file has it. `both`: it was changed here as well."""

    part: Part
    now: str
    then: str
    both: bool


@dataclass(frozen=True)
class Compared:
    """A message and what the file says of it. A message that is gone has no key, and shows the file's headline."""

    state: State
    headline: str
    key: str = ""
    version: int = 0
    was: tuple[str, str, str] = ("", "", "")
    changes: tuple[Change, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        """Tell whether there is anything to take over."""
        return self.state in (State.CHANGED, State.CONFLICT)


@dataclass(frozen=True)
class Comparison:
    """All messages of a file beside those of the review. `content` names the frozen report the file was made of."""

    lines: tuple[Compared, ...]
    content: str = ""

    def of(self, *states: State) -> list[Compared]:
        """Return the messages in some states."""
        return [line for line in self.lines if line.state in states]


class Overtaken(Exception):
    """Somebody has changed or removed some of the messages since the page was shown; nothing was taken over."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__("messages were changed meanwhile")
        self.keys = tuple(keys)


def read(content: bytes, *, most: int) -> Found:
    """Return the messages in a file of at most `most` bytes; nothing of the file is kept.

    Ends the transaction first, for checking takes a while: take the seat anew afterwards. Raises Unacceptable with
    the field "file" to blame.
    """
    db.session.rollback()
    if len(content) > most:
        sentence = _("The file is larger than %(most)s MB, and no report is. Take large pictures out of it.")
        raise Unacceptable(sentence, {"most": most // MEGABYTE}, field="file")
    return read_word(content)


def compare(found: Found, seat: Seat) -> Comparison:
    """Return every message in the order of the report, then those of the file that are gone.

    Raises Unacceptable with the field "file" when the file is of another review or holds no message.
    """
    workflow.require(seat, ACTION)
    _check_origin(found, seat.review)
    rows = _rows(seat.review)
    edited = {one.mark: one for one in found.messages}
    lines = [_compared(row, edited.pop(message_of(row.key), None)) for row in rows]
    gone = (_gone({part: one.text(part) for part in PARTS}) for one in edited.values())
    return Comparison((*lines, *gone), found.content)


def compare_again(edits: Sequence[Edit], seat: Seat) -> Comparison:
    """Return the same for what a page carried; who may not write messages is refused."""
    workflow.require(seat, ACTION)
    rows = {row.key: row for row in _rows(seat.review)}
    return Comparison(tuple(_difference(rows[one.key], one) if one.key in rows else _gone(one.texts) for one in edits))


def take(edits: Sequence[Edit], seat: Seat) -> int:
    """Take edits over, all or none; return how many messages have changed.

    Raises Refused outside the stage, Overtaken when somebody was faster, Unacceptable with `<key>-<part>` as its field
    for a text that is too long or a headline that is missing.
    """
    workflow.require(seat, ACTION)
    rows = {row.key: row for row in _rows(seat.review)}
    late = [one.key for one in edits if one.key not in rows or rows[one.key].version != one.seen_version]
    if late:
        raise Overtaken(late)
    for one in edits:
        _check_texts(one)
    for one in edits:
        row = rows[one.key]
        messages.revise(row, _wording(row, one.texts), seat, seen_version=one.seen_version)
    return len(edits)


def _check_origin(found: Found, review: Review) -> None:
    if found.review and found.review != review.ref:
        raise Unacceptable(OTHER_REVIEW, field="file")
    if not found.messages:
        raise Unacceptable(NO_MESSAGE, field="file")


def _rows(review: Review) -> list[Message]:
    query = select(Message).where(Message.review_id == review.id).order_by(KIND_RANK, Message.rank, Message.id)
    return list(db.session.scalars(query))


def _compared(row: Message, edited: Edited | None) -> Compared:
    if edited is None:
        return Compared(State.MISSING, row.headline, row.key)
    return _difference(row, Edit(row.key, _texts(row, edited), edited.was, row.version))


def _texts(row: Message, edited: Edited) -> dict[Part, str]:
    """Return the parts that somebody has changed in the file; a headline that was deleted is none."""
    found = {part: edited.text(part) for part in PARTS}
    if not found[Part.HEADLINE]:
        del found[Part.HEADLINE]
    was = dict(zip(PARTS, edited.was, strict=True))
    return {part: _shaped(text, row, part) for part, text in found.items() if digest(text, part) != was[part]}


def _shaped(text: str, row: Message, part: Part) -> str:
    """Return a text as it is kept: paragraphs stay as far apart as they were."""
    wide = part is Part.BODY and "\n\n" in row.body
    return clean_text(text.replace("\n", "\n\n") if wide else text)


def _difference(row: Message, edit: Edit) -> Compared:
    was = dict(zip(PARTS, edit.was, strict=True))
    changes = tuple(
        Change(part, _part(row, part), text, both=digest(_part(row, part), part) != was[part])
        for part, text in edit.texts.items()
        if plain(text, part) != plain(_part(row, part), part)
    )
    state = State.CONFLICT if any(one.both for one in changes) else State.CHANGED if changes else State.SAME
    return Compared(state, row.headline, row.key, version=row.version, was=edit.was, changes=changes)


def _gone(texts: Mapping[Part, str]) -> Compared:
    """Show what the file says of a message that is no longer there, so that it can be used elsewhere."""
    changes = tuple(Change(part, "", clean_text(text), both=False) for part, text in texts.items() if text)
    return Compared(State.GONE, clean_line(texts.get(Part.HEADLINE, "")), changes=changes)


def _part(row: Message, part: Part) -> str:
    return {Part.HEADLINE: row.headline, Part.BODY: row.body, Part.DISSENT: row.dissent}[part]


def _check_texts(edit: Edit) -> None:
    for part, text in edit.texts.items():
        length, field = len(clean_text(text)), f"{edit.key}-{part}"
        if part is Part.HEADLINE and not length:
            raise Unacceptable(_("Write the message in one full sentence."), field=field)
        if length > LIMITS[part]:
            sentence = _("This has %(given)s characters; at most %(most)s are taken. Shorten it.")
            raise Unacceptable(sentence, {"given": length, "most": LIMITS[part]}, field=field)


def _wording(row: Message, texts: Mapping[Part, str]) -> Wording:
    return Wording(
        row.kind,
        texts.get(Part.HEADLINE, row.headline),
        body=texts.get(Part.BODY, row.body),
        dissent=texts.get(Part.DISSENT, row.dissent),
        consensus=row.consensus,
        question=row.question,
    )
