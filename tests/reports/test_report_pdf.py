"""What a reader, a screen reader and an archive find in a printed report (RELIABILITY 52-55)."""

import hashlib
import re
from itertools import pairwise

import pikepdf
import pytest
from weasyprint import HTML

from review_app.reports import page
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf, tagging
from tests.reports.conftest import Paper
from tests.reports.examples import DRAFT, FULL, GHENT
from tests.reports.foreign_examples import BULGARIAN, FINNISH, FOREIGN, GREEK, LONG_FINNISH, MALTESE, POLISH

ALL = ["GHENT", "FULL", "DRAFT", "THIN", "FOREIGN", "HOSTILE"]
A4 = (595.28, 841.89)


def elements(node):
    """Every element of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def tags(paper):
    with paper.open() as file:
        return [(str(one.S), str(one.get("/Alt", ""))) for one in elements(file.Root.StructTreeRoot.K)]


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_finds_a_tagged_document_with_language_and_title(paper, name):
    with paper(name).open() as file:
        root = file.Root
        assert str(root.Lang) == ("el" if name == "FOREIGN" else "en")
        assert bool(root.MarkInfo.Marked) is True
        assert "/StructTreeRoot" in root
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert str(file.docinfo["/Title"]) != ""
        assert {str(one.Tabs) for one in file.pages} == {"/S"}
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", ALL)
def test_every_figure_has_words_and_no_heading_is_skipped(paper, name):
    found = tags(paper(name))

    assert [alt for tag, alt in found if tag == "/Figure" and not alt] == []
    levels = [int(tag[2]) for tag, _ in found if re.fullmatch("/H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_map_and_the_bars_say_what_they_show(paper):
    alts = [alt for tag, alt in tags(paper("FULL")) if tag == "/Figure"]

    assert alts == [
        (
            "Map of Europe with the host, Aldermere, and the visitors Valdora, Kestrelhaven, Montclar, Norrvik, "
            "Brannoch, Sankt Orin, Porto Liso and Zelenograd nad Labem."
        ),
        (
            "One bar of 147 items, divided by kind: 41 success factors, 33 challenges, 24 lessons, 29 suggestions, "
            "4 questions and 16 ideas to take home."
        ),
        (
            "4 bars, divided by kind. Question 1: 18 success factors, 11 challenges, 9 lessons, 8 suggestions and "
            "2 questions; Question 2: 12 success factors, 14 challenges, 8 lessons, 15 suggestions and 1 question; "
            "Question 3: 11 success factors, 8 challenges, 7 lessons, 6 suggestions and 1 question; "
            "On none of the questions: 16 ideas to take home."
        ),
    ]


def test_header_cells_say_what_they_head(paper):
    with paper("FULL").open() as file:
        cells = [one for one in elements(file.Root.StructTreeRoot.K) if str(one.S) == "/TH"]
        scopes = [str(cell.A.Scope) for cell in cells]

    assert set(scopes) == {"/Column", "/Row"}
    rows_by_question = len(FULL.counts_by_question) + 1
    assert scopes.count("/Row") == len(FULL.key_figures) + rows_by_question + len(FULL.take_homes)


def test_the_outline_lists_the_sections_in_the_order_of_the_method(paper):
    with paper("FULL").open() as file, file.open_outline() as outline:
        (report,) = outline.root
        sections = [one.title for one in report.children]

    assert report.title == FULL.title
    assert sections == [
        "In brief",
        "Why it matters",
        "The practice",
        "What the visitors saw",
        "What was said",
        "Success factors",
        "Key challenges",
        "Lessons learnt",
        "Suggestions of the critical friends",
        "What the cities take home",
        "The host’s word",
        "Who took part",
    ]


@pytest.mark.parametrize("name", ALL)
def test_nothing_rides_along(paper, name):
    """Title, producer and dates only; no attachment, no script, links to the web and to e-mail alone."""
    with paper(name).open() as file:
        assert set(file.docinfo) <= {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        assert "/Names" not in file.Root or "/EmbeddedFiles" not in file.Root.Names
        assert [name for name in ("/OpenAction", "/AA", "/AcroForm", "/AF") if name in file.Root] == []
        links = [str(one.A.URI) for leaf in file.pages for one in leaf.get("/Annots", []) if "/A" in one]

    assert [link for link in links if not link.startswith(("http://", "https://", "mailto:"))] == []


@pytest.mark.parametrize("name", ALL)
def test_every_page_is_a4_and_every_font_is_inside(paper, name):
    read = paper(name)
    with read.open() as file:
        sizes = {tuple(round(float(side), 1) for side in leaf.MediaBox[2:]) for leaf in file.pages}

    assert all(wide <= A4[0] + 0.1 and high <= A4[1] + 0.1 for wide, high in sizes)
    assert [line for line in read.fonts if line.split()[-5:-2] != ["yes", "yes", "yes"]] == []


@pytest.mark.parametrize("name", ALL)
def test_no_word_leaves_its_page(paper, name):
    words = re.findall(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', paper(name).boxes)

    assert len(words) > 10
    assert [one for one in words if min(map(float, one)) < 0 or float(one[2]) > A4[0] or float(one[3]) > A4[1]] == []


@pytest.mark.parametrize(("name", "pages"), [("GHENT", 2), ("FULL", 4), ("DRAFT", 4), ("THIN", 1)])
def test_a_report_is_as_long_as_the_method_asks(paper, name, pages):
    assert paper(name).printed.pages == pages


def test_every_page_of_a_draft_says_so_and_who_made_it(paper):
    pages = [" ".join(one.split()) for one in paper("DRAFT").pages]

    assert [one.count("Draft, not for circulation") for one in pages] == [1] * len(pages)
    assert [one.count("made by Ilse Marent, 4 June 2026") for one in pages] == [1] * len(pages)
    assert "Draft, not for circulation" not in paper("FULL").text


def test_every_message_and_single_is_there_once_with_its_support(paper):
    flow = paper("FULL").flow

    for section in FULL.sections:
        for message in (*section.messages, *section.singles):
            assert flow.count(message.headline) == 1
            assert message.body in flow
    assert flow.count("of 8 cities") == sum(len(section.messages) for section in FULL.sections)
    assert "Returns received: 7 of 8. Missing: Porto Liso." in flow
    assert "147 released items: merged into 14 messages, 4 stand alone." in flow


def test_no_opinion_is_invented_for_a_real_city(paper):
    flow = paper("GHENT").flow

    assert "Challenges on the public record" in flow
    assert "Success factors on the public record" in flow
    assert "Key challenges" not in flow
    assert re.findall(r"\d of \d", flow) == []
    assert "20 people from 9 cities, host included, met in Ghent." in flow
    assert "Not on the map, for want of a position: Twente." in flow


@pytest.mark.parametrize("text", [GREEK, BULGARIAN, FINNISH, MALTESE, POLISH, LONG_FINNISH])
def test_each_script_reads_back_as_it_was_written(paper, text):
    # In the order in which it was written: by columns, a name on the map stands among the lines beside it.
    assert text.replace("-", "") in re.sub("-\\s*", "", paper("FOREIGN").written)


def test_a_foreign_report_is_set_in_inter_alone_and_dated_in_its_language(paper):
    read = paper("FOREIGN")

    assert [line for line in read.fonts if "Inter" not in line.split()[0]] == []
    assert "Οκτώβριος 2024" in read.flow
    assert "Ελλάδα" in read.flow


def test_hostile_text_is_printed_as_text(paper):
    read = paper("HOSTILE")

    assert read.flow.count('<script>alert("x")</script>') >= 4
    assert "{{ 7*7 }} {% raw %} ${7*7} %(x)s %s" in read.flow
    assert "javascript:alert(1)" in read.flow
    assert "Who took part" in read.flow
    assert read.printed.seconds < 30


def test_the_same_snapshot_gives_the_same_bytes_in_every_process(paper):
    assets = pdf.Assets.read(Materials.of())
    once, again = (pdf.render(page.document(GHENT), assets, identifier=GHENT.sha256).content for _ in range(2))

    assert once == again
    assert hashlib.sha256(once).hexdigest() == paper("GHENT").printed.sha256


def test_two_snapshots_differ_and_bear_their_own_identifier_and_day(paper):
    with paper("FULL").open() as final, paper("DRAFT").open() as draft:
        assert bytes(final.trailer.ID[0]) == FULL.sha256.encode()
        assert bytes(draft.trailer.ID[0]) == DRAFT.sha256.encode()
        assert str(final.docinfo["/CreationDate"]) == "D:20260611"
        assert str(draft.docinfo["/CreationDate"]) == "D:20260604"


@pytest.mark.parametrize("snapshot", [FULL, DRAFT, FOREIGN], ids=["full", "draft", "foreign"])
def test_what_is_kept_ready_changes_no_byte(snapshot):
    """Styles and fonts of the room, and a shorter stylesheet of WeasyPrint's, print what its plain class prints."""
    assets, html = pdf.Assets.read(Materials.of()), page.document(snapshot)

    plain = HTML(string=html, base_url=pdf.BASE, url_fetcher=pdf.Fetcher(assets.shelf)).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=b"0", finisher=tagging.completed
    )

    assert pdf.render(html, assets, identifier="0").content == plain


@pytest.mark.slow
def test_a_first_page_that_just_fits_is_not_left_empty(press, tmp_path):
    snapshot = FULL.model_copy(update={"questions": FULL.questions[:1]})

    path = tmp_path / "fits.pdf"
    paper = Paper(path, press.print_to(path, snapshot))

    assert len(paper.pages[0].split()) > 250
    assert paper.printed.pages == 4
