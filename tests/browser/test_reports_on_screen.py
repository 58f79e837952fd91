"""A report as a file of its own in a real browser: every language at every width, and what a printer makes of it."""

import pytest

from review_app.config import ROOT
from review_app.domain.languages import LANGUAGES
from review_app.reports import page
from tests.reports.examples import FULL
from tests.reports.feedback_examples import FEEDBACK
from tests.reports.small_papers import FICHE, FORM, LIST_TWO
from tests.reports.synthesis_examples import TWO

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# No question was asked, so the bar stands beside its key and not beside a chart.
COUNTED = FULL.model_copy(update={"counts_by_question": ()})
REPORTS = {
    "highlights": FULL,
    "counted": COUNTED,
    "feedback": FEEDBACK,
    "synthesis": TWO,
    "fiche": FICHE,
    "participants": LIST_TWO,
    "form": FORM,
}
WIDTHS = 320, 360, 640, 700, 768, 820, 1024, 1280

# Words that stand on two lines, except addresses: those have no place to break that is better than another.
CUT = """() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (!parentElement.checkVisibility() || parentElement.closest("svg, a, .report-hidden, .report-colophon")) continue;
    for (const word of data.matchAll(/[\\p{L}\\p{M}\\p{N}'’]+/gu)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, word.index);
      range.setEnd(walk.currentNode, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((one) => one.width).map((one) => Math.round(one.top));
      if (new Set(lines).size > 1) found.add(word[0]);
    }
  }
  return [...found];
}"""
WIDER = """() => [...document.querySelectorAll("article, article *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("svg, .report-hidden, thead"))
  .map((one) => `${one.localName}.${one.className}`)"""


@pytest.fixture
def reader(chromium):
    """A window without a network: what it asks for anyway is remembered."""
    window = chromium.new_context(offline=True, reduced_motion="reduce")
    sheet = window.new_page()
    sheet.asked = []
    sheet.on("request", lambda request: sheet.asked.append(request.url[:80]))
    yield sheet
    window.close()


@pytest.fixture
def opened(reader, tmp_path):
    """Open a report that was taken along."""

    def open_one(name, language="en"):
        path = tmp_path / f"{name}-{language}.html"
        path.write_text(page.file(REPORTS[name].spoken(language)), encoding="utf-8")
        reader.goto(path.as_uri())
        return reader

    return open_one


def at(sheet, width):
    """Look at a page in another width."""
    sheet.set_viewport_size({"width": width, "height": 900})
    return sheet


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["feedback", "synthesis"])
def test_a_reader_finds_nothing_wider_than_the_window_in_any_language(opened, name, language):
    sheet = opened(name, language)

    assert {width: at(sheet, width).evaluate(WIDER) for width in WIDTHS} == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("language", ["bg", "de", "el", "fi", "fr", "ga", "hu", "mt"])
@pytest.mark.parametrize("name", ["feedback", "synthesis", "fiche", "form"])
def test_a_reader_finds_no_word_cut_in_two(opened, name, language):
    sheet = opened(name, language)

    assert {width: at(sheet, width).evaluate(CUT) for width in WIDTHS[1:]} == {width: [] for width in WIDTHS[1:]}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_was_taken_along_asks_nobody_for_anything(opened, name):
    sheet = opened(name)

    assert [address for address in sheet.asked if not address.startswith(("file:", "data:"))] == []


def test_a_french_reader_finds_a_blank_before_the_colon_of_a_label(opened):
    cell = "() => getComputedStyle(document.querySelector('td[data-label]'), '::before').content"

    assert at(opened("feedback", "fr"), 360).evaluate(cell).strip('"') == "Recommandation\u00a0: "
    assert at(opened("feedback", "de"), 360).evaluate(cell).strip('"') == "Empfehlung: "


def test_only_the_title_is_underlined_in_the_contents(opened):
    sheet = opened("feedback")
    lines = "(part) => getComputedStyle(document.querySelector(`.report-contents ${part}`)).textDecorationLine"

    assert sheet.evaluate(lines, "a") == "none"
    assert sheet.evaluate(lines, "a span:last-child") == "underline"


def test_a_printed_page_keeps_its_notes_smaller_than_its_text_and_the_shades_of_its_key(opened):
    sheet = opened("counted")
    sheet.emulate_media(media="print")
    high = "(part) => document.querySelector(part).getBoundingClientRect().height"
    size = "(part) => parseFloat(getComputedStyle(document.querySelector(part)).fontSize)"
    shade = "() => getComputedStyle(document.querySelector('[class^=report-swatch]'), '::before').printColorAdjust"

    assert sheet.evaluate(size, ".report-note, .report-support") < sheet.evaluate(size, ".report-brief p")
    assert sheet.evaluate(high, ".report-facts dt") < 20
    assert sheet.evaluate(shade) == "exact"


def test_what_can_only_be_pressed_is_not_printed(reader):
    reader.set_content(
        '<p class="app-paper-bar">Download</p><ul class="app-forms"><li>PDF</li></ul><p id="text">Text</p>'
    )
    reader.add_style_tag(path=ROOT / "build" / "static" / "app.css")
    reader.emulate_media(media="print")

    assert [one for one in ("Download", "PDF", "Text") if reader.get_by_text(one).is_visible()] == ["Text"]


@pytest.mark.parametrize("name", ["feedback", "synthesis"])
def test_a_reader_with_a_keyboard_sees_on_which_link_they_are(opened, name):
    sheet = opened(name)
    sheet.keyboard.press("Tab")
    look = "(part) => getComputedStyle(document.activeElement)[part]"

    assert sheet.evaluate("document.activeElement.localName") == "a"
    assert sheet.evaluate(look, "backgroundColor") == "rgb(255, 221, 0)"
    assert sheet.evaluate(look, "color") == "rgb(11, 12, 12)"
