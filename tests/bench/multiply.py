"""Ten times the rows: more reviews beside those there are, and more cities, people, items and messages inside them."""

from review_app.extensions.database import db
from review_app.models.base import Base, new_key

BESIDE = (
    "review", "review_city", "review_question", "participant", "mark", "review_deadline", "journal_entry",
    "practice_section", "key_figure", "report_text", "report", "city_return", "feedback_item", "message",
    "message_source", "fact_comment", "public_record", "record_line", "record_page",
)  # fmt: skip
INSIDE = (
    "organisation", "person", "network_role", "review_city", "participant", "journal_entry", "key_figure",
    "city_return", "feedback_item", "message", "message_source", "fact_comment",
)  # fmt: skip
# A review gets more peers, never more hosts.
ONLY = {"review_city": ("side", "peer"), "participant": ("role", "peer")}
NAMES = {("organisation", "name"), ("person", "email")}
# The twin of a city stands on no map: drawing hundreds of names on one is not what is counted here.
PLACES = {"latitude", "longitude"}


def rows(times):
    """Copy the rows of a database until there are so many times as many of them; inside an app context."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    originals = {name: db.session.execute(table.select()).mappings().all() for name, table in tables.items()}
    for names in (BESIDE, INSIDE):
        wanted = {name: _wanted(name, originals[name], names) for name in tables if name in names}
        for number in range(1, times):
            _copy(tables, wanted, number)
    db.session.commit()


def _wanted(name, found, names):
    column, value = ONLY.get(name, (None, None)) if names is INSIDE else (None, None)
    return [row for row in found if column is None or row[column] == value]


def _copy(tables, wanted, number):
    """Copy these rows once: copies point at each other, and at the originals of what is not copied."""
    twins = {}
    for name, found in wanted.items():
        table = tables[name]
        first = (db.session.execute(db.select(db.func.max(table.c.id))).scalar() or 0) + 1
        twins[name] = {row["id"]: first + place for place, row in enumerate(found)}
        copies = [_twin(table, row, twins, number) for row in found]
        if copies:
            db.session.execute(table.insert(), copies)


def _twin(table, row, twins, number):
    return {column.name: _value(table, column, row, twins=twins, number=number) for column in table.columns}


def _value(table, column, row, *, twins, number):
    value = row[column.name]
    if column.primary_key:
        return twins[table.name][value]
    for key in column.foreign_keys:
        return twins.get(key.column.table.name, {}).get(value, value)
    if column.name == "key":
        return new_key()
    if column.name in PLACES:
        return None
    if column.unique or (table.name, column.name) in NAMES:
        return f"{number}-{value}"
    return value
