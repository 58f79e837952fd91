"""Puts two rows into every table of whatever schema a database has, knowing nothing but the database's own rules."""

import re
from datetime import UTC, date, datetime

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, MetaData, String, Text, inspect, types

ROWS = (1, 2)
WORD = re.compile(r"'((?:[^']|'')*)'")
MOMENT = datetime(2026, 5, 20, 16, 0, 1, 250_000, tzinfo=UTC)
LETTERS = "Ελλάδα, Ħamrun 👩🏽‍🏫 “quoted” 100 % %s {} \n"
# Where the rules of a table say more than types, keys and lists of words do: (table, column) -> value of row n.
SPECIAL = {
    ("organisation", "latitude"): lambda n: 45.5 + n,
    ("organisation", "longitude"): lambda n: 9.25 + n,
    ("synthesis", "level"): lambda n: "members",
}


def fill(connection):
    """Insert two rows into every table that has none. Parents come before children."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version" and not connection.execute(table.select().limit(1)).first():
            words = _words(connection, table.name)
            for number in ROWS:
                connection.execute(table.insert().values(_row(table, number, words)))


def insert(connection, name, number, **given):
    """Insert one row into a table, made up but for what is given; pointers that may be empty are."""
    tables = MetaData()
    tables.reflect(connection, only=[name])
    table = tables.tables[name]
    empty = {column.name: None for column in table.columns if column.foreign_keys and column.nullable}
    first = {column.name: 1 for column in table.columns if column.foreign_keys and not column.nullable}
    made = _row(table, number, _words(connection, name))
    connection.execute(table.insert().values({**made, **empty, **first, **given}))


def everything(connection):
    """Return all that is stored: table -> list of rows as dictionaries, in a fixed order."""
    names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
    rows = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings() for name in names}
    return {name: sorted((dict(row) for row in found), key=repr) for name, found in rows.items()}


def lost(before, after):
    """Return the rows that stood in a table before and have no equal after, in the columns that are still there."""
    return [
        f"{table}: {row}"
        for table, rows in before.items()
        for row in rows
        if not any(_says(other, row) for other in after.get(table, ()))
    ]


def _says(other, row):
    return all(other[column] == value for column, value in row.items() if column in other)


def _row(table, number, words):
    return {column.name: _value(table.name, column, number, words) for column in table.columns}


def _value(table, column, number, words):
    if (table, column.name) in SPECIAL:
        return SPECIAL[table, column.name](number)
    if column.foreign_keys:
        return _existing(column, number)
    if column.name in words:
        return words[column.name]
    return _plain(column, number)


def _existing(column, number):
    """Point to the row of the same number: every key of a parent is its number, or told from it."""
    parent = next(iter(column.foreign_keys)).column
    return number if isinstance(parent.type, Integer) else _plain(parent, number)


def _plain(column, number):
    kind = column.type
    simple = {
        Boolean: True,
        Integer: number,
        Float: number + 0.5,
        Date: date(2026, 5, 1 + number % 28),
        JSON: {"n": number},
    }
    if isinstance(kind, DateTime):
        is_aware = getattr(kind, "timezone", False)
        return MOMENT if is_aware else MOMENT.replace(tzinfo=None)
    for of, value in simple.items():
        if isinstance(kind, of):
            return value
    if isinstance(kind, types.LargeBinary):
        return bytes([number, 0, 255])
    assert isinstance(kind, String | Text), f"no sample for {column}: add one to SPECIAL"
    text = f"{number} {column.name} {LETTERS * 3}"
    return text[: kind.length] if kind.length else text


def _words(connection, table):
    """Return for each column with a list of words the first of them; SQLite and PostgreSQL tell it differently."""
    found = {}
    for check in inspect(connection).get_check_constraints(table):
        rule = check["sqltext"]
        name = re.match(r"\W*(\w+)\W", rule)
        if name and re.search(r"\bIN\s*\(|ANY\s*\(", rule, re.IGNORECASE):
            found[name[1]] = WORD.search(rule)[1]
    return found
