"""Freezing: each released item once, nothing else, names only by consent, regime and size of the group."""

import pytest

from review_app.domain.attribution import Voice
from review_app.domain.vocabulary import Consensus, ItemKind, Regime, Use
from review_app.reports.frozen.freezing import freeze
from tests.reports.freezing_material import (
    DRAFT,
    KESTREL,
    NORRVIK,
    PEERS,
    PORTAVELA,
    city,
    item,
    material,
    merged,
    named,
    section_of,
    texts_in,
)

# With these every city contributes: in a smaller group nothing is counted aloud.
OTHERS = tuple(item(f"other{city}", city, ItemKind.LESSON) for city in PEERS)


def test_a_single_item_is_printed_once_with_its_support():
    snapshot = freeze(material(item("a", NORRVIK, explanation="Why", question=2), *OTHERS), DRAFT)

    single = section_of(snapshot).singles[0]
    assert texts_in(snapshot)[0] == "Said in a"
    assert (single.body, single.cities, single.of, single.question) == ("Why", 1, 3, 2)


def test_a_merged_item_stands_inside_its_message_and_not_beside_it():
    items = (named("a", NORRVIK, message=7), named("b", PORTAVELA, message=7), named("c", KESTREL))

    snapshot = freeze(material(*items, messages=(merged(consensus=Consensus.MOST, dissent="Not all"),)), DRAFT)

    message = section_of(snapshot).messages[0]
    assert texts_in(snapshot) == ["The team says so", "Said in c"]
    assert (message.cities, message.of, message.consensus, message.dissent) == (2, 3, Consensus.MOST, "Not all")


@pytest.mark.parametrize("kept", [{"use": Use.HOST_ONLY}, {"use": Use.TEAM_ONLY}, {"sent": False}])
def test_what_is_not_released_is_nowhere(kept):
    items = (item("a", NORRVIK, message=7, **kept), item("b", PORTAVELA, **kept))

    snapshot = freeze(material(*items, messages=(merged(),)), DRAFT)

    assert (snapshot.sections, snapshot.counts, snapshot.take_homes) == ((), (), ())
    assert b"Said in" not in snapshot.to_bytes()


def test_a_withheld_item_does_not_count_as_support():
    items = (item("a", NORRVIK, message=7), item("b", PORTAVELA, message=7, use=Use.TEAM_ONLY))

    snapshot = freeze(material(*items, *OTHERS, messages=(merged(),)), DRAFT)

    assert section_of(snapshot).messages[0].cities == 1


def test_two_items_of_one_city_are_the_support_of_one_city():
    items = (item("a", NORRVIK, message=7), item("b", NORRVIK, message=7))

    snapshot = freeze(material(*items, *OTHERS, messages=(merged(),)), DRAFT)

    assert section_of(snapshot).messages[0].cities == 1


def test_an_item_of_another_kind_than_its_message_is_printed_with_the_message_alone():
    items = (item("a", NORRVIK, ItemKind.LESSON, message=7),)

    snapshot = freeze(material(*items, messages=(merged(),)), DRAFT)

    assert texts_in(snapshot) == ["The team says so"]


def test_the_items_of_each_kind_are_counted_in_the_order_of_the_report():
    items = (item("a", NORRVIK), item("b", NORRVIK, ItemKind.SUCCESS_FACTOR), item("c", PORTAVELA))

    snapshot = freeze(material(*items), DRAFT)

    assert [(one.kind, one.count) for one in snapshot.counts] == [
        (ItemKind.SUCCESS_FACTOR, 1),
        (ItemKind.CHALLENGE, 2),
    ]


def test_questions_have_a_section_of_their_own():
    snapshot = freeze(material(item("a", NORRVIK, ItemKind.QUESTION)), DRAFT)

    assert [(section.kind, len(section.singles)) for section in snapshot.sections] == [(ItemKind.QUESTION, 1)]


def test_cities_are_named_where_they_agree_in_a_group_of_three():
    items = (named("a", NORRVIK), named("b", PORTAVELA), named("c", KESTREL))

    snapshot = freeze(material(*items), DRAFT)

    assert [single.named for single in section_of(snapshot).singles] == [
        ("Norrvik",),
        ("Portavela",),
        ("Kestrelhaven",),
    ]


def test_nobody_is_named_where_one_city_alone_wants_no_name():
    items = (named("a", NORRVIK), named("b", PORTAVELA), item("c", KESTREL))

    snapshot = freeze(material(*items), DRAFT)

    assert [single.named for single in section_of(snapshot).singles] == [(), (), ()]
    assert [single.cities for single in section_of(snapshot).singles] == [1, 1, 1]


def test_what_only_the_host_reads_counts_when_names_are_weighed():
    items = (named("a", NORRVIK), named("b", PORTAVELA), named("c", KESTREL))
    beside = (Voice(KESTREL, ItemKind.CHALLENGE, Use.HOST_ONLY),)

    snapshot = freeze(material(*items, beside=beside), DRAFT)

    assert [single.named for single in section_of(snapshot).singles] == [(), (), ()]


def test_no_city_is_named_in_a_group_of_two():
    snapshot = freeze(material(named("a", NORRVIK), named("b", PORTAVELA)), DRAFT)

    assert [single.named for single in section_of(snapshot).singles] == [(), ()]


def test_the_size_of_the_group_is_that_of_the_returns_whatever_is_withheld_of_them():
    items = (named("a", NORRVIK), named("b", PORTAVELA), named("c", KESTREL, use=Use.TEAM_ONLY))

    snapshot = freeze(material(*items), DRAFT)

    assert [single.named for single in section_of(snapshot).singles] == [("Norrvik",), ("Portavela",)]


@pytest.mark.parametrize("regime", [Regime.CHATHAM_HOUSE, None])
def test_the_chatham_house_rule_names_nobody_whatever_the_authors_say(regime):
    items = tuple(named(name, city, kind=ItemKind.TAKE_HOME) for city, name in PEERS.items())
    inside = tuple(named(f"m{city}", city, message=7) for city in PEERS)

    snapshot = freeze(material(*items, *inside, messages=(merged(),), regime=regime), DRAFT)

    assert section_of(snapshot).messages[0].named == ()
    assert [one.city for one in snapshot.take_homes] == [None, None, None]


def test_an_attributed_regime_still_asks_for_consent():
    items = (named("a", NORRVIK, message=7), item("b", PORTAVELA, message=7), item("c", KESTREL, message=7))

    snapshot = freeze(material(*items, messages=(merged(),), regime=Regime.ATTRIBUTED), DRAFT)

    assert section_of(snapshot).messages[0].named == ()


@pytest.mark.parametrize("held_by", [2, 3])
def test_a_number_that_tells_of_everybody_or_of_all_but_one_becomes_a_word(held_by):
    inside = [item(f"m{city}", city, message=7) for city in list(PEERS)[:held_by]]
    alone = [item(f"s{city}", city) for city in list(PEERS)[held_by:]]

    snapshot = freeze(material(*inside, *alone, messages=(merged(consensus=Consensus.ALL),)), DRAFT)

    message = section_of(snapshot).messages[0]
    assert (message.cities, message.of, message.consensus, message.named) == (None, None, Consensus.MOST, ())


def test_all_who_hold_a_message_are_named_when_all_agree():
    items = [named(f"m{city}", city, message=7) for city in PEERS]

    snapshot = freeze(material(*items, messages=(merged(consensus=Consensus.ALL),)), DRAFT)

    message = section_of(snapshot).messages[0]
    assert (message.cities, message.of, message.named) == (3, 3, ("Kestrelhaven", "Norrvik", "Portavela"))


def test_two_contributors_are_neither_named_nor_counted():
    items = (item("a", NORRVIK, message=7), named("b", PORTAVELA, message=7), item("c", NORRVIK))

    snapshot = freeze(material(*items, messages=(merged(consensus=Consensus.ALL),)), DRAFT)

    section = section_of(snapshot)
    assert [(one.cities, one.of, one.consensus) for one in (*section.messages, *section.singles)] == [
        (None, None, None),
        (None, None, None),
    ]


def test_take_homes_have_a_table_of_their_own():
    answers = {"first_step": "Ask the board", "by_when": "spring"}
    items = (
        named("a", NORRVIK, kind=ItemKind.TAKE_HOME, explanation="For all schools", answers=answers),
        named("b", PORTAVELA, kind=ItemKind.TAKE_HOME),
        item("c", KESTREL),
    )

    snapshot = freeze(material(*items), DRAFT)

    first, second = snapshot.take_homes
    assert (first.city, first.text, first.first_step, first.by) == (
        "Norrvik",
        "Said in a\nFor all schools",
        "Ask the board",
        "spring",
    )
    assert (second.city, second.text) == ("Portavela", "Said in b")
    assert [section.kind for section in snapshot.sections] == [ItemKind.CHALLENGE]


def test_a_suggestion_says_to_whom_and_by_when():
    labels = {"addressee": {"host": "The host city", "eu": "The European Union"}, "horizon": {"year": "Within a year"}}
    asked = {"addressee": "host", "horizon": "year", "first_step": "Hire one"}
    items = (
        item("a", NORRVIK, ItemKind.RECOMMENDATION, message=7, answers=asked),
        item(
            "b", PORTAVELA, ItemKind.RECOMMENDATION, message=7, answers=asked | {"addressee": "eu", "first_step": "Two"}
        ),
        item("c", KESTREL, ItemKind.RECOMMENDATION, answers=asked),
    )
    frozen = freeze(material(*items, messages=(merged(kind=ItemKind.RECOMMENDATION),), labels=labels), DRAFT)

    section = section_of(frozen, ItemKind.RECOMMENDATION)

    message, single = section.messages[0], section.singles[0]
    assert (message.addressee, message.horizon, message.first_step) == (
        "The host city, The European Union",
        "Within a year",
        "",
    )
    assert (single.addressee, single.horizon, single.first_step) == ("The host city", "Within a year", "Hire one")


def test_returns_are_counted_and_missing_cities_named():
    items = (named("a", NORRVIK), named("b", PORTAVELA))

    snapshot = freeze(material(*items), DRAFT)

    assert (snapshot.numbers.returns_received, snapshot.numbers.returns_expected) == (2, 3)
    assert snapshot.missing_returns == ("Kestrelhaven",)


def test_a_missing_city_is_not_named_when_that_gives_away_who_wants_no_name():
    snapshot = freeze(material(named("a", NORRVIK), item("b", PORTAVELA)), DRAFT)

    assert (snapshot.numbers.returns_received, snapshot.missing_returns) == (2, ())


def test_a_city_that_declined_does_not_take_part_unless_it_gave_its_return_before():
    gone = city(4, "Montelune", takes_part=False)
    before = city(5, "Zlatomyst", takes_part=False)
    cities = (city(NORRVIK, "Norrvik"), gone, before)

    snapshot = freeze(material(item("a", 5), item("b", NORRVIK), cities=cities), DRAFT)

    assert [place.name for place in snapshot.places] == ["Norrvik", "Zlatomyst"]
    assert snapshot.numbers.peer_cities == 2
