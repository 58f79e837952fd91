"""The data behind a report as tables: every field of every kind, in words that people read, and nothing besides."""

import json
from datetime import date
from enum import Enum

import pytest

from review_app.domain.vocabulary import Side
from review_app.reports.exports import columns, shapes, values
from review_app.reports.exports.attachments import attachments
from review_app.reports.exports.comma import comma_of
from review_app.reports.exports.plain import plain_of
from review_app.reports.exports.shapes import LIST, RECORDS, SCALAR
from review_app.reports.exports.tables import ABOUT, MESSAGES, table_named, tables_of
from review_app.reports.exports.workbook import workbook_of
from review_app.reports.frozen.snapshot import Brand, Frozen, Message, Paper, Section, When
from review_app.reports.kinds.registry import KINDS
from tests.reports import examples
from tests.reports.conftest import EXAMPLES
from tests.reports.examples import FULL
from tests.reports.reading import book_of, data_of, rows_of

PAPERS = sorted(name for name, one in EXAMPLES.items() if isinstance(one, Paper))


def cells_of(paper):
    """Every cell of every table, those in lists one by one."""
    for table in tables_of(paper):
        for row in table.rows:
            for cell in row:
                yield from cell if isinstance(cell, tuple) else (cell,)


def held_by(value):
    """Every value that a snapshot holds, but for names in the working version and the look of the network."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in ("key", "brand"):
                yield from held_by(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from held_by(one)
    else:
        yield value


class Visit(Frozen):
    city: str
    position: int
    when: When
    sections: tuple[Section, ...] = ()


class Tour(Frozen):
    name: str
    tags: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()


class Atlas(Paper):
    """A kind of report that nobody has thought of yet."""

    kind: str = "atlas"
    tours: tuple[Tour, ...] = ()


def atlas(*tours):
    told = {"ref": "x", "number": 1, "frozen_on": date(2026, 1, 2), "draft": None, "title": "Atlas", "network": "N"}
    return Atlas(**told, tours=tours)


def visit(city, position, *sections):
    return Visit(city=city, position=position, when=When(start="2026", end=None, precision="year"), sections=sections)


@pytest.mark.parametrize("name", PAPERS)
def test_every_value_of_a_report_stands_in_its_tables(name):
    paper = EXAMPLES[name]

    missing = set(held_by(paper.model_dump())) - set(cells_of(paper))

    # The kind of a section is the kind of each of its statements, so an empty one alone could lose it.
    assert missing == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_column_and_table_of_every_kind_has_words(kind):
    whole = kind.snapshot
    records = [one.of for model in shapes.models_of(whole) for one in shapes.leaves_of(model, RECORDS)]
    lines = [
        *shapes.leaves_of(whole, SCALAR),
        *(one for each in records for one in shapes.leaves_of(each, SCALAR, LIST)),
    ]
    lists = [
        *shapes.leaves_of(whole, LIST),
        *(one for each in (whole, *records) for one in shapes.leaves_of(each, RECORDS)),
    ]

    # The sections of a report, and what stands alone in them, are part of the table of its messages.
    tables = {one.name for one in lists} - {"sections", "singles"}
    assert [one.name for one in lines if not columns.is_known(one.name)] == []
    assert [name for name in tables if columns.titled(name) is None] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_word_of_ours_in_every_kind_can_be_said(kind):
    models = list(shapes.models_of(kind.snapshot))
    words = {one.of for model in models for one in shapes.fields_of(model) if issubclass(one.of, Enum)}

    assert {one: set(one) - set(values.VALUES.get(one, ())) for one in words} == {one: set() for one in words}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_tables_and_columns_of_every_kind_have_names_of_their_own(kind):
    paper = kind.snapshot.model_construct(edition=2, language="en")
    paper = next((one for one in EXAMPLES.values() if type(one) is kind.snapshot), paper)
    tables = tables_of(paper)

    assert len({table.name for table in tables}) == len(tables)
    assert all(len(set(table.columns)) == len(table.columns) for table in tables)
    assert all(name.isidentifier() and name.isascii() for table in tables for name in (table.name, *table.columns))


def test_messages_come_in_the_order_of_the_report_and_say_which_stand_alone():
    table = table_named(examples.FULL, MESSAGES)
    at = [table.columns.index(name) for name in ("section", "position", "is_single", "headline")]

    told = [tuple(row[place] for place in at) for row in table.rows]

    first, last = examples.FULL.sections[0], examples.FULL.sections[-1]
    assert told[0] == (1, 1, False, first.messages[0].headline)
    assert told[len(first.messages)] == (1, 5, True, first.singles[0].headline)
    assert told[-1] == (4, 4, True, last.singles[0].headline)


def test_the_code_stands_with_what_is_told_once():
    about = dict(table_named(examples.FULL, ABOUT).rows)

    assert (about["code"], about["number"], about["when_start"]) == (examples.FULL.code, 1, "2026-05-04")


def test_neither_names_of_messages_nor_a_logo_leave_with_the_data(words):
    message = Message(kind="lesson", headline="H", key="KEYOFAMESSAGE")
    brand = Brand(logo="data:image/png;base64,TE9HT0JZVEVT", logo_text="WORDSOFALOGO")
    paper = examples.snapshot(sections=(Section(kind="lesson", messages=(message,)),), brand=brand)

    told = b"".join((*comma_of(paper, words), *plain_of(paper, words)))

    assert [one for one in (b"KEYOFAMESSAGE", b"TE9HT0JZVEVT", b"WORDSOFALOGO", b"#14284b") if one in told] == []


def test_a_draft_says_who_made_it_and_when():
    about = dict(table_named(examples.DRAFT, ABOUT).rows)

    assert (about["draft_made_by"], about["draft_made_on"]) == ("Ilse Marent", date(2026, 6, 4))


def test_a_kind_that_nobody_has_thought_of_makes_tables_by_itself():
    lesson = Section(kind="lesson", messages=(Message(kind="lesson", headline="Begin small", named=("A", "B")),))
    paper = atlas(Tour(name="North", tags=("cold", "dark")), Tour(name="South", visits=(visit("Valdora", 7, lesson),)))

    tables = {table.name: table for table in tables_of(paper)}

    assert list(tables) == ["about", "erratum", "tours", "tours_visits", "tours_visits_messages"]
    assert tables["tours"].columns == ("position", "name", "tags")
    assert tables["tours"].rows == ((1, "North", ("cold", "dark")), (2, "South", ()))
    visits = tables["tours_visits"]
    assert visits.columns == ("parent", "position", "city", "when_start", "when_end", "when_precision")
    assert visits.rows == ((2, 7, "Valdora", "2026", None, "year"),)
    assert tables["tours_visits_messages"].rows[0][:6] == (1, 1, 1, False, "lesson", "Begin small")


def test_a_field_of_which_no_table_can_be_made_is_found_at_once():
    class Odd(Paper):
        kind: str = "odd"
        anything: dict[str, str]

    with pytest.raises(TypeError, match=r"Odd\.anything: no table can be made of"):
        tables_of(Odd(ref="x", number=1, frozen_on=None, draft=None, title="Odd", network="N", anything={}))


def test_a_report_without_that_table_says_so(words):
    with pytest.raises(KeyError, match="no_such_table"):
        comma_of(examples.FULL, words, table="no_such_table")


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_report_gives_the_same_bytes(name, words, travel_to):
    paper = EXAMPLES[name]
    exits = (comma_of, plain_of, workbook_of)
    first = [b"".join(way(paper, words)) for way in exits]

    travel_to("2031-05-06 07:08:09")

    assert [b"".join(way(paper, words)) for way in exits] == first


def test_json_holds_the_data_under_stable_names(words):
    told = data_of(plain_of(examples.FULL, words))

    assert list(told) == ["what", "kind", "edition", "ref", "number", "language", "code", "data"]
    assert (told["what"], told["kind"], told["code"]) == ("report data 1", "highlights", examples.FULL.code)
    assert list(told["data"]) == [table.name for table in tables_of(examples.FULL)]
    assert told["data"]["messages"][1]["named"] == ["Kestrelhaven", "Norrvik"]
    assert told["data"]["about"]["frozen_on"] == "2026-06-11"


def test_an_archived_report_carries_its_data(words):
    kept = attachments(examples.FULL)

    assert sorted(kept) == ["report.csv", "report.json"]
    assert data_of([kept["report.json"]]) == data_of(plain_of(examples.FULL, words))
    assert rows_of([kept["report.csv"]]) == rows_of(comma_of(examples.FULL, words))


def test_a_workbook_speaks_and_holds_real_numbers_and_days(words):
    book = book_of(workbook_of(examples.FULL, words))
    about = dict(book["About the report"].iter_rows(min_row=2, values_only=True))
    messages = [dict(zip(book.heads["Messages"], row, strict=False)) for row in book.rows["Messages"]]

    assert (about["Number"], about["Day of issue"].date(), about["First day"].date()) == (
        1,
        date(2026, 6, 11),
        date(2026, 5, 4),
    )
    assert messages[0]["Kind"] == "Success factor"
    assert (messages[0]["Cities that hold it"], messages[0]["Agreement"]) == (7, "all")
    assert messages[1]["Cities named"] == "Kestrelhaven; Norrvik"
    assert [row[2] for row in book.rows["Who took part"]][:2] == ["Netherlands", "Italy"]
    assert [values.VALUES[Side][Side.HOST]] == [book.rows["Who took part"][0][4]]


def test_json_comes_in_pieces_that_do_not_grow_with_the_report(words):
    section = FULL.sections[0]
    many = tuple(section.messages[0].model_copy(update={"headline": f"Message {number}"}) for number in range(3_000))
    report = FULL.model_copy(update={"sections": (section.model_copy(update={"messages": many}),)})

    pieces = list(plain_of(report, words))

    whole = b"".join(pieces)
    assert max(map(len, pieces)) < len(whole) / 8
    assert whole == json.dumps(json.loads(whole), indent=2, ensure_ascii=False).encode() + b"\n"
