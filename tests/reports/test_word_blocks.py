"""What pages of other kinds may hold: contents, slides, forms to fill, tables with joined cells, logos, any script."""

import base64
import io

import pytest
from PIL import Image

from review_app.reports import page
from review_app.reports.exports import word, word_back
from tests.reports.examples import FULL
from tests.reports.word_reading import Read, W


@pytest.fixture
def drawn(monkeypatch):
    """Write a Word file of a page that holds this."""

    def draw(inside, kind="report-article"):
        article = f'<article class="report-article {kind}" lang="en">{inside}</article>'
        html = f"<html><head><title>T</title></head><body>{article}</body></html>"
        monkeypatch.setattr(page, "document", lambda *_anything: html)
        return Read(word.document(FULL))

    return draw


def _logo(form="PNG"):
    made = io.BytesIO()
    Image.new("RGB", (400, 100), "red").save(made, form)
    return f"data:image/{form.lower()};base64,{base64.b64encode(made.getvalue()).decode()}"


def test_contents_lead_to_their_places_and_ask_for_their_pages(drawn):
    read = drawn(
        '<nav><h2 id="contents">Contents</h2><ol><li><a href="#one">First</a><ol><li><a href="#two">Within</a></li>'
        '</ol></li></ol></nav><h2 id="one">First</h2><h3 id="two">Within</h3>'
    )

    assert read.headings()[0] == ("Heading 1", "Contents")
    assert (read.said("toc 1"), read.said("toc 2")) == (["First"], ["Within"])
    targets = [one.get(f"{W}anchor") for one in read.body.iter(f"{W}hyperlink")]
    assert targets == ["at_one", "at_two"]
    assert set(targets) <= set(read.bookmarks())
    codes = [one.text.strip() for one in read.body.iter(f"{W}instrText")]
    assert codes == ["PAGEREF at_one \\h", "PAGEREF at_two \\h"]


def test_each_slide_begins_a_page_of_a_wide_sheet(drawn):
    read = drawn(
        '<section class="report-slide"><h1>One</h1></section><section class="report-slide"><h2>Two</h2></section>',
        "report-slides",
    )

    section = read.document.sections[0]
    assert round(section.page_width / section.page_height, 2) == 1.78
    breaks = [
        one.text for one in read.document.paragraphs if one._element.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert breaks == ["Two"]
    assert read.document.styles["Title"].font.size.pt == 39


def test_a_list_counts_from_where_it_says(drawn):
    read = drawn('<ol start="4"><li>four</li><li>five</li><li value="9">nine</li></ol><ol><li>one</li></ol>')

    numbers = [number for _name, number, _text in read.lists()]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3
    starts = {one.get(f"{W}numId"): one for one in read.document.part.numbering_part.element.iter(f"{W}num")}
    first = [
        starts[number].find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") for number in dict.fromkeys(numbers)
    ]
    assert first == ["4", "9", "1"]


def test_lists_inside_lists_keep_their_levels_and_their_paragraphs(drawn):
    read = drawn(
        "<ul><li><p>one</p><p>more</p><ul><li>two<ul><li>three<ul><li>four</li></ul></li></ul></li></ul></li></ul>"
    )

    assert [(name, text) for name, _number, text in read.lists()] == [
        ("List Bullet", "one"),
        ("List Bullet 2", "two"),
        ("List Bullet 3", "three"),
        ("List Bullet 3", "four"),
    ]
    assert read.said("List Continue") == ["more"]


def test_joined_cells_stay_joined(drawn):
    read = drawn(
        '<table><tr><th colspan="2">wide</th><th>c</th></tr><tr><td rowspan="2">tall</td><td>b</td><td>c</td></tr>'
        "<tr><td>b2</td><td></td></tr></table>"
    )

    ((_caption, _head, rows),) = read.tables()
    assert rows == [["wide", "wide", "c"], ["tall", "b", "c"], ["tall", "b2", ""]]


@pytest.mark.parametrize("span", ["100000000", "-1", "0", "x", "²"])
def test_a_span_beyond_reason_makes_no_endless_table(drawn, span):
    ((_caption, _head, rows),) = drawn(f'<table><tr><td colspan="{span}" rowspan="{span}">a</td></tr></table>').tables()

    assert len(rows[0]) <= 30


def test_what_is_empty_leaves_nothing(drawn):
    read = drawn("<table></table><dl></dl><p> </p><h2> </h2>")

    assert (read.tables(), read.document.paragraphs) == ([], [])


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_stands_in_its_line_no_higher_than_a_logo(drawn, form):
    read = drawn(f'<p class="report-kind"><img class="report-logo" src="{_logo(form)}" alt="The network"> Kind</p>')

    assert (read.said("Kind line"), read.pictures()) == ([" Kind"], ["The network"])
    (extent,) = [one for one in read.body.iter() if one.tag.endswith("}extent")]
    assert int(extent.get("cy")) == 360_000


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.png",
        "file:///etc/passwd",
        "a.png",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,%%%",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "data:image/svg+xml,<svg><script/></svg>",
        "",
    ],
)
def test_nothing_is_fetched_and_what_is_no_picture_leaves_its_words(drawn, address):
    read = drawn(f'<p><img src="{address}" alt="A word"></p><figure><img src="{address}" alt="A figure"></figure>')

    assert read.pictures() == []
    assert [one.text for one in read.document.paragraphs] == ["A word", "A figure"]


def test_words_between_blocks_are_kept_in_their_order(drawn):
    read = drawn("before<div>in <em>a</em> div<p>block</p>after</div><hr><sup>2</sup>")

    assert [one.text for one in read.document.paragraphs] == ["before", "in a div", "block", "after", "2"]


def test_a_language_from_right_to_left_is_marked_as_such(drawn):
    read = drawn('<p lang="ar">مرحبا</p><p lang="sr-Latn">Zdravo</p><p lang="tlh">nuqneH</p>')

    (run,) = [one for one in read.body.iter(f"{W}r") if one.find(f"{W}rPr/{W}rtl") is not None]
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar-EG"
    assert (read.language_of("Zdravo"), read.language_of("nuqneH")) == ({"sr-Latn"}, {"tlh"})


def test_a_message_that_is_printed_twice_has_its_bookmarks_once(drawn):
    one = '<section data-key="K"><h3><span data-part="headline">A headline</span></h3></section>'

    assert len(drawn(one + one).bookmarks()) == 1


def test_a_number_before_a_headline_is_no_part_of_it(drawn):
    read = drawn(
        '<section data-key="K"><h3><span class="report-no">1</span> <span data-part="headline">A headline</span></h3>'
        "</section>"
    )

    assert read.headings() == [("Heading 2", "1 A headline")]
    assert [one.headline for one in word_back.read(read.content).messages] == ["A headline"]


def test_no_column_is_narrower_than_its_longest_word_where_all_fit(drawn):
    heads = "".join(f"<th>{head}</th>" for head in ("On question", "Success factors", "Challenges", "Suggestions", "X"))
    cells = f"<td>{'many words ' * 20}</td>" + "<td>1</td>" * 4

    read = drawn(f"<table><thead><tr>{heads}</tr></thead><tr>{cells}</tr></table>")

    widths = [column.width.twips for column in read.document.tables[0].columns]
    assert widths[2:4] == [len("Challenges") * 108 + 142, len("Suggestions") * 108 + 142]
    assert widths[0] == max(widths)
    assert sum(widths) == 9637


def test_columns_that_cannot_all_keep_their_words_whole_share_the_line(drawn):
    cells = "".join(f"<td>{'x' * 30}{number}</td>" for number in range(8))

    read = drawn(f"<table><tr>{cells}</tr></table>")

    widths = [column.width.twips for column in read.document.tables[0].columns]
    assert max(widths) - min(widths) <= 8
    assert sum(widths) == 9637


def test_what_introduces_a_heading_stays_above_it_without_a_gap(drawn):
    read = drawn(
        '<p>Before.</p><p class="report-above">Findings on question 1</p><h2>What is trusted?</h2><h2>Next</h2>'
    )

    _before, above, below, following = read.document.paragraphs
    assert (above.style.name, above.style.paragraph_format.keep_with_next) == ("Above a heading", True)
    assert (below.paragraph_format.space_before, following.paragraph_format.space_before) == (0, None)


def test_a_list_ends_with_the_room_of_a_paragraph_and_its_items_stand_closer(drawn):
    read = drawn("<ul><li>one</li><li>two<ul><li>within</li></ul></li></ul><p>After.</p><ul></ul>")

    rooms = [one.paragraph_format.space_after for one in read.document.paragraphs]
    assert [room and room.pt for room in rooms] == [None, None, 6, None]


def test_the_small_print_keeps_away_from_what_is_written_above_it(drawn):
    behind_text = drawn("<p>Text.</p><footer><p>Small.</p></footer>").document.paragraphs[-1]
    behind_table = drawn("<table><tr><td>1</td></tr></table><footer><p>Small.</p></footer>").document.paragraphs[-1]

    assert (behind_text.text, behind_text.paragraph_format.space_before.pt) == ("Small.", 10)
    assert (behind_table.text, behind_table.paragraph_format.space_before) == ("Small.", None)


def test_a_remark_in_the_page_is_not_said(drawn):
    read = drawn("<div><!-- a --><p>one<!-- b --></p></div><ul><!-- c --><li>two</li></ul>")

    assert [one.text for one in read.document.paragraphs] == ["one", "two"]


def test_an_item_that_begins_with_a_table_bears_no_sign_and_an_empty_one_leaves_nothing(drawn):
    read = drawn("<ul><li></li><li><table><tr><td>1</td></tr></table>after</li></ul>")

    assert (read.lists(), read.said("List Continue")) == ([], ["after"])


def test_an_empty_small_print_leaves_nothing(drawn):
    assert [one.text for one in drawn("<p>Text.</p><footer> </footer>").document.paragraphs] == ["Text."]


def test_contents_leave_out_what_leads_nowhere(drawn):
    read = drawn('<nav><ol><li>Nowhere</li><li><a href="#one">First</a></li></ol></nav><h2 id="one">First</h2>')

    assert read.said("toc 1") == ["First"]


def test_a_place_that_stands_twice_is_the_first_of_the_two(drawn):
    read = drawn('<p id="one">First</p><p id="one">Second</p>')

    assert read.bookmarks() == ["at_one"]
    assert read.body.find(f".//{W}bookmarkStart").getparent().findtext(f".//{W}t") == "First"


def test_a_figure_without_picture_and_words_leaves_nothing(drawn):
    assert drawn('<figure><img src="https://example.org/a.png"></figure><p>Text.</p>').said("Figure") == []


def test_a_cell_reaches_down_as_many_rows_as_it_says(drawn):
    read = drawn('<table><tr><td rowspan="3">tall</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>')

    assert read.tables()[0][2] == [["tall", "1"], ["tall", "2"], ["tall", "3"]]


def test_words_that_lead_to_one_page_share_one_link(drawn):
    read = drawn('<p><a href="https://example.org/">one <em>two</em></a></p>')

    (link,) = read.body.iter(f"{W}hyperlink")
    assert "".join(link.itertext(f"{W}t")) == "one two"


def test_an_address_that_no_browser_opens_leads_nowhere(drawn):
    read = drawn('<p><a href="http://[::1">broken</a></p>')

    assert (read.links(), [one.text for one in read.document.paragraphs]) == ([], ["broken"])


def test_a_box_at_the_very_beginning_has_nothing_above_it(drawn):
    read = drawn('<div class="report-box"><p>In a box.</p></div>')

    assert next(one.tag.removeprefix(W) for one in read.body) == "tbl"
    assert read.document.tables[0].cell(0, 0).text == "In a box."


def test_rows_of_a_table_inside_another_are_told_once_to_stay_together(drawn):
    inner = "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>"

    read = drawn(f"<table><tr><td>{inner}</td></tr><tr><td>after</td></tr></table>")

    kept = {"".join(one.itertext(f"{W}t")): len(one.findall(f"{W}pPr/{W}keepNext")) for one in read.body.iter(f"{W}p")}
    assert (kept["1"], kept["2"], kept["after"]) == (1, 1, 0)


def test_a_heading_in_a_box_stands_closer_than_one_in_the_text(drawn):
    read = drawn('<div class="report-box"><h2 class="report-box-heading">In brief</h2><p>Text.</p></div><h2>After</h2>')

    inside = read.document.tables[0].cell(0, 0).paragraphs[0]
    assert (inside.text, inside.paragraph_format.space_before.pt) == ("In brief", 4)
    assert read.document.paragraphs[-1].paragraph_format.space_before is None
