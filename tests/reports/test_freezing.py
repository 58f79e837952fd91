"""Freezing: each released item once, nothing else, names only by consent, regime and size of the group."""

from datetime import date

import pytest

from review_app.domain.material import (
    City,
    Figure,
    Issue,
    Item,
    Material,
    MergedText,
    OwnTexts,
    Page,
    Record,
    Span,
    View,
)
from review_app.domain.vocabulary import (
    Attribution,
    Consensus,
    ItemKind,
    Level,
    Precision,
    RecordKind,
    Regime,
    Side,
    Use,
)
from review_app.reports.freezing import freeze

NORRVIK, PORTAVELA, KESTREL, HOST = 1, 2, 3, 9
PEERS = {NORRVIK: "Norrvik", PORTAVELA: "Portavela", KESTREL: "Kestrelhaven"}
DRAFT = Issue(on=date(2026, 6, 1), made_by="Mikkel")
PUBLISHED = Issue(number=1, on=date(2026, 7, 1), level=Level.PUBLIC)


def _city(number, name, side=Side.PEER, **more):
    return City(number, name, country="PT", kind="city", side=side, **more)


def _item(key, city, kind=ItemKind.CHALLENGE, **more):
    return Item(key, kind, headline=f"Said in {key}", city=city, **more)


def _named(key, city, **more):
    return _item(key, city, attribution=Attribution.CITY, **more)


def _material(*items, messages=(), **more):
    cities = (_city(HOST, "Aldermere", Side.HOST), *(_city(number, name) for number, name in PEERS.items()))
    given = {
        "ref": "aldermere",
        "title": "A one-stop desk",
        "network": "Harbour and Hill",
        "method": "Critical friend review",
        "regime": Regime.MIXED,
        "cities": cities,
        "returned": frozenset(item.city for item in items if item.sent),
    }
    return Material(items=items, messages=messages, **(given | more))


def _merged(number=7, kind=ItemKind.CHALLENGE, **more):
    return MergedText(number, kind, headline="The team says so", **more)


def _texts(snapshot):
    return [one.headline for section in snapshot.sections for one in (*section.messages, *section.singles)]


def _section(snapshot, kind=ItemKind.CHALLENGE):
    return next(section for section in snapshot.sections if section.kind is kind)


def test_a_single_item_is_printed_once_with_its_support():
    snapshot = freeze(_material(_item("a", NORRVIK, explanation="Why", question=2)), DRAFT)

    single = _section(snapshot).singles[0]
    assert _texts(snapshot) == ["Said in a"]
    assert (single.body, single.cities, single.of, single.question) == ("Why", 1, 3, 2)


def test_a_merged_item_stands_inside_its_message_and_not_beside_it():
    items = (_item("a", NORRVIK, message=7), _item("b", PORTAVELA, message=7), _item("c", NORRVIK))

    snapshot = freeze(_material(*items, messages=(_merged(consensus=Consensus.MOST, dissent="Not all"),)), DRAFT)

    message = _section(snapshot).messages[0]
    assert _texts(snapshot) == ["The team says so", "Said in c"]
    assert (message.cities, message.of, message.consensus, message.dissent) == (2, 3, Consensus.MOST, "Not all")


@pytest.mark.parametrize("kept", [{"use": Use.HOST_ONLY}, {"use": Use.TEAM_ONLY}, {"sent": False}])
def test_what_is_not_released_is_nowhere(kept):
    items = (_item("a", NORRVIK, message=7, **kept), _item("b", PORTAVELA, **kept))

    snapshot = freeze(_material(*items, messages=(_merged(),)), DRAFT)

    assert (snapshot.sections, snapshot.counts, snapshot.take_homes) == ((), (), ())
    assert b"Said in" not in snapshot.to_bytes()


def test_a_withheld_item_does_not_count_as_support():
    items = (_item("a", NORRVIK, message=7), _item("b", PORTAVELA, message=7, use=Use.TEAM_ONLY))

    snapshot = freeze(_material(*items, messages=(_merged(),)), DRAFT)

    assert _section(snapshot).messages[0].cities == 1


def test_two_items_of_one_city_are_the_support_of_one_city():
    items = (_item("a", NORRVIK, message=7), _item("b", NORRVIK, message=7))

    snapshot = freeze(_material(*items, messages=(_merged(),)), DRAFT)

    assert _section(snapshot).messages[0].cities == 1


def test_an_item_of_another_kind_than_its_message_is_printed_with_the_message_alone():
    items = (_item("a", NORRVIK, ItemKind.LESSON, message=7),)

    snapshot = freeze(_material(*items, messages=(_merged(),)), DRAFT)

    assert _texts(snapshot) == ["The team says so"]


def test_the_items_of_each_kind_are_counted_in_the_order_of_the_report():
    items = (_item("a", NORRVIK), _item("b", NORRVIK, ItemKind.SUCCESS_FACTOR), _item("c", PORTAVELA))

    snapshot = freeze(_material(*items), DRAFT)

    assert [(one.kind, one.count) for one in snapshot.counts] == [
        (ItemKind.SUCCESS_FACTOR, 1),
        (ItemKind.CHALLENGE, 2),
    ]


def test_questions_have_a_section_of_their_own():
    snapshot = freeze(_material(_item("a", NORRVIK, ItemKind.QUESTION)), DRAFT)

    assert [(section.kind, len(section.singles)) for section in snapshot.sections] == [(ItemKind.QUESTION, 1)]


def test_cities_are_named_where_they_agree_in_a_group_of_three():
    items = (_named("a", NORRVIK), _item("b", PORTAVELA), _item("c", KESTREL))

    snapshot = freeze(_material(*items), DRAFT)

    assert [single.named for single in _section(snapshot).singles] == [("Norrvik",), (), ()]


def test_no_city_is_named_in_a_group_of_two():
    snapshot = freeze(_material(_named("a", NORRVIK), _named("b", PORTAVELA)), DRAFT)

    assert [single.named for single in _section(snapshot).singles] == [(), ()]


def test_a_city_whose_items_are_all_withheld_does_not_make_the_group_larger():
    items = (_named("a", NORRVIK), _named("b", PORTAVELA), _named("c", KESTREL, use=Use.TEAM_ONLY))

    snapshot = freeze(_material(*items), DRAFT)

    assert [single.named for single in _section(snapshot).singles] == [(), ()]


@pytest.mark.parametrize("regime", [Regime.CHATHAM_HOUSE, None])
def test_the_chatham_house_rule_names_nobody_whatever_the_authors_say(regime):
    items = tuple(_named(name, city, kind=ItemKind.TAKE_HOME) for city, name in PEERS.items())
    merged = tuple(_named(f"m{city}", city, message=7) for city in PEERS)

    snapshot = freeze(_material(*items, *merged, messages=(_merged(),), regime=regime), DRAFT)

    assert _section(snapshot).messages[0].named == ()
    assert [one.city for one in snapshot.take_homes] == [None, None, None]


def test_an_attributed_regime_still_asks_for_consent():
    items = (_named("a", NORRVIK, message=7), _item("b", PORTAVELA, message=7), _item("c", KESTREL, message=7))

    snapshot = freeze(_material(*items, messages=(_merged(),), regime=Regime.ATTRIBUTED), DRAFT)

    assert _section(snapshot).messages[0].named == ("Norrvik",)


def test_take_homes_have_a_table_of_their_own():
    answers = {"first_step": "Ask the board", "by_when": "spring"}
    items = (
        _named("a", NORRVIK, kind=ItemKind.TAKE_HOME, explanation="For all schools", answers=answers),
        _item("b", PORTAVELA, ItemKind.TAKE_HOME),
        _item("c", KESTREL),
    )

    snapshot = freeze(_material(*items), DRAFT)

    first, second = snapshot.take_homes
    assert (first.city, first.text, first.first_step, first.by) == (
        "Norrvik",
        "Said in a\nFor all schools",
        "Ask the board",
        "spring",
    )
    assert (second.city, second.text) == (None, "Said in b")
    assert [section.kind for section in snapshot.sections] == [ItemKind.CHALLENGE]


def test_a_suggestion_says_to_whom_and_by_when():
    labels = {"addressee": {"host": "The host city", "eu": "The European Union"}, "horizon": {"year": "Within a year"}}
    asked = {"addressee": "host", "horizon": "year", "first_step": "Hire one"}
    items = (
        _item("a", NORRVIK, ItemKind.RECOMMENDATION, message=7, answers=asked),
        _item(
            "b", PORTAVELA, ItemKind.RECOMMENDATION, message=7, answers=asked | {"addressee": "eu", "first_step": "Two"}
        ),
        _item("c", KESTREL, ItemKind.RECOMMENDATION, answers=asked),
    )
    material = _material(*items, messages=(_merged(kind=ItemKind.RECOMMENDATION),), labels=labels)

    section = _section(freeze(material, DRAFT), ItemKind.RECOMMENDATION)

    merged, single = section.messages[0], section.singles[0]
    assert (merged.addressee, merged.horizon, merged.first_step) == (
        "The host city, The European Union",
        "Within a year",
        "",
    )
    assert (single.addressee, single.horizon, single.first_step) == ("The host city", "Within a year", "Hire one")


def test_returns_are_counted_and_missing_cities_named():
    items = (_named("a", NORRVIK), _named("b", PORTAVELA))

    snapshot = freeze(_material(*items), DRAFT)

    assert (snapshot.numbers.returns_received, snapshot.numbers.returns_expected) == (2, 3)
    assert snapshot.missing_returns == ("Kestrelhaven",)


def test_a_missing_city_is_not_named_when_that_gives_away_who_wants_no_name():
    snapshot = freeze(_material(_named("a", NORRVIK), _item("b", PORTAVELA)), DRAFT)

    assert (snapshot.numbers.returns_received, snapshot.missing_returns) == (2, ())


def test_a_city_that_declined_does_not_take_part_unless_it_gave_its_return_before():
    gone = _city(4, "Montelune", takes_part=False)
    before = _city(5, "Zlatomyst", takes_part=False)
    cities = (_city(NORRVIK, "Norrvik"), gone, before)

    snapshot = freeze(_material(_item("a", 5), _item("b", NORRVIK), cities=cities), DRAFT)

    assert [place.name for place in snapshot.places] == ["Norrvik", "Zlatomyst"]
    assert snapshot.numbers.peer_cities == 2


def test_texts_in_another_language_carry_its_mark():
    items = (_item("a", NORRVIK, language="el"), _item("b", PORTAVELA, message=7, language="el"))

    snapshot = freeze(_material(*items, messages=(_merged(),), language="fr"), DRAFT)

    section = _section(snapshot)
    assert (section.singles[0].language, section.messages[0].language) == ("el", "fr")
    assert (snapshot.language, snapshot.practice_language) == ("en", "fr")


def test_the_host_answers_stand_in_where_the_team_wrote_nothing():
    answers = {
        "problem": "Too many doors",
        "summary": "One desk.",
        "how": "First:\n- **ask**\n- listen",
        "contact": "desk@x.example",
    }

    snapshot = freeze(_material(answers=answers), DRAFT)

    assert snapshot.context == ("Too many doors",)
    assert snapshot.practice == ("One desk.", "First:", "– ask", "– listen")
    assert snapshot.contact == "desk@x.example"


def test_the_texts_of_the_team_come_first():
    texts = OwnTexts("Context", "Practice", saw="Day one\n\nDay two", host_word="Thanks", next_steps="Act", people=14)

    snapshot = freeze(_material(texts=texts, answers={"problem": "Other", "how": "Other"}), DRAFT)

    assert (snapshot.context, snapshot.practice) == (("Context",), ("Practice",))
    assert (snapshot.programme, snapshot.next_steps) == (("Day one", "Day two"), ("Act",))
    assert (snapshot.host_word, snapshot.numbers.people) == ("Thanks", 14)


def test_key_figures_and_views_of_the_host_are_printed():
    figures = (Figure("Advised", "2140", unit="people", year="2025", source="register"), Figure("Cost", "1"))

    snapshot = freeze(_material(figures=figures, views=(View("The practice", "We see it otherwise"),)), DRAFT)

    assert [(one.value, one.year, one.source) for one in snapshot.key_figures] == [
        ("2140 people", "2025", "register"),
        ("1", None, None),
    ]
    assert [(one.about, one.text) for one in snapshot.host_views] == [("The practice", "We see it otherwise")]


def test_european_money_brings_its_disclaimer():
    paid = freeze(_material(funding="Funded by the EU programme EaSI"), DRAFT)
    unpaid = freeze(_material(funding="Paid by the city of Aldermere"), DRAFT)

    assert paid.disclaimer == (
        "The information contained in this report does not necessarily reflect the position of the European Commission."
    )
    assert unpaid.disclaimer is None


def test_a_draft_says_who_made_it_and_bears_no_number_and_no_readers():
    snapshot = freeze(_material(), Issue(on=date(2026, 6, 1), made_by="Mikkel", level=Level.PUBLIC))

    assert snapshot.draft is not None
    assert (snapshot.draft.made_by, snapshot.draft.made_on) == ("Mikkel", date(2026, 6, 1))
    assert (snapshot.number, snapshot.frozen_on, snapshot.level) == (None, None, None)


def test_a_published_report_bears_number_day_level_and_corrections():
    issue = Issue(number=2, on=date(2026, 7, 1), level=Level.MEMBERS, erratum=("One line",))

    snapshot = freeze(_material(), issue)

    assert (snapshot.number, snapshot.frozen_on, snapshot.level) == (2, date(2026, 7, 1), Level.MEMBERS)
    assert (snapshot.draft, snapshot.erratum) == (None, ("One line",))


def test_the_same_material_gives_the_same_snapshot():
    items = (_named("a", NORRVIK), _item("b", PORTAVELA))

    assert freeze(_material(*items), DRAFT).sha256 == freeze(_material(*items), DRAFT).sha256


def _record(**more):
    lines = {
        RecordKind.CHALLENGE: ("Many vacancies stay open",),
        RecordKind.LESSON: ("Ask employers first",),
        RecordKind.OBSERVER: ("European Commission",),
        RecordKind.PROGRAMME: ("A walk",),
        RecordKind.OUTPUT: ("https://x.example/report",),
        RecordKind.MISSING: ("the times",),
        RecordKind.CONFLICT: ("nine or eight?",),
    }
    pages = (Page("https://www.x.example/a", "2019-12-24", "news"),)
    given = {"method": "critical friend review", "span": Span("2019-11", "2019-11", Precision.MONTH), "lines": lines}
    return Record(**({"pages": pages} | given | more))


def test_a_public_record_is_printed_line_by_line_with_its_source():
    record = _record(people_stated=20, cities_stated=9, people_note="host included?", outcome="A plan", funding="EaSI")

    snapshot = freeze(_material(record=record, regime=None), PUBLISHED)

    findings = [(one.headline, one.source, one.cities) for section in snapshot.sections for one in section.messages]
    assert findings == [
        ("Many vacancies stay open", "https://www.x.example/a", None),
        ("Ask employers first", "https://www.x.example/a", None),
    ]
    assert (snapshot.unknown, snapshot.conflicts) == (("the times",), ("nine or eight?",))
    assert (snapshot.observers, snapshot.outputs) == (("European Commission",), ("https://x.example/report",))
    assert (snapshot.numbers.people, snapshot.numbers.people_stated, snapshot.numbers.cities_stated) == (None, 20, 9)
    assert (snapshot.when.start, snapshot.when.precision) == ("2019-11", Precision.MONTH)
    assert (snapshot.outcome, snapshot.funding, snapshot.programme) == ("A plan", "EaSI", ("A walk",))
    assert (snapshot.numbers.returns_received, snapshot.counts) == (None, ())
    assert [(one.url, one.published, one.note) for one in snapshot.sources] == [
        ("https://www.x.example/a", "2019-12-24", "news")
    ]


def test_findings_of_several_pages_name_host_and_sites():
    record = _record(pages=(Page("https://www.x.example/a"), Page("http://y.example/b"), Page("https://x.example/c")))

    snapshot = freeze(_material(record=record), PUBLISHED)

    assert _section(snapshot).messages[0].source == "Aldermere: x.example, y.example"


def test_findings_without_any_page_name_their_host_or_network():
    alone = freeze(_material(record=_record(pages=()), cities=()), PUBLISHED)

    assert _section(alone).messages[0].source == "Harbour and Hill"
