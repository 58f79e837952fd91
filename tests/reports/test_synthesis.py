"""A synthesis over many reviews: complete, in order, counted right, and nothing in it that no report says."""

import re
import subprocess
from collections import Counter
from datetime import date
from itertools import pairwise

import pikepdf
import pytest

from review_app.domain.material import Issue
from review_app.domain.vocabulary import ItemKind, Level, PlaceKind, Power, Precision, Side
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
from tests.reports.examples import FULL, GHENT, THIN, place, public, said, snapshot
from tests.reports.foreign_examples import FOREIGN, HOSTILE
from tests.reports.page_text import headings

OUT = Issue(number=1, on=date(2026, 11, 28), level=Level.PUBLIC)
ANNEXES = ["Reviews by theme", "The reviews", "Glossary"]


def coded(report, *headlines, **more):
    """Codes of the statements of a report that begin so."""
    found = [one for one in statements_of(report) if one.message.headline.startswith(headlines)]
    assert len(found) == len(headlines)
    return tuple(Coded(report.ref, one.mark, **more) for one in found)


WRITTEN = Written(
    "two-reviews",
    "What two reviews say",
    network="Network of Invented Cities",
    foreword="Welcome.\n\nRead on.",
    method="Two people read.",
    conclusions="That is all.",
    findings=("One desk is enough.", " ", "Employers pay."),
    themes=(
        Grouping(
            "Employers",
            "They sit at the table.",
            coded=(
                *coded(FULL, "Employers sit at the table", memo="Seen on site"),
                *coded(FULL, "Small employers are missing"),
                *coded(GHENT, "Work from the employer perspective", "Employers wait for candidates"),
            ),
            parts=(Grouping("Money", power=Power.NATION, coded=coded(FULL, "Nobody owns the desk")),),
        ),
        Grouping("Digital skills", power=Power.CITY, coded=coded(FULL, "Those without digital skills")),
        Grouping("Nothing yet"),
    ),
)
TWO = freeze_synthesis(WRITTEN, [FULL, GHENT], OUT)


@pytest.fixture(scope="module")
def view(words):
    return view_of(TWO, Setting(words))


def test_the_parts_stand_in_the_order_of_the_method():
    assert headings(body(TWO)) == [
        "Contents",
        "Foreword",
        "Key findings",
        "How this synthesis was made",
        "Findings by theme",
        "Success factors",
        "Challenges, by level",
        "Lessons learnt",
        "Recommendations, by addressee",
        "Practices in brief",
        "What happened next",
        "Conclusions",
        *ANNEXES,
    ]


def test_what_nobody_wrote_or_coded_leaves_no_heading():
    bare = freeze_synthesis(Written("bare", "Bare"), [GHENT, THIN], OUT)

    assert headings(body(bare)) == [
        "Contents",
        "How this synthesis was made",
        "Success factors",
        "Challenges",
        "Practices in brief",
        "Reviews by kind of statement",
        "The reviews",
        "Glossary",
    ]


def test_reviews_that_say_nothing_still_make_a_list():
    assert headings(body(freeze_synthesis(Written("bare", "Bare"), [THIN], OUT)))[-2:] == ["The reviews", "Glossary"]
    nobody = freeze_synthesis(Written("none", "None"), [], OUT)
    assert headings(body(nobody)) == ["Contents", "How this synthesis was made", "Glossary"]


def test_every_line_of_the_contents_leads_to_its_heading():
    html = str(body(TWO))
    leads = re.findall(r'<a href="#([^"]+)">', html.partition("</nav>")[0])

    assert leads == list(dict.fromkeys(leads))
    assert all(re.search(rf'<h[23] id="{anchor}"', html) for anchor in leads)
    assert len(leads) == len(headings(html)) - 1 + len(TWO.themes)


def test_every_id_of_the_page_is_given_once():
    ids = re.findall(r'\sid="([^"]+)"', str(body(TWO)))

    assert [one for one, count in Counter(ids).items() if count > 1] == []


def test_every_statement_of_every_report_stands_in_a_chapter_with_its_review(view):
    lines = [line for chapter in view.chapters for bundle in chapter.bundles for line in bundle.lines]
    said_once = Counter(line.headline for line in lines)

    expected = Counter(
        one.message.headline
        for report in (FULL, GHENT)
        for one in statements_of(report)
        if one.message.kind is not ItemKind.TAKE_HOME
    )
    assert said_once == expected
    assert {line.source for line in lines} == {"[1] Aldermere 2026", "[2] Ghent 2019"}


def test_success_factors_stand_by_support_and_public_records_last(view):
    success = view.chapters[0]
    told = [(line.headline[:20], line.support) for line in success.bundles[0].lines]

    assert told[:2] == [("One adviser stays wi", "7 of 8 cities"), ("Employers sit at the", "5 of 8 cities")]
    assert [support for _said, support in told[-3:]] == ["public record"] * 3
    assert success.ranking.rows == (("Employers", "2", "2", "5 of 8 cities"),)


def test_challenges_stand_by_the_level_of_their_theme(view):
    challenges = next(chapter for chapter in view.chapters if chapter.heading.text == "Challenges, by level")

    assert [(one.heading, one.lines[0].headline[:16]) for one in challenges.bundles] == [
        ("In the power of the city", "Those without di"),
        ("In the power of the state", "Nobody owns the "),
        ("Level not on record", "Small employers "),
    ]


def test_recommendations_stand_by_addressee_and_the_unknown_last(view):
    found = next(chapter for chapter in view.chapters if chapter.heading.text.startswith("Recommendations"))

    assert [bundle.heading for bundle in found.bundles] == ["host and region", "host", "Addressee not on record"]


def test_a_theme_says_in_how_many_reviews_it_was_met_and_does_not_add_support_up(view):
    employers, digital, nothing = view.themes.themes

    assert employers.met == (
        "Met in 2 of 2 reviews: Aldermere and Ghent.",
        "Statements: 2 success factors and 3 challenges.",
        "Widest support of a statement: 6 of 8 cities, the host not counted.",
    )
    assert employers.parts[0].met[0] == "Met in 1 of 2 reviews: Aldermere."
    assert digital.met[2] == "Widest support of a statement: 4 of 8 cities, the host not counted."
    assert nothing.met == ("No statement stands under this theme yet.",)
    assert employers.bundles[0].lines[0].remark == "Seen on site"


def test_the_matrix_counts_statements_by_theme_and_ranks_no_city(view):
    assert [(fact.term, fact.value) for fact in view.matrix.legend] == [
        ("1", "Employers"),
        ("2", "Digital skills"),
        ("3", "Nothing yet"),
    ]
    assert [(row.name, [cell.text for cell in row.cells]) for row in view.matrix.rows] == [
        ("Aldermere 2026", ["3", "1", ""]),
        ("Ghent 2019", ["2", "", ""]),
    ]


def test_a_place_counts_once_and_a_host_stays_one(words):
    first = snapshot(
        ref="one",
        places=(place("Lyon", "FR", side=Side.HOST), place("Ghent", "BE"), place("EU", "BE", side=Side.OBSERVER)),
    )
    second = snapshot(
        ref="two", places=(place("GHENT", "BE", side=Side.HOST), place("Lyon", "FR"), place("Lyon", "US"))
    )
    facts = {fact.term: (fact.value, fact.notes) for fact in view_of(_plain(first, second), Setting(words)).facts}

    assert facts["Hosts"][0] == "2"
    assert facts["Took part"] == ("3", ("cities, hosts included",))
    assert facts["Countries"][0] == "3"


def _plain(*reports):
    return freeze_synthesis(Written("plain", "Plain"), reports, OUT)


def test_a_country_that_takes_part_is_no_city(words):
    country = snapshot(places=(place("Finland", "FI", 61.0, 25.0, side=Side.HOST, kind=PlaceKind.COUNTRY),))
    facts = {fact.term: fact.notes for fact in view_of(_plain(country), Setting(words)).facts}

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
    making = view_of(_plain(*reports), Setting(words)).making

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
    entry = _plain(snapshot(practice=(text,) if text else ())).reviews[0]

    assert entry.brief == told


def test_the_same_reports_and_texts_give_the_same_bytes_and_come_back():
    again = freeze_synthesis(WRITTEN, [FULL, GHENT], OUT)

    assert again.to_bytes() == TWO.to_bytes()
    assert registry.read(TWO.to_bytes()) == TWO
    assert document(TWO) == document(registry.read(TWO.to_bytes()))


def test_a_draft_says_so_and_bears_no_number():
    draft = freeze_synthesis(WRITTEN, [FULL], Issue(on=date(2026, 11, 28), made_by="Mara"))

    assert (draft.number, draft.frozen_on, draft.level) == (None, None, None)
    assert "made by Mara, 28 November 2026" in body(draft)


def test_a_synthesis_of_invented_reviews_is_called_one():
    assert "Fictional example" in body(_plain(snapshot(fictional=True)))
    assert "Fictional example" not in body(_plain(GHENT))


def test_the_headings_are_spoken_in_another_language_and_texts_are_marked():
    spoken, plain = str(body(TWO.spoken("fr"))), str(body(TWO))

    assert '<article class="report-article report-synthesis" lang="fr"' in spoken
    assert '<p lang="en">Welcome.</p>' in spoken
    assert '<h3 id="theme-1" lang="en">Employers</h3>' in spoken
    assert '<span class="synthesis-says" lang="en">' in spoken
    assert plain.count('lang="') == 1


@pytest.fixture
def real(in_context):
    """The synthesis of the 25 real reviews, without any coding."""
    return synthesis_publishing.draft_of_reviews(made.real_refs(), made_by="Mara", title="What 25 reviews say")


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


def test_the_printed_synthesis_is_tagged_and_its_contents_name_the_right_pages(press, tmp_path):
    path = tmp_path / "two.pdf"
    printed = press.print_to(path, TWO)
    with pikepdf.open(path) as file:
        pages = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
        told = {}
        for one in _outline(file):
            told.setdefault(str(one.title), pages[one.destination[0].objgen])
        levels = [int(tag[2]) for tag in _tags(file) if re.fullmatch("/H[1-6]", tag)]

    assert printed.pages == max(pages.values())
    assert told["Glossary"] == printed.pages or told["Glossary"] == printed.pages - 1
    assert told["Foreword"] == 2
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    lines = _text_of(path).splitlines()
    for heading in ("Findings by theme", "Success factors", "Glossary"):
        line = next(one for one in lines if one.startswith(heading) and " . " in one)
        assert int(line.split()[-1]) == told[heading]


def _outline(file):
    with file.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            one = waiting.pop(0)
            waiting += one.children
            yield one


def _tags(file):
    def walk(node):
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)
            yield from walk(node.get("/K", pikepdf.Array()))

    return list(walk(file.Root.StructTreeRoot.K))


def _text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout


def test_hostile_and_foreign_reports_are_printed_whole(press, tmp_path):
    many = freeze_synthesis(Written("many", "Ελλάδα <script>", foreword="x" * 3000), [HOSTILE, FOREIGN, THIN], OUT)

    printed = press.print_to(tmp_path / "many.pdf", many)

    assert printed.pages > 3
    assert "&lt;script&gt;" in body(many)


def test_the_print_of_25_reviews_stays_within_the_time_of_the_press(real, press, tmp_path):
    printed = press.print_to(tmp_path / "real.pdf", real)

    assert 10 <= printed.pages <= 24
    assert printed.seconds < 60


def test_public_findings_keep_their_kind():
    report = snapshot(sections=(public(ItemKind.QUESTION, "Who pays?"),))

    assert _plain(report).statements[0].is_public_record
