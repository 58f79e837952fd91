"""The map and the bar: they show what they say, and no place or count breaks them."""

import re
from urllib.parse import quote

import pytest
from fontTools.ttLib import TTFont

from review_app.domain.vocabulary import ItemKind, Side
from review_app.reports.drawings.bars import Part, stacked_bar
from review_app.reports.drawings.colours import DEFAULT
from review_app.reports.drawings.figures import SVG, bar_figure, is_ours, map_figure
from review_app.reports.drawings.labels import BEARABLE, Box, Dot, Ground, place_labels, width_of
from review_app.reports.drawings.map import Spot, locator_map, read_europe
from review_app.reports.frozen.snapshot import KindCount
from review_app.reports.materials import PROJECT, Materials
from tests.reports.examples import FULL, GHENT, place, snapshot

TWENTY = (
    ("Amsterdam", 52.37, 4.9),
    ("Antwerp", 51.22, 4.4),
    ("Barcelona", 41.39, 2.16),
    ("Berlin", 52.52, 13.4),
    ("Bristol", 51.45, -2.6),
    ("Brno", 49.2, 16.61),
    ("Brussels", 50.85, 4.35),
    ("Ghent", 51.05, 3.72),
    ("Gijón", 43.54, -5.66),
    ("Gothenburg", 57.71, 11.97),
    ("Lille Métropole", 50.63, 3.06),
    ("Łódź", 51.77, 19.46),
    ("Lyon", 45.75, 4.85),
    ("Madrid", 40.42, -3.7),
    ("Malmö", 55.6, 13.0),
    ("Nuremberg", 49.45, 11.08),
    ("Rotterdam", 51.92, 4.48),
    ("Stockholm", 59.33, 18.06),
    ("Tallinn", 59.44, 24.75),
    ("Thessaloniki", 40.64, 22.94),
)


@pytest.fixture(scope="session")
def europe():
    return read_europe(Materials.of().europe)


def drawn(europe, *spots):
    return locator_map(europe, spots, width=50, heights=(42, 66), title="Where")


def names_on(svg):
    return set(re.findall(r">([^<>]+)</text>", svg))


def test_the_host_is_a_ring_and_its_country_is_shaded(europe):
    host, peer = Spot("Ghent", 51.05, 3.72, "BE", is_host=True), Spot("Lyon", 45.75, 4.85, "FR")

    svg = drawn(europe, host, peer).svg

    assert svg.count(f'stroke="{DEFAULT.accent}"') == 1
    assert svg.count(f'fill="{DEFAULT.land_of_host}"') == 1
    assert names_on(svg) == {"Ghent", "Lyon"}


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(-33.9, 151.2), (46.8, -71.2), (-52, -170), (90, 0), (-90, 0), (1e308, -1e308)]
)
def test_a_place_beyond_europe_is_told_and_breaks_nothing(europe, latitude, longitude):
    drawing = drawn(europe, Spot("Ghent", 51.05, 3.72, "BE", is_host=True), Spot("Far", latitude, longitude))

    assert drawing.beyond == ("Far",)
    assert names_on(drawing.svg) == {"Ghent"}


def test_without_a_place_in_europe_there_is_no_map(europe):
    assert drawn(europe, Spot("Sydney", -33.9, 151.2)) is None
    assert drawn(europe) is None


def test_a_single_city_is_shown_in_its_surroundings(europe):
    drawing = drawn(europe, Spot("Valletta", 35.9, 14.51, "MT", is_host=True))

    assert drawing.svg.count("<path") >= 3
    assert 42 <= drawing.height <= 66


def test_the_same_places_give_the_same_map_in_any_order_of_drawing(europe):
    spots = [Spot(name, latitude, longitude) for name, latitude, longitude in TWENTY]

    assert drawn(europe, *spots).svg == drawn(europe, *reversed(spots)).svg


def test_twenty_names_stay_apart_or_become_numbers_with_a_key(europe):
    drawing = drawn(europe, *(Spot(name, latitude, longitude) for name, latitude, longitude in TWENTY))

    shown = names_on(drawing.svg)
    written = {name for name, _, _ in TWENTY if set(name.split(" ")) & shown or name in shown}
    assert written | set(drawing.keyed) == {name for name, _, _ in TWENTY}
    assert {str(number) for number, _ in enumerate(drawing.keyed, start=1)} <= shown


def test_labels_do_not_cover_each_other(europe):
    dots = [Dot(f"Neighbour {number}", (20 + number % 4 * 3, 20 + number // 4 * 3), 1.0) for number in range(12)]
    room = Box(0, 0, 50, 60)

    labels, keyed = place_labels(dots, Ground(room), 2.8)

    boxes = [label.box for label in labels.values()]
    assert len(keyed) > 0
    assert all(box.shared(room) == pytest.approx(box.area) for box in boxes)
    names = [one.box for one in labels.values() if not one.lines[0].isdigit()]
    clashes = [one.shared(other) for at, one in enumerate(names) for other in names[at + 1 :]]
    assert [clash for clash in clashes if clash > 2 * BEARABLE] == []


@pytest.mark.parametrize(
    "name", [*(name for name, _, _ in TWENTY), "Θεσσαλονίκη", "София", "Timișoara", "WWWW", "illi"]
)
def test_a_name_is_about_as_wide_as_it_is_taken_for(name):
    """As its semi-bold font file has it: labels are placed before they are drawn."""
    font = TTFont(Materials.of().fonts / "Inter-SemiBold.woff2")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    real = sum(widths[glyphs[ord(letter)]][0] for letter in name) / font["head"].unitsPerEm

    assert 0.93 * real <= width_of(name) <= 1.35 * real


def test_the_caption_tells_what_the_map_leaves_out(words, europe):
    figure = map_figure(GHENT, words, europe)

    assert figure.caption == ("The host is marked by a ring.", "Not on the map, for want of a position: Twente.")
    assert "Twente" not in figure.alt


def test_a_map_without_the_host_speaks_of_no_ring(words, europe):
    places = tuple(
        one.model_copy(update={"latitude": None, "longitude": None}) if one.side is Side.HOST else one
        for one in GHENT.places
    )

    figure = map_figure(GHENT.model_copy(update={"places": places}), words, europe)

    assert figure.caption == ("Not on the map, for want of a position: Ghent and Twente.",)


def test_without_positions_or_without_the_built_map_there_is_no_figure(words, europe, tmp_path):
    assert map_figure(snapshot(places=(place("Ghent", "BE", side=Side.HOST),)), words, europe) is None
    assert map_figure(FULL, words, read_europe(tmp_path / "europe.json")) is None


@pytest.mark.parametrize(
    ("sides", "alt"),
    [
        ((Side.HOST,), "Map of Europe with the host, Ghent."),
        ((Side.PEER,), "Map of Europe with the visitors Ghent."),
    ],
)
def test_the_words_of_the_map_name_only_what_is_there(words, europe, sides, alt):
    places = tuple(place("Ghent", "BE", 51.05, 3.72, side) for side in sides)

    assert map_figure(snapshot(places=places), words, europe).alt == alt


def test_a_name_with_markup_stays_a_name(words, europe):
    figure = map_figure(snapshot(places=(place('<b a="&">', "BE", 51.05, 3.72, Side.HOST),)), words, europe)

    assert "&lt;b" in figure.svg
    assert is_ours(figure.address)


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "http://127.0.0.1/"</style></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://127.0.0.1/)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect onload="x()"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg><text>&a;</text></svg>',
        "<?xml-stylesheet href='http://127.0.0.1/'?><svg></svg>",
        "<svg><text>&a;</text></svg>",
    ],
)
def test_a_drawing_that_leads_out_is_not_ours(svg):
    assert not is_ours(SVG + quote(svg))


def test_another_kind_of_address_is_not_ours():
    assert not is_ours("data:text/html,<svg></svg>")
    assert not is_ours("http://127.0.0.1/map.svg")


def parts(*counts):
    return [Part(kind, "Lessons", count) for kind, count in zip(ItemKind, counts, strict=False)]


def widths_in(svg):
    return [float(width) for width in re.findall(r'<rect [^>]*? width="([\d.]+)"', svg)]


def test_each_part_is_as_wide_as_its_share(words):
    first, second, third = widths_in(stacked_bar(parts(50, 30, 20), width=170, title=""))

    assert first / third == pytest.approx(2.5, rel=0.05)
    assert second / third == pytest.approx(1.5, rel=0.05)


@pytest.mark.parametrize("counts", [(1, 1000), (500, 1, 1, 1, 1, 1), (1,), (1, 0, 1), (10**6, 1)])
def test_every_count_has_room_inside_its_part_and_the_bar_keeps_its_width(counts):
    svg = stacked_bar(parts(*counts), width=170, title="")

    shown = [count for count in counts if count]
    assert len(widths_in(svg)) == len(shown)
    assert sum(widths_in(svg)) == pytest.approx(170 - 0.6 * len(shown), abs=0.2)
    assert all(wide >= 2.6 * len(str(count)) + 2 for wide, count in zip(widths_in(svg), shown, strict=True))


def test_names_stand_above_the_bar_only_when_each_finds_room():
    assert ">Lessons<" in stacked_bar(parts(5, 5), width=170, title="")
    assert ">Lessons<" not in stacked_bar(parts(500, 1), width=170, title="")


def test_without_items_there_is_no_bar(words):
    assert bar_figure((), words, "", on_screen=False) is None
    assert bar_figure((KindCount(kind=ItemKind.LESSON, count=0),), words, "", on_screen=False) is None


def test_drawings_have_the_colours_of_the_page():
    tokens = (PROJECT / "assets" / "print" / "tokens.css").read_text()
    stated = dict(re.findall(r"--(\w+): (#\w+);", tokens))

    for name in ("ink", "accent", "mid", "pale", "line"):
        assert stated[name] == getattr(DEFAULT, name)


def test_more_places_than_a_small_map_can_name_stand_as_numbers():
    dots = [Dot(f"City {number}", (number % 10 * 5.0, number // 10 * 5.0), 1.2) for number in range(60)]

    labels, keyed = place_labels(dots, Ground(Box(0, 0, 50, 60)), 3.0)

    assert keyed == tuple(dot.name for dot in dots)
    assert [labels[dot].lines for dot in dots] == [(str(number),) for number in range(1, 61)]


def test_a_name_keeps_off_a_dot_that_bears_none():
    host = Dot("Weidenhafen", (20, 20), 2.4)
    free = place_labels([host], Ground(Box(0, 0, 60, 60)), 2.8)[0][host].box
    dots = tuple(Box(x - 1, y - 1, x + 1, y + 1) for x, y in ((free.right - 1, 20), (20, 14), (5, 20)))

    labels, keyed = place_labels([host], Ground(Box(0, 0, 60, 60), dots), 2.8)

    assert keyed == ()
    assert [labels[host].box.shared(dot) for dot in dots] == [0, 0, 0]
    assert sum(free.shared(dot) for dot in dots) > 1


def test_a_map_is_drawn_to_a_tenth_of_a_millimetre_in_few_letters(europe):
    svg = drawn(europe, Spot("Ghent", 51.05, 3.72, "BE", is_host=True), Spot("Lyon", 45.75, 4.85, "FR")).svg
    land = re.findall(r'<path d="(M[^"]+)"', svg)
    lengths = [length for path in land for length in re.findall(r"-?[.0-9]+", path)]

    assert len(lengths) > 2_000
    assert all(len(length.partition(".")[2]) <= 1 for length in lengths)
    assert sum(map(len, land)) / len(lengths) < 5
