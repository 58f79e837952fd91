"""The data behind a report as tables: plain values under stable names; nothing that the snapshot does not hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from review_app.reports.exports import shapes
from review_app.reports.exports.shapes import LIST, RECORDS, SCALAR, Leaf
from review_app.reports.frozen.snapshot import Frozen, Paper

Cell = str | int | float | bool | date | Enum | None | tuple[Any, ...]
"""A value; a tuple holds several of them, such as the cities named with a message."""
Row = Sequence[Cell]

ABOUT, MESSAGES = "about", "messages"
DEEPEST = 1
POSITION, PARENT, TEXT = "position", "parent", "text"
STATEMENT = ("section", POSITION, "is_single")


@dataclass(frozen=True)
class Table:
    """Rows under columns; names are English in snake case and stay the same in every language and edition."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def tables_of(paper: Paper) -> tuple[Table, ...]:
    """Return the tables of a report, in the order of its fields: "about", then one for every list.

    Lists inside the rows of a table make a table of their own whose column "parent" names the row they belong to,
    counted from 1. The same kind of report always has the same tables and columns, empty ones included.
    """
    tables: list[Table] = [_about(paper)]
    for leaf in shapes.leaves_of(type(paper), LIST, RECORDS):
        tables += [_list(paper, leaf)] if leaf.field.holds == LIST else _record_tables((paper,), leaf, "")
    return tuple(tables)


def table_named(paper: Paper, name: str) -> Table | None:
    """Return one table of a report by its name; None when it has none of that name."""
    return next((table for table in tables_of(paper) if table.name == name), None)


def main_table(paper: Paper) -> Table:
    """Return the table that says most: the messages, otherwise the longest one."""
    return table_named(paper, MESSAGES) or max(tables_of(paper)[1:], key=lambda table: len(table.rows))


def _about(paper: Paper) -> Table:
    """What stands once in a report: a line for each, and the code under which a copy can be checked."""
    leaves = shapes.leaves_of(type(paper), SCALAR)
    rows = ((leaf.name, _value(paper, leaf)) for leaf in leaves)
    return Table(ABOUT, ("name", "value"), (*rows, ("code", paper.code)))


def _list(paper: Paper, leaf: Leaf) -> Table:
    return Table(leaf.name, (POSITION, TEXT), tuple(enumerate(_found(paper, leaf), start=1)))


def _record_tables(owners: Sequence[Frozen], leaf: Leaf, before: str, above: tuple[type, ...] = ()) -> Iterator[Table]:
    """Return the table of the records that this leaf leads to, and of the lists in them; `before` begins its name.

    Records inside records of their own sort, as a theme in a theme, are followed `DEEPEST` times.
    """
    numbered = [(number, one) for number, owner in enumerate(owners, start=1) for one in _found(owner, leaf)]
    said = shapes.statements_in(leaf.of)
    if said is not None:
        yield _table(f"{before}{MESSAGES}", STATEMENT, said, _statements(numbered), has_parent=bool(before))
        return
    name = f"{before}{leaf.name}"
    placed = [(one, {PARENT: parent, POSITION: at}) for at, (parent, one) in enumerate(numbered, start=1)]
    yield _table(name, (POSITION,), leaf.of, placed, has_parent=bool(before))
    for inside in shapes.leaves_of(leaf.of, RECORDS):
        if (*above, leaf.of).count(inside.of) <= DEEPEST:
            yield from _record_tables([one for _parent, one in numbered], inside, f"{name}_", (*above, leaf.of))


Placed = Iterable[tuple[Frozen, Mapping[str, Cell]]]
"""Records, each with where it stands."""


def _table(name: str, places: tuple[str, ...], model: type[Frozen], records: Placed, *, has_parent: bool) -> Table:
    """Return a table: where each record stands, then its own fields; a field of the same name wins."""
    leaves = tuple(shapes.leaves_of(model, SCALAR, LIST))
    first = (PARENT, *places) if has_parent else places
    columns = tuple(dict.fromkeys((*first, *(leaf.name for leaf in leaves))))
    values = ({**place, **{leaf.name: _value(record, leaf) for leaf in leaves}} for record, place in records)
    return Table(name, columns, tuple(tuple(value[column] for column in columns) for value in values))


def _statements(numbered: Sequence[tuple[int, Any]]) -> Iterator[tuple[Frozen, Mapping[str, Cell]]]:
    """Return the messages of all sections, and the items that stand alone, in the order of the report."""
    for order, (parent, section) in enumerate(numbered, start=1):
        both = (*((one, False) for one in section.messages), *((one, True) for one in section.singles))
        for at, (message, is_single) in enumerate(both, start=1):
            yield message, {PARENT: parent, "section": order, POSITION: at, "is_single": is_single}


def _value(record: Frozen, leaf: Leaf) -> Cell:
    found: Any = record
    for name in leaf.path:
        found = getattr(found, name, None)
    value: Cell = found
    return value


def _found(record: Frozen, leaf: Leaf) -> tuple[Any, ...]:
    return tuple(_value(record, leaf) or ())  # type: ignore[arg-type]
