"""What a synthesis counts: places once, reviews all, statements as their reports hold them."""

from collections import Counter

import pytest

from review_app.domain.vocabulary import ItemKind, PlaceKind, Precision, Side
from review_app.reports.frozen.snapshot import Section, When
from review_app.reports.frozen.synthesising import (
    LONGEST_BRIEF,
    Coded,
    Grouping,
    Written,
    freeze_synthesis,
    mark_of,
    statements_of,
)
from review_app.reports.kinds import registry
from review_app.reports.kinds.kind import Setting
from review_app.reports.kinds.synthesis import view_of
from review_app.reports.page import body, document
from review_app.services import synthesis_publishing
from tests import network_synthesis_world as made
from tests.reports.examples import FULL, GHENT, place, said, snapshot
from tests.reports.synthesis_examples import OUT, TWO, WRITTEN, plain


@pytest.fixture
def real(in_context):
    """The synthesis of the 25 real reviews, without any coding."""
    return synthesis_publishing.draft_of_reviews(made.real_refs(), made_by="Mara", title="What 25 reviews say")


def test_a_place_counts_once_and_a_host_stays_one(words):
    first = snapshot(
        ref="one",
        places=(place("Lyon", "FR", side=Side.HOST), place("Ghent", "BE"), place("EU", "BE", side=Side.OBSERVER)),
    )
    second = snapshot(
        ref="two", places=(place("GHENT", "BE", side=Side.HOST), place("Lyon", "FR"), place("Lyon", "US"))
    )
    facts = {fact.term: (fact.value, fact.notes) for fact in view_of(plain(first, second), Setting(words)).facts}

    assert facts["Hosts"][0] == "2"
    assert facts["Took part"] == ("3", ("cities, hosts included",))
    assert facts["Countries"][0] == "3"


def test_a_country_that_takes_part_is_no_city(words):
    country = snapshot(places=(place("Finland", "FI", 61.0, 25.0, side=Side.HOST, kind=PlaceKind.COUNTRY),))
    facts = {fact.term: fact.notes for fact in view_of(plain(country), Setting(words)).facts}

    assert facts["Took part"] == ("cities and other organisations, hosts included",)


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([("2014-10-22", None), ("2017", "2019")], "2014–2019"),
        ([("2019-11-14", "2019-11-15")], "2019"),
        ([(None, None)], ""),
    ],
)
def test_the_years_are_as_wide_as_what_is_on_record(words, spans, told):
    reports = [
        snapshot(ref=f"r{n}", when=When(start=start, end=end, precision=Precision.DAY))
        for n, (start, end) in enumerate(spans)
    ]
    making = view_of(plain(*reports), Setting(words)).making

    assert told in making.sentences[0]
    assert ("of the years" in making.sentences[0]) == bool(told)


def test_a_message_and_the_same_item_alone_are_one_statement():
    twice = said(ItemKind.LESSON, "Once is enough", "Yes.")
    report = snapshot(sections=(Section(kind=ItemKind.LESSON, messages=(twice,), singles=(twice,)),))

    assert [one.mark for one in statements_of(report)] == [mark_of(twice)]


def test_a_code_of_what_is_said_no_more_is_left_out():
    group = Grouping(
        "Gone", coded=(Coded(GHENT.ref, "0" * 32), Coded("elsewhere", mark_of(GHENT.sections[0].messages[0])))
    )

    assert freeze_synthesis(Written("a", "A", themes=(group,)), [GHENT], OUT).themes[0].cited == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Short.", "Short."),
        ("One sentence. " + "word " * 200, "One sentence."),
        ("w" * 600, "w" * LONGEST_BRIEF + "…"),
        ("many words " * 80, ("many words " * 44)[:LONGEST_BRIEF].rsplit(" ", 1)[0] + " …"),
        ("", ""),
    ],
)
def test_a_practice_is_told_in_whole_sentences_or_at_least_words(text, told):
    entry = plain(snapshot(practice=(text,) if text else ())).reviews[0]

    assert entry.brief == told


def test_the_same_reports_and_texts_give_the_same_bytes_and_come_back():
    again = freeze_synthesis(WRITTEN, [FULL, GHENT], OUT)

    assert again.to_bytes() == TWO.to_bytes()
    assert registry.read(TWO.to_bytes()) == TWO
    assert document(TWO) == document(registry.read(TWO.to_bytes()))


def test_the_25_real_reviews_are_all_there_and_counted_as_their_records_state(real, words):
    view = view_of(real, Setting(words))
    facts = {fact.term: fact.value for fact in view.facts}
    kinds = Counter(one.kind for one in real.statements)

    assert (facts["Reviews"], facts["Years of the visits"], facts["Hosts"]) == ("25", "2007–2025", "23")
    assert kinds == {ItemKind.SUCCESS_FACTOR: 18, ItemKind.CHALLENGE: 24, ItemKind.LESSON: 7}
    assert [len(view.reviews.entries), len(view.matrix.rows)] == [25, 25]
    assert sum(int(cell.text or 0) for row in view.matrix.rows for cell in row.cells) == len(real.statements) == 49
    themes, methods, years = view.making.tables[0]
    assert [sum(int(row[1]) for row in grid.rows) for grid in (themes, methods, years)] == [25, 25, 25]
    assert dict(row for row in themes.rows)["Governance"] == "7"
    assert sum(int(row[1]) for row in view.making.tables[1][0].rows) >= 23


def test_no_opinion_is_invented_for_a_real_city(real):
    html = body(real)

    assert "of 8 cities" not in html
    assert "All of these are on a public record, so no support is known." in html
    assert "Of 25 reviews public sources tell; nothing was added to what they state." in html
    assert real.findings == real.foreword == real.themes == ()


def test_every_source_of_the_real_reviews_is_a_link(real):
    html = str(body(real))
    wanted = [source.url for review in real.reviews for source in review.sources]

    assert len(wanted) > 40
    assert all(f'href="{url}"'.replace("&", "&amp;") in html for url in wanted)
