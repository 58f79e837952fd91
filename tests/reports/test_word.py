"""Reports as Word files: real headings, lists, tables, languages and alternative texts; the same bytes every time."""

import io
import re
import time
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree
from PIL import Image

from review_app.reports.exports import word
from review_app.reports.frozen.snapshot import Brand
from review_app.reports.kinds.registry import KINDS
from tests.reports.conftest import EXAMPLES
from tests.reports.examples import DRAFT, FULL, GHENT, said, snapshot
from tests.reports.foreign_examples import BULGARIAN, FINNISH, FOREIGN, GREEK, HOSTILE, LONG_FINNISH, SCRIPT
from tests.reports.word_reading import Read, W


@pytest.fixture(scope="module")
def file():
    """Write an example by its name, once."""
    written = {}

    def write(name):
        if name not in written:
            written[name] = Read(word.document(EXAMPLES[name]))
        return written[name]

    return write


PAPERS = sorted(name for name, one in EXAMPLES.items() if getattr(one, "kind", "") in KINDS)


@pytest.mark.parametrize("name", PAPERS)
def test_every_example_of_every_kind_becomes_a_file_that_opens(file, name):
    read = file(name)

    assert [text for style, text in read.headings() if style == "Title"] != []
    assert read.document.core_properties.title != ""


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_the_page_stands_in_the_file(file, name):
    page = etree.HTML(word.page.document(EXAMPLES[name]))
    hidden = "ancestor::*[contains(@class,'report-hidden') or contains(@class,'report-draft')]"
    wanted = page.xpath(f"//article//text()[normalize-space() and not({hidden})]")
    there = re.sub(r"\s", "", "".join(file(name).body.itertext(f"{W}t")))

    missing = [one for one in wanted if re.sub(r"[\s\u200b]", "", one) not in there.replace("\u200b", "")]

    assert missing == []


def test_the_same_paper_gives_the_same_bytes():
    assert word.document(FULL) == word.document(FULL.model_copy())


def test_headings_are_those_of_word_in_their_order(file):
    found = file("FULL").headings()

    assert found[:3] == [
        ("Title", "A one-stop desk for career changers in the harbour district"),
        ("Heading 1", "In brief"),
        ("Heading 2", "The questions to the peers"),
    ]
    assert ("Heading 1", "Key challenges") in found
    assert ("Heading 2", "Nobody owns the desk after 2027") in found


def test_lists_bear_real_signs_and_each_numbered_one_counts_anew(file):
    found = file("FULL").lists()

    numbered = [(number, text) for name, number, text in found if name == "List Number"]
    assert [text for _number, text in numbered][:1] == ["What makes people and employers trust the desk?"]
    assert len({number for number, _text in numbered}) == 1
    assert ("List Bullet", "", "Joint paper to both councils, October 2026") in found
    assert not [text for _name, _number, text in found if text.startswith(("•", "-", "1."))]


def test_tables_have_a_repeated_head_a_name_and_words_for_those_who_do_not_see_them(file):
    tables = {caption: (head, rows) for caption, head, rows in file("FULL").tables()}

    head, rows = tables["The practice in numbers"]
    assert head == ["What", "Number", "Year and source"]
    assert rows[1] == ["People advised", "2,140", "2025, desk register"]
    assert tables["In figures"][1][1] == ["People", "22"]
    assert tables["One thing that each city takes home"][0] == ["City", "Takes home", "First step", "By"]
    assert "The practice in numbers" in file("FULL").said("Table Caption")


def test_a_hidden_caption_is_read_aloud_and_not_printed(file):
    assert "One thing that each city takes home" not in file("FULL").said("Table Caption")


def test_pictures_say_what_they_show_and_are_large_enough_to_print(file):
    read = file("FULL")

    assert [words[:30] for words in read.pictures()] == [
        "Map of Europe with the host, A",
        "One bar of 147 items, divided ",
        "4 bars, divided by kind. Quest",
    ]
    images = [name for name in read.parts.namelist() if name.endswith(".png")]
    sizes = [Image.open(io.BytesIO(read.parts.read(name))).size for name in images]
    assert sorted(width for width, _height in sizes) == [378, 1286, 1286]


def test_a_drawing_holds_its_letters(file):
    read = file("FULL")
    bar = next(name for name in read.parts.namelist() if _width(read, name) > 1000)

    letters = Image.open(io.BytesIO(read.parts.read(bar))).convert("L")

    # The count 41 stands in white on the dark first part.
    first = letters.crop((4, 14, 60, 60))
    assert first.getextrema()[1] > 240


def _width(read, name):
    return Image.open(io.BytesIO(read.parts.read(name))).width if name.endswith(".png") else 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("Μάλτα", "el-GR"), (BULGARIAN, "bg-BG"), (FINNISH, "fi-FI"), ("What was said", "en-GB"), (LONG_FINNISH, "fi-FI")],
)
def test_each_text_has_its_own_language(file, text, language):
    name = "FOREIGN" if text != "What was said" else "FULL"

    assert file(name).language_of(text) == {language}


@pytest.mark.parametrize("name", PAPERS)
def test_no_word_is_without_a_language(file, name):
    assert "" not in file(name).spoken()


def test_a_report_spoken_in_another_language_says_so():
    read = Read(word.document(FULL.spoken("fr")))

    assert read.document.core_properties.language == "fr-FR"
    assert 'w:lang w:val="fr-FR"' in read.xml("word/styles.xml")
    assert read.language_of(FULL.title) == {"en-GB"}


def test_links_lead_to_pages_and_letters_and_nowhere_else(file):
    assert set(file("FULL").links()) == {"mailto:secretariat@example.org"}
    assert set(file("GHENT").links()) == {source.url for source in GHENT.sources} | {GHENT.sources[0].url}
    evil = snapshot(outputs=("javascript:alert(1)", "file:///etc/passwd", "https://example.org/a"))
    assert Read(word.document(evil)).links() == ["https://example.org/a"]


def test_the_file_names_no_person_and_no_clock(file):
    known = file("DRAFT").document.core_properties

    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert known.title.startswith("Draft: A one-stop desk")
    assert (known.created, known.modified) == (datetime(2026, 6, 4, tzinfo=UTC),) * 2
    assert {one.date_time for one in file("DRAFT").parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_says_from_which_frozen_report_it_comes(file):
    assert file("DRAFT").properties() == {
        "Review": "aldermere-2026",
        "Content": DRAFT.sha256,
        "Kind of paper": "highlights",
    }


def test_each_page_bears_running_line_draft_mark_and_number(file):
    first, later, first_foot, foot = file("DRAFT").edges()

    mark = ["Draft, not for circulation", "made by Ilse Marent, 4 June 2026"]
    assert first == mark
    assert later == [f"Aldermere · {DRAFT.title}{mark[0]}", mark[1]]
    assert foot == first_foot == ["Highlights · aldermere-20261 / 1"]
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)", file("DRAFT").xml("word/footer1.xml"))
    assert [one.strip() for one in fields] == ["PAGE", "NUMPAGES"]


def test_a_frozen_report_bears_no_draft_mark(file):
    assert "Draft" not in "".join(map("".join, file("FULL").edges()))


def test_the_sheet_is_a4(file):
    section = file("FULL").document.sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_colours_are_the_networks():
    branded = FULL.model_copy(update={"brand": Brand(ink="#003300", accent="#770000")})

    styles = Read(word.document(branded)).xml("word/styles.xml")

    assert "003300" in styles
    assert "14284B" not in styles


def test_kinds_of_message_differ_by_the_line_beside_them(file):
    lines = {}
    for one in file("FULL").body.iter(f"{W}p"):
        line = one.find(f"{W}pPr/{W}pBdr/{W}left")
        if line is not None:
            lines["".join(one.itertext(f"{W}t"))] = (line.get(f"{W}val"), line.get(f"{W}sz"))

    assert lines["Employers sit at the table, and pay"] == ("single", "20")
    assert lines["Nobody owns the desk after 2027"] == ("double", "6")
    assert lines["A person, not a platform, brings people back"] == ("single", "4")


def test_only_a_draft_has_bookmarks_for_its_messages(file):
    keyed = said("challenge", "A headline", "A body", dissent="Another view", key="K" * 22)
    section = {"kind": "challenge", "messages": (keyed,)}
    draft = DRAFT.model_copy(update={"sections": (type(DRAFT.sections[0])(**section),)})

    made = Read(word.document(draft)).bookmarks()

    assert sorted(name[:2] for name in made if name[1] == "_") == ["b_", "d_", "h_"]
    assert all(len(name) <= 40 and re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) for name in made)
    assert [name for name in file("FULL").bookmarks() if name[1] == "_"] == []


@pytest.mark.parametrize(
    "text",
    [
        SCRIPT,
        "\x00\x01\x0b\x1f control",
        "\ufffe\uffff no letters",
        "]]><w:p/>",
        "&amp;&#0; {{7*7}} ${ink}",
        "x" * 5000,
        "\u202eturned",
    ],
    ids=repr,
)
def test_hostile_text_breaks_no_file(text):
    evil = snapshot(
        title=text, objective=text, unknown=(text,), outputs=(text,), sections=(_section(headline=text, body=text),)
    )

    read = Read(word.document(evil))

    assert read.body is not None
    letters = re.sub(r"[^\w<>{}$&;*/]", "", text)
    assert letters[:40] in re.sub(r"[^\w<>{}$&;*/]", "", "".join(read.body.itertext(f"{W}t")))


def _section(**texts):
    return {"kind": "lesson", "messages": ({"kind": "lesson", **texts},)}


def test_a_hundred_thousand_words_become_a_file_in_time():
    long = snapshot(practice=tuple("many words " * 500 for _paragraph in range(100)))
    started = time.monotonic()

    read = Read(word.document(long))

    assert sum(text.count("many") for text in read.said("Normal")) == 50_000
    assert time.monotonic() - started < 20


def test_the_hostile_example_holds_no_part_that_a_text_has_made(file):
    names = set(file("HOSTILE").parts.namelist())

    assert {name for name in names if "external" in name or "embed" in name} == set()
    assert HOSTILE.title[:10] in "".join(file("HOSTILE").body.itertext(f"{W}t"))


def test_foreign_letters_and_the_longest_words_are_whole(file):
    said_in = "".join(file("FOREIGN").body.itertext(f"{W}t"))

    assert [one for one in (GREEK, BULGARIAN, FINNISH, LONG_FINNISH) if one not in said_in] == []
    assert FOREIGN.title in said_in


def test_every_part_of_the_file_is_good_xml(file):
    parts = file("DRAFT").parts

    for name in parts.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(parts.read(name))
    assert zipfile.ZipFile(io.BytesIO(file("DRAFT").content)).testzip() is None
