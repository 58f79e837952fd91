"""Freezing: texts of team and host, numbers of a draft and an issue, public records line by line."""

from datetime import date

from review_app.domain.errata import Change, Erratum
from review_app.domain.material import Figure, Issue, OwnTexts, Page, Record, Span, View
from review_app.domain.vocabulary import Level, Precision, RecordKind
from review_app.reports.frozen.freezing import freeze
from tests.reports.freezing_material import (
    DRAFT,
    NORRVIK,
    PORTAVELA,
    PUBLISHED,
    item,
    material,
    merged,
    named,
    section_of,
)

CORRECTED = Erratum(Change.CORRECTED, date(2026, 7, 1), "One line")


def test_texts_in_another_language_carry_its_mark():
    items = (item("a", NORRVIK, language="el"), item("b", PORTAVELA, message=7, language="el"))

    snapshot = freeze(material(*items, messages=(merged(),), language="fr"), DRAFT)

    section = section_of(snapshot)
    assert (section.singles[0].language, section.messages[0].language) == ("el", "fr")
    assert (snapshot.language, snapshot.text_language) == ("en", "fr")


def test_the_host_answers_stand_in_where_the_team_wrote_nothing():
    answers = {
        "problem": "Too many doors",
        "summary": "One desk.",
        "how": "First:\n- **ask**\n- listen",
        "contact": "desk@x.example",
    }

    snapshot = freeze(material(answers=answers), DRAFT)

    assert snapshot.context == ("Too many doors",)
    assert snapshot.practice == ("One desk.", "First:", "– ask", "– listen")
    assert snapshot.contact == "desk@x.example"


def test_the_texts_of_the_team_come_first():
    texts = OwnTexts("Context", "Practice", saw="Day one\n\nDay two", host_word="Thanks", next_steps="Act", people=14)

    snapshot = freeze(material(texts=texts, answers={"problem": "Other", "how": "Other"}), DRAFT)

    assert (snapshot.context, snapshot.practice) == (("Context",), ("Practice",))
    assert (snapshot.programme, snapshot.next_steps) == (("Day one", "Day two"), ("Act",))
    assert (snapshot.host_word, snapshot.numbers.people) == ("Thanks", 14)


def test_key_figures_and_views_of_the_host_are_printed():
    figures = (Figure("Advised", "2140", unit="people", year="2025", source="register"), Figure("Cost", "1"))

    snapshot = freeze(material(figures=figures, views=(View("The practice", "We see it otherwise"),)), DRAFT)

    assert [(one.value, one.year, one.source) for one in snapshot.key_figures] == [
        ("2140 people", "2025", "register"),
        ("1", None, None),
    ]
    assert [(one.about, one.text) for one in snapshot.host_views] == [("The practice", "We see it otherwise")]


def test_european_money_brings_its_disclaimer():
    paid = freeze(material(funding="Funded by the EU programme EaSI"), DRAFT)
    unpaid = freeze(material(funding="Paid by the city of Aldermere"), DRAFT)

    assert paid.disclaimer == (
        "The information contained in this report does not necessarily reflect the position of the European Commission."
    )
    assert unpaid.disclaimer is None


def test_a_draft_says_who_made_it_and_bears_no_number_and_no_readers():
    snapshot = freeze(material(), Issue(on=date(2026, 6, 1), made_by="Mikkel", level=Level.PUBLIC))

    assert snapshot.draft is not None
    assert (snapshot.draft.made_by, snapshot.draft.made_on) == ("Mikkel", date(2026, 6, 1))
    assert (snapshot.number, snapshot.frozen_on, snapshot.level) == (None, None, None)


def test_a_published_report_bears_number_day_level_and_corrections():
    issue = Issue(number=2, on=date(2026, 7, 1), level=Level.MEMBERS, erratum=(CORRECTED,))

    snapshot = freeze(material(), issue)

    assert (snapshot.number, snapshot.frozen_on, snapshot.level) == (2, date(2026, 7, 1), Level.MEMBERS)
    assert (snapshot.draft, snapshot.erratum) == (None, (CORRECTED,))


def test_the_same_material_gives_the_same_snapshot():
    items = (named("a", NORRVIK), item("b", PORTAVELA))

    assert freeze(material(*items), DRAFT).sha256 == freeze(material(*items), DRAFT).sha256


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

    snapshot = freeze(material(record=record, regime=None), PUBLISHED)

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

    snapshot = freeze(material(record=record), PUBLISHED)

    assert section_of(snapshot).messages[0].source == "Aldermere: x.example, y.example"


def test_findings_without_any_page_name_their_host_or_network():
    alone = freeze(material(record=_record(pages=()), cities=()), PUBLISHED)

    assert section_of(alone).messages[0].source == "Harbour and Hill"
