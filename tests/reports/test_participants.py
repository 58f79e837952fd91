"""The list of participants: everybody once, a column to sign for each day, room for late guests."""

import re

import pytest

from review_app.domain.material import Part
from review_app.domain.visibility import Thing
from review_app.reports import page
from review_app.reports.kinds import participants, registry
from review_app.reports.parts.signing_room import LEAST_EMPTY, MOST_EMPTY
from tests.reports import small_papers as papers
from tests.reports.page_text import lines
from tests.reports.small_papers import LIST_FOUR, LIST_LONG, LIST_ONE, LIST_TWO, LIST_UNKNOWN, TODAY, days, review

PRINTED = participants.Setting(participants.Words("en"))
ALL = ["LIST_ONE", "LIST_FOUR", "LIST_LONG", "LIST_UNKNOWN", "LIST_FOREIGN", "LIST_LIMITS", "LIST_HOSTILE"]


@pytest.mark.parametrize(
    ("frozen", "columns"),
    [
        (LIST_ONE, ("Mon 4 May",)),
        (LIST_TWO, ("Mon 4 May", "Tue 5 May")),
        (LIST_FOUR, ("Mon 4 May", "Tue 5 May", "Wed 6 May", "Thu 7 May")),
        (LIST_LONG, ("Mon 4 May", "Tue 5 May", "Wed 6 May", "Thu 7 May")),
        (LIST_UNKNOWN, ("Signature",)),
    ],
)
def test_there_is_a_column_to_sign_for_each_day_and_one_at_least(frozen, columns):
    found = [re.sub(r"[,\s]+", " ", column) for column in participants.view_of(frozen, PRINTED).columns]

    assert tuple(found) == columns


def test_a_month_is_no_day_to_sign_for():
    frozen = participants.freeze(review(span=days(None, "2026-05", "month")), TODAY)

    assert frozen.days == ()


def test_a_visit_of_many_days_asks_for_another_copy():
    assert "For later days take another copy of this list." in page.document(LIST_LONG)
    assert "another copy" not in page.document(LIST_FOUR)


def test_everybody_stands_once_with_function_organisation_country_and_every_role():
    rows = participants.view_of(LIST_TWO, PRINTED).rows

    assert [(one.number, one.name, one.function, one.organisation, one.country, one.role) for one in rows] == [
        ("1", "Ingrid Solberg", "Head of climate office", "Norrvik", "Sweden", "Host coordinator"),
        ("2", "Lea Marchetti", "", "Castelline", "Italy", "Lead reviewer, Peer"),
        ("3", "Sven Ek", "", "", "", "Secretariat"),
    ]


def test_late_guests_find_empty_rows_with_numbers():
    view = participants.view_of(LIST_TWO, PRINTED)

    assert [(row.number, row.name) for row in view.empty] == [("4", ""), ("5", ""), ("6", ""), ("7", ""), ("8", "")]


@pytest.mark.parametrize(
    ("until", "people", "empty"),
    [
        ("2026-05-07", 4, 5),
        ("2026-05-07", 6, LEAST_EMPTY),
        ("2026-05-05", 11, 5),
        ("2026-05-05", 13, LEAST_EMPTY),
    ],
)
def test_late_guests_find_at_least_three_rows_before_a_page_is_printed_for_them(press, tmp_path, until, people, empty):
    guests = (papers.PEOPLE * people)[:people]
    frozen = participants.freeze(review(guests=guests, span=days(until)), TODAY)

    printed = press.print_to(tmp_path / "list.pdf", frozen)

    assert len(participants.view_of(frozen, PRINTED).empty) == empty
    assert printed.pages == 1


def test_late_guests_find_five_rows_where_fewer_than_three_would_be_left(press, tmp_path):
    frozen = participants.freeze(review(guests=papers.PEOPLE * 3, span=days("2026-05-07")), TODAY)

    printed = press.print_to(tmp_path / "list.pdf", frozen)

    assert len(participants.view_of(frozen, PRINTED).empty) == MOST_EMPTY
    assert printed.pages == 2


def test_long_names_are_set_small_so_that_everybody_signs_on_one_page(paper):
    rows = participants.view_of(papers.LIST_LIMITS, PRINTED).rows

    assert [row.is_tight for row in rows] == [True, False, False, False, True]
    assert paper("LIST_LIMITS").printed.pages == paper("LIST_FOREIGN").printed.pages == 1
    assert "report-tight" not in page.body(papers.LIST_LIMITS)


def test_the_longest_names_without_a_blank_stay_in_their_columns(paper):
    leaf = paper("LIST_LIMITS").boxes
    found = re.findall(r'<word xMin="([.\d]+)" yMin="[.\d]+" xMax="([.\d]+)" yMax="[.\d]+">([^<]*)<', leaf)
    edges = {word: float(left) for left, _right, word in reversed(found) if word in {"Name", "Organisation", "Role"}}
    long = [(float(left), float(right)) for left, right, word in found if set(word) in ({"W"}, {"M"})]

    named = [one for one in long if one[0] < edges["Organisation"] - 1]
    homes = [one for one in long if one not in named]
    assert sum(right - left for left, right in named) > 0 < len(homes)
    assert {left for left, _right in named} == {min(left for left, _right in named)}
    assert max(right for _left, right in named) < edges["Organisation"]
    assert max(right for _left, right in homes) < edges["Role"]


def test_a_screen_shows_the_people_and_no_columns_to_sign():
    html = page.body(LIST_FOUR)

    assert "Ingrid Solberg" in lines(html)
    assert "report-day" not in html
    assert "The printed list has a column to sign for each day of the visit, and empty lines for late guests." in html


def test_the_list_names_people_so_only_those_who_see_the_team_read_it():
    kind = registry.KINDS["participants"]

    assert (kind.thing, kind.also, kind.is_numbered) == (Thing.TEAM, frozenset({Part.PEOPLE}), False)
    assert registry.read(LIST_FOUR.to_bytes()) == LIST_FOUR


def test_no_other_kind_asks_for_people():
    assert [kind.name for kind in registry.KINDS.values() if Part.PEOPLE in kind.also] == ["participants"]


def test_the_list_says_how_long_personal_data_may_be_kept(paper):
    flow = paper("LIST_TWO").flow

    assert "The team as of 28 November 2026." in flow
    assert "This list holds personal data." in flow


@pytest.mark.parametrize(("name", "is_wide"), [("LIST_ONE", False), ("LIST_TWO", False), ("LIST_FOUR", True)])
def test_more_than_two_days_turn_the_page(paper, name, is_wide):
    with paper(name).open() as file:
        sizes = [tuple(float(side) for side in leaf.MediaBox[2:]) for leaf in file.pages]

    assert [width > height for width, height in sizes] == [is_wide]


def test_title_dates_and_venue_stand_above_the_list(paper):
    flow = paper("LIST_TWO").flow

    places = [flow.index(text) for text in ("Warm homes for everybody", "Norrvik, 4–5 May 2026", "Old Customs House")]
    assert places == sorted(places)
    assert flow.index("Old Customs House") < flow.index("Ingrid Solberg") < flow.index("Lea Marchetti")


def test_the_heads_of_a_long_list_stand_on_every_page_and_nobody_is_lost(paper):
    read = paper("LIST_LONG")

    assert read.printed.pages > 2
    assert [leaf.count("Name and function") for leaf in read.pages] == [1] * read.printed.pages
    assert read.flow.count("Lea Marchetti") == 15


def test_each_row_and_each_column_has_a_head_of_its_own(paper):
    scopes = papers.header_scopes(paper("LIST_TWO"))

    assert scopes == ["/Column"] * 6 + ["/Row"] * (3 + MOST_EMPTY)
    assert papers.bookmarks(paper("LIST_TWO")) == ("Warm homes for everybody", ["Who takes part"])


@pytest.mark.parametrize("name", ALL)
def test_the_list_has_a_language_and_no_word_leaves_its_page(paper, name):
    read = paper(name)
    with read.open() as file:
        assert str(file.Root.Lang) == ("el" if name == "LIST_FOREIGN" else "en")
        width, height = (float(side) for side in file.pages[0].MediaBox[2:])
    words = re.findall(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', read.boxes)

    assert [one for one in words if min(map(float, one)) < 0 or float(one[2]) > width or float(one[3]) > height] == []


def test_names_in_any_script_are_printed_whole_and_never_over_the_next_cell(paper):
    flow = re.sub(r"[-\s]", "", paper("LIST_FOREIGN").flow)

    for guest in papers.FOREIGNERS:
        assert re.sub(r"[-\s]", "", guest.name) in flow
    assert "Ελλάδα" in flow


def test_hostile_names_are_printed_as_text(paper):
    assert paper("LIST_HOSTILE").flow.count('<script>alert("x")</script>') >= 3
