"""Nobody who asked for no name is found by elimination: docs/decisions/0013-anonymity.md, tried by an attacker."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from review_app.domain.attribution import Voice
from review_app.domain.material import Item
from review_app.domain.vocabulary import Attribution, Consensus, ItemKind, Level, Regime, Use
from review_app.reports.frozen.freezing import freeze
from tests.reports.freezing_material import DRAFT, PUBLISHED, city, material, merged

KINDS = (ItemKind.CHALLENGE, ItemKind.LESSON, ItemKind.TAKE_HOME)
NAMES = ("Norrvik", "Portavela", "Kestrelhaven", "Montelune", "Zlatomyst", "Thalassara")
MESSAGES = (merged(1, ItemKind.CHALLENGE, consensus=Consensus.ALL), merged(2, ItemKind.LESSON))
CAREFUL = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def said(draw, *, cities, most):
    """Items of a review of so many cities: who wrote each, of which kind, with or without consent, merged or not."""
    writers = draw(st.lists(st.integers(1, cities), min_size=1, max_size=most))
    return tuple(
        Item(
            f"key{number}",
            draw(st.sampled_from(KINDS)),
            headline=f"Text {number}",
            city=writer,
            attribution=draw(st.sampled_from(Attribution)),
            use=draw(st.sampled_from((Use.REPORT, Use.REPORT, Use.REPORT, Use.HOST_ONLY, Use.TEAM_ONLY))),
            message=draw(st.sampled_from((None, None, 1, 2))),
        )
        for number, writer in enumerate(writers)
    )


def frozen(items, cities, *, returned=None, regime=Regime.MIXED, issue=DRAFT):
    """What readers get of these items, every city having sent its return unless told otherwise."""
    released = tuple(item for item in items if item.released)
    beside = tuple(
        Voice(item.city, item.kind, item.use, item.attribution) for item in items if item.use is Use.HOST_ONLY
    )
    return freeze(
        material(
            *released,
            beside=beside,
            messages=MESSAGES,
            regime=regime,
            cities=tuple(city(number, name) for number, name in enumerate(NAMES[:cities], start=1)),
            returned=returned or frozenset(range(1, cities + 1)),
        ),
        issue,
    )


def named_in(snapshot):
    """Every name that stands beside something said."""
    sections = [one for section in snapshot.sections for one in (*section.messages, *section.singles)]
    return {name for one in sections for name in one.named} | {one.city for one in snapshot.take_homes if one.city}


@pytest.mark.drill
def test_who_of_two_unnamed_cities_wrote_what_changes_no_byte(amount, promise):
    tried = 0

    @settings(CAREFUL, max_examples=amount(quick=300, full=5000))
    @given(st.data(), st.integers(1, 6), st.sampled_from((*Regime, None)), st.sampled_from((DRAFT, PUBLISHED)))
    def swap(data, cities, regime, issue):
        nonlocal tried
        items = data.draw(said(cities=cities, most=10))
        before = frozen(items, cities, regime=regime, issue=issue)
        unnamed = [number for number, name in enumerate(NAMES[:cities], start=1) if name not in named_in(before)]
        assume(len(unnamed) > 1)
        one, other = data.draw(st.permutations(unnamed))[:2]
        places = {one: other, other: one}
        swapped = tuple(replace(item, city=places.get(item.city, item.city)) for item in items)

        assert frozen(swapped, cities, regime=regime, issue=issue).to_bytes() == before.to_bytes()
        tried += 1

    swap()
    promise("leaks", 0, of=tried)


@pytest.mark.drill
def test_an_attacker_who_tries_every_world_is_sure_of_nobody(amount, promise):
    """All ways to share the printed items among the cities that give the same report: no author in all of them."""
    looked = 0

    @settings(CAREFUL, max_examples=amount(quick=60, full=600))
    @given(st.data(), st.integers(3, 4))
    def attack(data, cities):
        nonlocal looked
        items = tuple(replace(item, use=Use.REPORT) for item in data.draw(said(cities=cities, most=4)))
        silent = data.draw(st.sets(st.integers(1, cities))) - {item.city for item in items}
        returned = frozenset(range(1, cities + 1)) - silent
        printed = _readable(frozen(items, cities, returned=returned))
        worlds = [
            authors
            for senders in combinations(range(1, cities + 1), len(returned))
            for authors in product(senders, repeat=len(items))
            if _readable(frozen(_written_by(items, authors), cities, returned=frozenset(senders))) == printed
        ]
        for place, item in enumerate(items):
            if item.attribution is Attribution.ANONYMOUS:
                assert {authors[place] for authors in worlds} != {item.city}, "an author is known for certain"
                looked += 1
        for number in (1, 2):
            for writer in _silent_supporters(items, number):
                assert any(
                    writer not in {authors[place] for place, item in enumerate(items) if item.message == number}
                    for authors in worlds
                ), "a city is known to hold a message"
                looked += 1

    attack()
    promise("leaks", 0, of=looked)


def _written_by(items, authors):
    return tuple(replace(item, city=author) for item, author in zip(items, authors, strict=True))


def _readable(snapshot):
    return snapshot.sections, snapshot.take_homes, snapshot.numbers, snapshot.missing_returns


def _silent_supporters(items, number):
    """The cities behind a message that agreed to nothing in it."""
    behind = [item for item in items if item.message == number]
    agreed = {item.city for item in behind if item.attribution is Attribution.CITY}
    return {item.city for item in behind} - agreed


@pytest.mark.parametrize("contributors", [1, 2])
def test_a_group_below_three_is_neither_named_nor_counted_nor_told_by_who_is_missing(contributors):
    items = tuple(Item(f"k{number}", ItemKind.CHALLENGE, "Said", city=number) for number in range(1, contributors + 1))

    snapshot = frozen(items, 5, returned=frozenset(range(1, contributors + 1)))

    singles = snapshot.sections[0].singles
    assert {(one.named, one.cities, one.of, one.consensus) for one in singles} == {((), None, None, None)}
    assert snapshot.missing_returns == ()


def test_five_of_five_cities_beside_four_names_is_never_printed():
    agreed = [Item(f"k{number}", ItemKind.CHALLENGE, "Said", number, message=1) for number in range(1, 6)]
    items = tuple(replace(item, attribution=Attribution.CITY) if item.city < 5 else item for item in agreed)

    (message,) = frozen(items, 5).sections[0].messages

    assert (message.cities, message.of, message.named, message.consensus) == (None, None, (), Consensus.MOST)


def test_a_message_with_one_item_without_consent_names_nobody():
    """Three cities want no name there, so those who agree are named; but not beside one of the three."""
    silent = [Item(f"s{number}", ItemKind.CHALLENGE, "Said", number) for number in (2, 3, 4)]
    agreed = Item("a", ItemKind.CHALLENGE, "Said", 1, attribution=Attribution.CITY)
    items = (agreed, replace(agreed, key="b", message=1), replace(silent[0], message=1), *silent[1:])

    section = frozen(items, 5).sections[0]

    assert [one.named for one in section.messages] == [()]
    assert sorted(one.named for one in section.singles) == [(), (), ("Norrvik",)]


def test_the_level_of_a_report_changes_nothing_about_names():
    items = tuple(
        Item(f"k{number}", ItemKind.CHALLENGE, "Said", number, attribution=Attribution.CITY) for number in range(1, 4)
    )
    levels = [frozen(items, 3, issue=replace(PUBLISHED, level=level)).sections for level in Level]

    assert levels[0] == levels[1] == levels[2]
