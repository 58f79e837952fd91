"""The figures: each says in words and in its table what it shows, to everybody, and nothing else gets in."""

import re

import pytest

from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.figures import is_ours
from review_app.reports.drawings.labels import width_of
from review_app.reports.drawings.lettering import MORE, SIZE, broken
from review_app.reports.drawings.matrix import matrix_chart
from review_app.reports.drawings.ranking import Finding, ranking_chart
from review_app.reports.drawings.stacks import Stack, stacks_chart
from review_app.reports.drawings.status import State, StateCount, status_chart
from review_app.reports.drawings.support import Held, support_chart
from review_app.reports.drawings.timeline import Moment, timeline_chart
from tests.reports.examples import counted
from tests.reports.small_charts import (
    CELLS,
    COLUMNS,
    DRAWN,
    FINDINGS,
    HELD,
    MOMENTS,
    ROWS,
    STACKS,
    STATES,
    crossed,
    held,
    ranked,
    stacked,
    stated,
    timed,
    when,
    words_on,
)

EVIL = '<b a="\'&">\u202e\x07 {{ 7*7 }}'
OTHER = Palette("#101010", "#202020", "#303030", "#eeeeee", "#cccccc")


@pytest.mark.parametrize(
    ("draw", "alt"),
    [
        (
            stacked,
            (
                "2 bars, divided by kind. Question 1: 4 success factors, 2 challenges and 1 lesson; "
                "Other: 1 challenge and 3 ideas to take home."
            ),
        ),
        (
            held,
            "3 messages and who holds them. All of it: 3 of 4 cities; Much of it: Held by most; Far: 9 of 40.",
        ),
        (
            ranked,
            "3 findings in the order of their support. 1. First: 7; 2. Second: 3; 2. Also second: 3.",
        ),
        (timed, "Line of time with 2 dates. Visit: 4–6 May 2026; Published: July 2026, planned."),
        (
            stated,
            ("6 actions by what has become of them. Not started: 0; Under way: 3; Done: 3; Changed: 0; Dropped: 0."),
        ),
        (
            crossed,
            "Table of marks, 2 rows by 2 columns. Housing in 1 row; Public employment services in 1 row.",
        ),
    ],
)
def test_a_figure_says_in_words_what_it_shows(words, draw, alt):
    figure = draw(words)

    assert figure.alt == alt
    assert f"<title>{figure.alt}</title>" in figure.svg
    assert len(figure.caption) == 1


@pytest.mark.parametrize(
    ("draw", "nothing"),
    [
        (stacked, {"stacks": ()}),
        (stacked, {"stacks": (Stack("Empty", ()),)}),
        (held, {"rows": ()}),
        (ranked, {"findings": (Finding("Nobody", 0),)}),
        (timed, {"moments": MOMENTS[2:]}),
        (stated, {"counts": (StateCount(State.DONE, 0),)}),
        (crossed, {"cells": {(0, 0): 0}}),
    ],
)
def test_where_there_is_nothing_to_show_there_is_no_figure(words, draw, nothing):
    assert draw(words, **nothing) is None


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize(("on_screen", "width"), [(False, "170mm"), (True, "76mm")])
def test_a_figure_is_as_wide_as_its_place_and_all_its_words_stay_inside(words, draw, on_screen, width):
    figure = draw(words, on_screen=on_screen)

    wide = float(width.removesuffix("mm"))
    placed_words = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)" fill="[^"]+"'
        r'(?: font-size="([\d.]+)")?[^>]*?(?:text-anchor="(\w+)")?>([^<]*)<',
        figure.svg,
    )
    assert f' width="{width}"' in figure.svg
    assert len(placed_words) >= 3
    for x, _y, size, anchor, text in placed_words:
        long = width_of(text.replace("&#x27;", "'")) * float(size or SIZE) * 0.9
        left = float(x) - {"end": long, "middle": long / 2}.get(anchor, 0)
        assert left >= -0.1, text
        assert left + long <= wide + 0.1, text


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("on_screen", [False, True])
def test_the_same_facts_give_the_same_drawing_which_the_printer_takes_for_ours(words, draw, on_screen):
    figure = draw(words, on_screen=on_screen)

    assert draw(words, on_screen=on_screen).svg == figure.svg
    assert is_ours(figure.address)
    assert not is_ours(figure.address.replace("%3C/svg", "%3Cimage href=%22x%22/%3E%3C/svg"))


@pytest.mark.parametrize("on_screen", [False, True])
@pytest.mark.parametrize(
    "draw",
    [
        lambda words, **more: stacked(words, (Stack(EVIL, counted(1)),), **more),
        lambda words, **more: held(words, (Held(EVIL, EVIL),), **more),
        lambda words, **more: ranked(words, (Finding(EVIL, 2),), **more),
        lambda words, **more: timed(words, (Moment(EVIL, when("2026")),), **more),
        lambda words, **more: crossed(words, rows=(EVIL,), columns=(EVIL,), cells={(0, 0): 1}, **more),
    ],
)
def test_hostile_words_stay_words(words, draw, on_screen):
    figure = draw(words, on_screen=on_screen)

    assert is_ours(figure.address)
    assert "<b" not in figure.svg
    assert "&lt;b" in figure.svg
    assert not any(one in "".join(words_on(figure)) for one in "\u202e\x07")


@pytest.mark.parametrize("draw", DRAWN)
def test_a_figure_wears_the_colours_of_its_network_and_no_other(words, draw):
    figure = draw(words, palette=OTHER)

    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*vars(OTHER).values()}


def test_every_table_holds_what_its_figure_shows(words):
    tables = {
        "stacks": stacks_chart(STACKS, stacked(words), words, first="Question", caption="c"),
        "support": support_chart(HELD, held(words), words, caption="c"),
        "ranking": ranking_chart(FINDINGS, ranked(words), words, counted="Reviews", caption="c"),
        "timeline": timeline_chart(MOMENTS, timed(words), words, first="Step", caption="c"),
        "status": status_chart(STATES, stated(words), words, caption="c"),
        "matrix": matrix_chart(ROWS, COLUMNS, CELLS, words, figure=crossed(words), first="City", caption="c"),
    }

    assert {name: (chart.headers, *chart.rows) for name, chart in tables.items()} == {
        "stacks": (
            ("Question", "Success factors", "Challenges", "Lessons learnt", "To take home", "In all"),
            ("Question 1", "4", "2", "1", "0", "7"),
            ("Other", "0", "1", "0", "3", "4"),
        ),
        "support": (
            ("Message", "Held by"),
            ("All of it", "3 of 4 cities"),
            ("Much of it", "Held by most"),
            ("Far", "9 of 40"),
        ),
        "ranking": (
            ("Finding", "Reviews"),
            ("1. First", "7"),
            ("2. Second", "3"),
            ("2. Also second", "3"),
        ),
        "timeline": (
            ("Step", "When"),
            ("Visit", "4–6 May 2026"),
            ("Published", "July 2026, planned"),
            ("Nobody knows", "dates not on record"),
        ),
        "status": (
            ("State", "Actions"),
            ("Not started", "0"),
            ("Under way", "3"),
            ("Done", "3"),
            ("Changed", "0"),
            ("Dropped", "0"),
            ("In all", "6"),
        ),
        "matrix": (
            ("City", "Housing", "Public employment services"),
            ("Aldermere", "3", "0"),
            ("Norrvik", "0", "1"),
        ),
    }


def test_without_a_figure_there_is_no_table_either(words):
    assert stacks_chart((), None, words, first="", caption="") is None
    assert support_chart((), None, words, caption="") is None
    assert ranking_chart((), None, words, counted="", caption="") is None
    assert timeline_chart((), None, words, first="", caption="") is None
    assert status_chart((), None, words, caption="") is None
    assert matrix_chart((), (), {}, words, figure=None, first="", caption="") is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ("one two three",)),
        ("one two three four five six", ("one two three", "four five six")),
        ("one two three four five six seven", ("one two three", f"four five six{MORE}")),
        ("one two three wwww wwww seven", ("one two three", f"wwww www{MORE}")),
        ("", ("",)),
    ],
)
def test_a_text_is_broken_into_lines_and_what_is_cut_is_said_to_be(text, lines):
    assert broken(text, 24, most=2) == lines


def test_a_word_that_no_line_can_hold_is_broken_and_loses_no_letter():
    lines = broken("Donaudampfschifffahrtsgesellschaft" * 2, 20, most=99)

    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft" * 2
    assert all(width_of(line) * SIZE <= 20 for line in lines)
