"""Cells of the exports: no text acts as a formula, none is cut or changed, and memory does not grow with the rows."""

import csv
import re
import shutil
import subprocess
import tracemalloc
import zipfile
from io import BytesIO, StringIO

import pytest

from review_app.domain.text import clean_text
from review_app.domain.vocabulary import ItemKind
from review_app.reports.exports import cells, comma, plain, workbook
from review_app.reports.exports.workbook import Sheet
from review_app.reports.frozen.snapshot import Message, Section
from tests.attacks import strings
from tests.reports import examples
from tests.reports.reading import book_of, data_of, rows_of

FORMULAS = (
    "=1+1", '=HYPERLINK("http://127.0.0.1","x")', "+1+1|cmd|' /C calc'!A0", "-2+3+cmd", "-1-1", "--1", "-", "-=1",
    "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1+2", "＠SUM(1)", "﹦1+1", "+49 30 1234", "=",
    "=cmd|'/C calc'!A1",
)  # fmt: skip
HARMLESS = ("-1", "-12.5", "-1,5", "-1.234,5", "1+1=2", "a@b.example", "", "'quoted'", "– a dash", "x\n=1+1", '"=1"')
HOSTILE = {**strings.CONTROLS, **strings.MARKUP, **strings.MEANINGS, **strings.NUMBERS}
MEGABYTE = 1_000_000


def one_message(text):
    message = Message(kind=ItemKind.LESSON, headline=text, body=text)
    return examples.snapshot(sections=(Section(kind=ItemKind.LESSON, messages=(message,)),))


def sheet_of(texts, words, **more):
    return workbook.stream((Sheet("messages", ("headline",), ((text,) for text in texts)),), words, title="T", **more)


def read_by_calc(folder, name, content):
    """Open a file in LibreOffice without a window and return what it shows, cell by cell."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is missing")
    (folder / "probe.csv").write_text("a,b\n1,2\n")
    (folder / name).write_bytes(content)
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    # 44 and 34 are comma and quote, 76 is UTF-8; the cells come as they are shown.
    shown = ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", folder / "out"]
    probe = subprocess.run([*command, *shown, folder / "probe.csv"], capture_output=True, timeout=180, check=False)
    if not (folder / "out" / "probe.csv").exists():
        pytest.skip(f"LibreOffice has no Calc here: {probe.stderr.decode(errors='replace').strip()[-120:]}")
    reading = ["--infilter=CSV:44,34,76,1"] if name.endswith(".csv") else []
    subprocess.run([*command, *shown, *reading, folder / name], capture_output=True, timeout=180, check=True)
    text = (folder / "out" / name).with_suffix(".csv").read_text(encoding="utf-8")
    return [row[0] if row else "" for row in csv.reader(StringIO(text, newline=""), strict=True)]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_be_a_formula_stands_behind_an_apostrophe(text):
    header, row = rows_of(comma.stream(("headline", "cities"), [(text, 3)]))

    assert (header, row) == (["headline", "cities"], ["'" + text, "3"])


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_stays_as_it_is(text):
    assert rows_of(comma.stream(("headline", "cities"), [(text, 3)]))[1] == [text, "3"]


def test_the_guard_finds_one_formula_among_many_texts():
    texts = ["plain"] * 499 + ["=1"] + ["plain"] * 700 + ["-3"]

    told = [row[0] for row in rows_of(comma.stream(("headline",), [(text,) for text in texts]))[1:]]

    assert told == ["'=1" if text == "=1" else text for text in texts]


def test_numbers_truths_lists_and_gaps_are_written_plainly():
    row = (
        -3,
        2.5,
        True,
        False,
        None,
        ("Lyon", "Gent"),
        ("a long text of more than sixty letters; with a mark", "b"),
        (),
    )

    told = rows_of(comma.stream("abcdefgh", [row]))[1]

    long = "a long text of more than sixty letters; with a mark\nb"
    assert told == ["-3", "2.5", "True", "False", "", "Lyon; Gent", long, ""]


def test_csv_ends_its_lines_and_quotes_as_rfc_4180_says():
    whole = b"".join(comma.stream(("a", "b"), [('say "hello"', "one, two"), ("one\r\ntwo", "")]))

    assert whole.decode("utf-8-sig") == 'a,b\r\n"say ""hello""","one, two"\r\n"one\r\ntwo",\r\n'


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_comes_back_from_every_export_as_it_was_kept(name, words):
    text = clean_text(HOSTILE[name])
    paper = one_message(text)

    data = data_of(exports_of(paper, words)["json"])
    header, row = rows_of(exports_of(paper, words)["csv"])
    book = book_of(exports_of(paper, words)["xlsx"])

    assert data["data"]["messages"][0]["headline"] == text
    assert dict(zip(header, row, strict=True))["body"] in (text, "'" + text)
    assert dict(zip(book.heads["Messages"], book.rows["Messages"][0], strict=True))["Explanation"] == (text or None)
    assert {cell.data_type for page in book for line in page.iter_rows() for cell in line} <= {"s", "n", "d"}


def exports_of(paper, words):
    """The three exports of a report."""
    ways = {"json": plain.plain_of, "csv": comma.comma_of, "xlsx": workbook.workbook_of}
    return {name: way(paper, words) for name, way in ways.items()}


def test_a_workbook_holds_no_formula_and_no_link(words):
    whole = b"".join(sheet_of([*FORMULAS, "http://127.0.0.1/x", "mailto:a@b.example"], words))

    with zipfile.ZipFile(BytesIO(whole)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        names = parts.namelist()
    assert re.findall(r"<f[ >]|<hyperlink", page) == []
    assert [name for name in names if "rels" in name and "sheet" in name] == []


def test_office_shows_the_texts_of_a_workbook_and_counts_nothing(words, tmp_path):
    shown = read_by_calc(tmp_path, "texts.xlsx", b"".join(sheet_of([*FORMULAS, *HARMLESS], words)))

    expected = [text.replace("\r", "\n") for text in ("Headline", *FORMULAS, *HARMLESS)]
    assert [text.strip() for text in shown] == [text.strip() for text in expected]


def test_office_shows_the_texts_of_a_csv_and_counts_nothing(tmp_path):
    shown = read_by_calc(tmp_path, "texts.csv", b"".join(comma.stream(("headline",), [(one,) for one in FORMULAS])))

    told = [text.strip().removeprefix("'").strip() for text in shown]
    assert told == ["headline", *(text.strip() for text in FORMULAS)]


@pytest.mark.parametrize("letter", ["a", "ж", "𝄞", "é"])
def test_a_text_that_no_cell_holds_goes_on_in_others_and_says_so(letter, words):
    text = f"begin {letter * 70_000} end"
    book = book_of(sheet_of(["short", text], words))

    first, *rest = [cell for cell in book.rows["Messages"][1] if cell is not None]

    pieces = [
        re.sub(r"^\[Goes on from cell [A-Z]+3\] | \[Goes on in cell [A-Z]+3\]$", "", one) for one in (first, *rest)
    ]
    assert "".join(pieces) == text
    assert first.endswith(" [Goes on in cell B3]")
    assert rest[0].startswith("[Goes on from cell A3] ")
    assert all(len(one.encode("utf-16-le")) // 2 <= cells.MOST_LETTERS for one in (first, *rest))


def test_the_last_text_that_a_cell_holds_is_left_whole(words):
    book = book_of(sheet_of(["a" * cells.MOST_LETTERS, "a" * (cells.MOST_LETTERS + 1)], words))

    assert [len([cell for cell in row if cell]) for row in book.rows["Messages"]] == [1, 3]


def test_what_excel_cannot_keep_as_a_number_stays_a_text(words):
    rows = ((10**15 - 1,), (10**15,), (float("inf"),), (-0.5,))
    book = book_of(workbook.stream((Sheet("messages", ("cities",), rows),), words, title="T"))

    assert [row[0] for row in book.rows["Messages"]] == [10**15 - 1, str(10**15), None, -0.5]


def test_sheets_have_names_that_excel_takes(words, monkeypatch):
    titles = {
        "a": "A/very: long * title [of] a table? that goes on",
        "b": "A/very: long * title [of] a table? too",
        "c": "History",
    }
    monkeypatch.setattr(workbook.columns, "TABLES", titles)
    book = book_of(workbook.stream([Sheet(name, ("text",), [("x",)]) for name in "abc"], words, title="T"))

    assert book.sheetnames == ["A very  long   title  of  a tab", "A very  long   title  of  a t 2", "History 2"]


def test_more_rows_than_a_sheet_holds_go_on_in_another(words, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    book = book_of(sheet_of([str(number) for number in range(7)], words))

    assert {name: [row[0] for row in rows] for name, rows in book.rows.items()} == {
        "Messages": ["0", "1", "2"],
        "Messages 2": ["3", "4", "5"],
        "Messages 3": ["6"],
    }


def test_a_sheet_keeps_its_headings_in_sight_and_can_be_filtered(words):
    page = book_of(workbook.workbook_of(examples.FULL, words))["Messages"]

    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:R19", "$1:$1")
    assert page["A1"].font.bold
    assert page.row_dimensions[2].height >= 30


def test_a_workbook_names_nobody_and_bears_the_day_of_its_report(words):
    book = book_of(workbook.workbook_of(examples.FULL, words)).properties

    assert (book.creator, book.lastModifiedBy, book.title) == (None, None, examples.FULL.title)
    assert (book.created.date(), book.modified.date()) == (examples.FULL.frozen_on, examples.FULL.frozen_on)


@pytest.mark.parametrize("way", ["csv", "xlsx"])
def test_memory_does_not_grow_with_fifty_thousand_rows(way, words):
    columns = ("review", "headline", "body", "cities")
    rows = (
        ("aldermere", f"A headline {number}", "An explanation of some length. " * 5, number) for number in range(50_000)
    )
    tracemalloc.start()
    chunks = (
        comma.stream(columns, rows)
        if way == "csv"
        else workbook.stream([Sheet("messages", columns, rows)], words, title="T")
    )

    size = sum(map(len, chunks))

    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 500_000
    assert grown < 10 * MEGABYTE
