"""How a reader checks a copy: the page, the code, and a square that holds both for a camera."""

import re

import pytest
import segno

from review_app.reports import page
from review_app.reports.drawings.codes import MODULE, QUIET, SIDE, check_address, code_figure
from review_app.reports.drawings.figures import is_ours
from tests.reports import examples

PAGE = "https://reviews.example.org/check"
CHECKED = examples.FULL.model_copy(update={"check_at": PAGE})
ADDRESS = check_address(PAGE, CHECKED.ref, CHECKED.code)


def modules_of(svg):
    """Read the drawing back: how many modules a side has, and which of them are dark."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    dark = re.search(r'fill="#14284b" d="([^"]*)"', svg)[1]
    boxes = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", dark)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in boxes) == dark
    return side, {(int(x) + step, int(y)) for x, y, wide in boxes for step in range(int(wide))}


def colophon_of(html):
    return html[html.index('<footer class="report-colophon">') :]


def test_the_square_holds_the_address_and_nothing_else(words):
    side, dark = modules_of(code_figure(ADDRESS, words).svg)

    matrix = segno.make(ADDRESS, error="l", micro=False).matrix
    assert side == len(matrix) + 2 * QUIET
    assert dark == {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}


def test_the_square_is_dark_on_white_with_its_quiet_zone(words):
    figure = code_figure(ADDRESS, words)
    side, dark = modules_of(figure.svg)

    assert f'fill="#ffffff" d="M0 0h{side}v{side}h-{side}z"' in figure.svg
    assert {min(x for x, _y in dark), min(y for _x, y in dark)} == {QUIET}
    assert {max(x for x, _y in dark), max(y for _x, y in dark)} == {side - QUIET - 1}


@pytest.mark.parametrize("ref", ["a", "a-long-reference-" * 12])
def test_the_square_is_small_and_still_read_by_a_telephone(words, ref):
    svg = code_figure(check_address(PAGE, ref, "0123456789ab"), words).svg

    millimetres = float(re.search(r'width="([\d.]+)mm"', svg)[1])
    side, _dark = modules_of(svg)
    assert millimetres >= SIDE
    assert millimetres / side >= MODULE * 0.99
    assert millimetres == SIDE or side > SIDE / MODULE


def test_the_square_passes_as_a_drawing_of_ours_and_says_what_it_is(words):
    figure = code_figure(ADDRESS, words)

    assert is_ours(figure.address)
    assert figure.alt == "Square code that leads to the page where this copy can be checked."


def test_an_address_cannot_break_out_of_the_link():
    assert check_address(PAGE, 'a"><script>&', "x y") == f"{PAGE}?ref=a%22%3E%3Cscript%3E%26&code=x+y"


@pytest.mark.parametrize("drawn", [page.body, page.document])
def test_a_numbered_report_says_where_its_copies_are_checked(drawn):
    colophon = colophon_of(str(drawn(CHECKED)))

    href = f'href="{ADDRESS.replace("&", "&amp;")}"'
    assert [part in colophon for part in (href, f">{PAGE}</a>", CHECKED.code, "Square code that leads")] == [True] * 4
    assert f"Reference: {CHECKED.ref}. Code: {CHECKED.code}." in colophon


@pytest.mark.parametrize(
    "paper", [examples.FULL, examples.DRAFT.model_copy(update={"check_at": PAGE})], ids=["no page", "draft"]
)
def test_a_draft_and_a_site_without_such_a_page_send_nobody_there(paper):
    colophon = colophon_of(page.document(paper))

    assert ["report-check" in colophon, PAGE in colophon] == [False, False]
    assert f"Reference: {paper.ref}. Content: {paper.code}." in colophon


def test_the_code_is_the_same_in_every_language():
    assert CHECKED.spoken("fr").code == CHECKED.code == CHECKED.sha256[:12]
