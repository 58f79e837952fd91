"""Takes a person out of what was written: their own words go or lose their author, others' words lose the name."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, ColumnElement, Row, String, Table, delete, exists, select, update
from sqlalchemy.orm import aliased

from review_app.domain.privacy import FORMER, Erased, register
from review_app.domain.traces import Traces
from review_app.domain.vocabulary import Attribution
from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
from review_app.models.network import Person
from review_app.models.review import JournalEntry
from review_app.models.synthesis import MessageSource

ITEM = FeedbackItem.__tablename__
FORMER_IDENTITY = "former participant"
"""No address looks like this, so nobody can have it."""
NOT_TEXT = frozenset((("letter", "once"), ("letter", "address")))
OTHERS = frozenset(("person", "personal_link", "failed_try", "erasure", "report", "synthesis_edition"))
"""Rows of these are somebody's own, or are seen to elsewhere: no name is looked for in them."""
OWN_REASON = "decline the invitation"


def former() -> Person:
    """Return the one row that stands for everybody who was erased: what it signed cannot be told apart any more."""
    row = db.session.scalar(select(Person).where(Person.identity == FORMER_IDENTITY))
    if row is None:
        row = Person(email="", identity=FORMER_IDENTITY, name=FORMER, is_active=False)
        db.session.add(row)
        db.session.flush()
    return row


def items_of(person: Person) -> tuple[list[FeedbackItem], list[FeedbackItem]]:
    """Return the items a person wrote in: those that go with them, and those that stay.

    An item stays where the city agreed to be named with it, for then it is the city's word; and where a colleague
    wrote in it as well, for then it is the colleague's too. Any other is what one person said, and goes.
    """
    mine = _wrote(Revision.person_id == person.id)
    nobody = select(Person.id).where(Person.identity == FORMER_IDENTITY)
    others = (Revision.person_id != person.id, Revision.person_id.not_in(nobody))
    shared = _wrote(*others)
    stays = (FeedbackItem.attribution == Attribution.CITY) | shared
    rows = db.session.execute(select(FeedbackItem, stays).where(mine).order_by(FeedbackItem.id)).all()
    return [item for item, kept in rows if not kept], [item for item, kept in rows if kept]


def remove_words(person: Person) -> set[int]:
    """Delete what only this person said, with its history; return the reviews that lost something."""
    going, _staying = items_of(person)
    numbers = [item.id for item in going]
    reviews = set(db.session.scalars(select(Return.review_id).join(FeedbackItem).where(FeedbackItem.id.in_(numbers))))
    db.session.execute(delete(MessageSource).where(MessageSource.item_id.in_(numbers)))
    db.session.execute(delete(Revision).where(Revision.thing == ITEM, Revision.thing_id.in_(numbers)))
    for item in going:  # one by one: what hangs on an item goes with it, files included
        db.session.delete(item)
    db.session.flush()
    _remove_versions(person)
    own = (JournalEntry.person_id == person.id, JournalEntry.action == OWN_REASON)
    db.session.execute(update(JournalEntry).where(*own).values(reason=""))
    return reviews


def unsign(person: Person) -> None:
    """Put "former participant" wherever the register keeps a row that the person signed."""
    number = former().id
    for said in register().columns(Erased.UNSIGNED):
        column = _table(said.table).c[said.name]
        db.session.execute(update(column.table).where(column == person.id).values({column: number}))


def clean(traces: Traces) -> None:
    """Take name and address out of every text that stays."""
    for table, columns in _texts():
        key = next(iter(table.primary_key))
        for row in db.session.execute(select(key, *columns)).all():
            changed = dict(_cleaned(row, columns, traces))
            if changed:
                db.session.execute(update(table).where(key == row[0]).values(changed))


def _cleaned(row: Row[Any], columns: list[Any], traces: Traces) -> Iterator[tuple[Any, Any]]:
    values: tuple[Any, ...] = tuple(row)[1:]
    for column, value in zip(columns, values, strict=True):
        if traces.are_in(value):
            text = traces.out_of(value)
            yield column, text[: column.type.length] if isinstance(column.type, String) else text


def _texts() -> Iterator[tuple[Table, list[Any]]]:
    """Return the tables in which somebody may be named, with the columns of text."""
    for named in register().tables.values():
        if named.name in OTHERS:
            continue
        table = _table(named.name)
        wanted = (table.c[one.name] for one in named.columns if (named.name, one.name) not in NOT_TEXT)
        columns = [column for column in wanted if isinstance(column.type, String | JSON)]
        if columns:
            yield table, columns


def _remove_versions(person: Person) -> None:
    """Delete the versions a person saved, but for the one that stands: that one stays, unsigned."""
    newer = aliased(Revision)
    same = (newer.thing == Revision.thing, newer.thing_id == Revision.thing_id, newer.number > Revision.number)
    mine = Revision.person_id == person.id
    db.session.execute(delete(Revision).where(mine, exists().where(*same)))
    remove_leftovers(mine)


def remove_leftovers(*where: ColumnElement[bool]) -> int:
    """Delete versions of rows that are no longer there; return how many there were."""
    gone = 0
    for thing in db.session.scalars(select(Revision.thing).where(*where).distinct()).all():
        found = delete(Revision).where(*where, Revision.thing == thing, *_without_row(thing))
        gone += len(db.session.scalars(found.returning(Revision.id)).all())
    return gone


def _without_row(thing: str) -> Iterator[ColumnElement[bool]]:
    """A text is kept under its table, with the part of the row where it has several; a removed one with its key."""
    if " " not in thing:
        yield Revision.thing_id.not_in(select(_table(thing.partition(".")[0]).c.id))


def _wrote(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Revision.thing == ITEM, Revision.thing_id == FeedbackItem.id, *where)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
