"""How the figures are drawn: true to scale, readable without colours, in their place."""

import re
from datetime import date
from itertools import pairwise

import pytest

from review_app.reports.drawings.calendar import days_of, ticks
from review_app.reports.drawings.colours import DEFAULT
from review_app.reports.drawings.labels import Box, width_of
from review_app.reports.drawings.matrix import SHADES, shade_of
from review_app.reports.drawings.ranking import placed
from review_app.reports.drawings.stacks import Stack
from review_app.reports.drawings.status import TEXTURES
from review_app.reports.drawings.textures import KINDS, Strokes, filled
from review_app.reports.drawings.timeline import Moment
from review_app.reports.materials import Materials
from review_app.reports.wording.words import Words
from tests.reports.examples import counted
from tests.reports.small_charts import (
    FINDINGS,
    MONTH,
    YEAR,
    crossed,
    held,
    stacked,
    timed,
    when,
    words_on,
)


def luminance(colour):
    parts = [value / 255 for value in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("textures", [tuple(KINDS.values()), tuple(TEXTURES.values())], ids=["kinds", "states"])
def test_in_black_and_white_every_two_parts_differ_by_shade_or_by_strokes(textures):
    for place, one in enumerate(textures):
        for other in textures[place + 1 :]:
            apart = contrast(one.fill(DEFAULT), other.fill(DEFAULT))
            assert apart >= 2.2 or one.strokes is not other.strokes, (one, other)


def test_neighbours_of_a_bar_alternate_between_dark_and_light_or_differ_by_strokes():
    for one, other in pairwise(KINDS.values()):
        assert contrast(one.fill(DEFAULT), other.fill(DEFAULT)) >= 3 or one.strokes is not other.strokes


@pytest.mark.parametrize("texture", [*KINDS.values(), *TEXTURES.values(), *SHADES])
def test_what_stands_on_a_shade_can_be_read(texture):
    assert contrast(texture.fill(DEFAULT), texture.text(DEFAULT)) >= 4.5


@pytest.mark.parametrize("strokes", list(Strokes))
def test_strokes_stay_in_their_part_and_leave_room_for_its_number(strokes):
    texture = next(one for one in (*KINDS.values(), *TEXTURES.values()) if one.strokes is strokes)

    drawn = filled(Box(10, 20, 50, 29), texture, DEFAULT, free=7)

    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn)
    assert bool(points) is (strokes is not Strokes.NONE)
    assert all(17 <= float(x) <= 50 and 20 <= float(y) <= 29 for x, y in points)


def test_a_bar_of_a_stack_is_as_long_as_its_count_and_small_parts_bear_no_number(words):
    figure = stacked(words, (Stack("A", counted(80, 1)), Stack("B", counted(40))))

    bars = [float(wide) for wide in re.findall(r'width="([\d.]+)" height="5.60"', figure.svg)]
    assert bars[0] + 0.5 == pytest.approx(2 * (bars[2] + 0.5), abs=0.05)
    assert words_on(figure)[-4:] == ["80", "81", "40", "40"]


def test_dots_are_filled_for_those_who_hold_it_and_many_become_a_bar(words):
    figure = held(words)

    dots = re.findall(r'<circle [^>]*fill="(#\w+)"', figure.svg)
    assert dots == [DEFAULT.ink] * 3 + [DEFAULT.paper]
    whole, part = (float(wide) for wide in re.findall(r'<rect [^>]* width="([\d.]+)"', figure.svg))
    assert part / whole == pytest.approx(9 / 40, rel=0.05)


def test_equal_support_is_an_equal_place_in_the_order_given():
    found = [(one.place, one.finding.label) for one in placed(FINDINGS)]

    assert found == [(1, "First"), (2, "Second"), (2, "Also second")]


def test_what_is_planned_is_hollow_and_what_happened_is_full(words):
    figure = timed(words, (Moment("Held", when("2026-05-04")), Moment("To come", when("2026-06-04"), is_planned=True)))

    assert re.findall(r'<circle [^>]*fill="(#\w+)"', figure.svg) == [DEFAULT.ink, DEFAULT.paper]


@pytest.mark.parametrize(
    ("time", "days"),
    [
        (when("2026-05-04", "2026-05-06"), ("2026-05-04", "2026-05-06")),
        (when("2024-02", precision=MONTH), ("2024-02-01", "2024-02-29")),
        (when("2019", "2020", YEAR), ("2019-01-01", "2020-12-31")),
    ],
)
def test_a_time_covers_all_days_it_may_mean(time, days):
    assert tuple(day.isoformat() for day in days_of(time)) == days


@pytest.mark.parametrize(("on_screen", "most"), [(False, 8), (True, 4)])
@pytest.mark.parametrize("time", [when("2026-05-04"), when("2025-11-20", "2026-09-02"), when("2001", "2026", YEAR)])
def test_ticks_are_few_and_hold_the_whole_time(words, time, on_screen, most):
    first, last = days_of(time)

    found = ticks(first, last, words, on_screen=on_screen)

    assert 2 <= len(found) <= most
    assert found[0].day <= first
    assert found[-1].day >= last
    assert len({one.label for one in found}) == len(found)


def test_the_highest_count_is_darkest_and_no_higher_one_is_lighter():
    for most in range(1, 30):
        shades = [SHADES.index(shade_of(count, most)) for count in range(1, most + 1)]
        assert shades == sorted(shades)
        assert shades[-1] == len(SHADES) - 1


def test_heads_that_find_no_room_stand_as_numbers_with_a_key(words):
    few = crossed(words, columns=("Housing", "Health"), cells={(0, 0): 1})
    many = crossed(words, columns=tuple(f"Theme of number {number}" for number in range(12)), cells={(0, 0): 1})

    assert {"Housing", "Health"} <= set(words_on(few))
    assert words_on(many)[:12] == [str(number) for number in range(1, 13)]
    assert words_on(many)[-2:] == ["12", "Theme of number 11"]


def test_no_key_is_drawn_where_the_page_says_what_the_numbers_stand_for(words):
    columns = tuple(f"Theme of number {number}" for number in range(12))

    explained = crossed(words, columns=columns, cells={(0, 0): 1}, is_explained=True)
    keyed = crossed(words, columns=columns, cells={(0, 0): 1})

    assert words_on(explained) == [*(str(number) for number in range(1, 13)), "Aldermere", "1", "Norrvik"]
    assert words_on(keyed)[: len(words_on(explained))] == words_on(explained)
    assert _height(explained) < _height(keyed) - 10


def test_thirty_rows_by_twelve_columns_fit_a_page_and_overlap_nowhere(words):
    rows, columns = tuple(f"Review {number}" for number in range(30)), tuple(f"Theme {number}" for number in range(12))
    cells = {(row, column): 10 for row in range(30) for column in range(12)}

    for on_screen, most in ((False, 235), (True, 260)):
        figure = crossed(words, rows, columns, cells, on_screen=on_screen)
        boxes = [
            Box(float(x), float(y), float(x) + float(wide), float(y) + float(high))
            for x, y, wide, high in re.findall(
                r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', figure.svg
            )
        ]
        assert _height(figure) <= most
        assert len(boxes) == 360
        assert all(one.shared(other) == 0 for one, other in pairwise(boxes))
        assert min(box.right - box.left for box in boxes) >= width_of("10") * 2.5


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_labels_of_a_time_line_leave_out_as_many_ticks_each_time(language):
    words = Words(language, Materials.of().sentences(language))
    moments = [Moment("Visit", when("2025-11-11")), Moment("Report", when("2026-11-02"))]
    marked = [one.label for one in ticks(date(2025, 11, 11), date(2026, 11, 2), words, on_screen=False)]

    found = [marked.index(label) for label in words_on(timed(words, moments)) if label in marked]

    assert len(found) > 1
    assert len({later - earlier for earlier, later in pairwise(found)}) == 1


def test_a_row_of_a_matrix_is_named_whole_on_a_screen(words):
    figure = crossed(words, rows=("Weidenhafen 2025", "Rome 2024"), on_screen=True)

    assert {"Weidenhafen 2025", "Rome 2024"} <= set(words_on(figure))


def _height(figure):
    return float(re.search(r'height="([\d.]+)mm"', figure.svg)[1])
