"""What reports seldom have to say: places off the map, odd days and numbers, addresses that no browser opens."""

import pytest

from review_app.domain.forms import Asks, Form, Question, Section
from review_app.domain.material import Page, Record
from review_app.domain.vocabulary import RecordKind, Side
from review_app.reports import materials, page
from review_app.reports.drawings.figures import map_figure
from review_app.reports.drawings.map import read_europe
from review_app.reports.drawings.network_map import network_map
from review_app.reports.exports import cells, columns, comma, plain, values, word, workbook
from review_app.reports.exports.forms import FORMS, file_name
from review_app.reports.frozen import asked
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.synthesising import Grouping, Written, freeze_synthesis
from review_app.reports.frozen.written import Answer, PlainAnswer, PlainSection
from review_app.reports.kinds import blank_form
from review_app.reports.parts.written import facts_of, told_section
from review_app.reports.wording.words import Words
from tests.reports import small_papers
from tests.reports.examples import FULL, GHENT, LESSON, SUGGESTION, place, public, said, snapshot
from tests.reports.feedback_examples import feedback
from tests.reports.page_text import chapters
from tests.reports.synthesis_examples import OUT, coded
from tests.reports.word_reading import Read

FAR = place("Montréal", "CA", 45.5, -73.6, Side.HOST)


@pytest.fixture(scope="module")
def europe():
    return read_europe(materials.Materials.of().europe)


def test_a_review_beyond_the_map_of_europe_has_no_map(words, europe):
    assert map_figure(snapshot(places=(FAR,)), words, europe) is None
    assert network_map((FAR,), words, europe, width=100) is None


@pytest.mark.parametrize(
    ("side", "alt"),
    [
        (Side.HOST, "Map of Europe with the hosts Aldermere."),
        (Side.PEER, "Map of Europe with the visitors Aldermere."),
    ],
)
def test_a_map_with_one_side_alone_names_that_side(words, europe, side, alt):
    figure = network_map((place("Aldermere", "NL", 51.9, 4.5, side),), words, europe, width=100)

    assert figure.alt == alt


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.make])
def test_whoever_exports_a_report_gets_the_whole_file_in_the_form_that_was_asked(name):
    content = b"".join(FORMS[name].make(FULL, ""))

    begins = {"html": b"<!doctype html>", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}[name]
    assert content[: len(begins)] == begins
    assert file_name(FULL, FORMS[name]) == f"aldermere-2026-highlights-1.{name}"


def test_a_file_says_in_its_name_that_it_is_a_draft_in_another_language_or_for_archives():
    draft = small_papers.FORM.spoken("fr")

    assert file_name(draft, FORMS["docx"]) == "norrvik-2026-blank_form-fr.docx"
    assert file_name(FULL, FORMS["pdfa"]) == "aldermere-2026-highlights-1-archive.pdf"


def test_a_day_that_no_calendar_has_stays_the_text_it_was(words):
    assert cells.said("start", "2026-02-31", words) == "2026-02-31"


def test_a_column_without_words_of_ours_keeps_its_name_made_readable(words):
    assert columns.column_title("nobody_knows", words) == "Nobody knows"


@pytest.mark.parametrize(("beside", "written"), [(1, "1"), (None, '""'), ("plain", "plain")])
def test_a_text_acts_as_no_formula_whatever_stands_above_it(beside, written):
    rows = b"".join(comma.stream(("value",), ((beside,), ("=1+1",)))).decode("utf-8-sig").splitlines()

    assert rows == ["value", written, "'=1+1"]


def test_a_position_that_is_no_number_is_none_in_the_data(words):
    lost = snapshot(places=(place("Aldermere", "NL", float("nan"), 4.5),))

    assert b'"latitude":null' in b"".join(plain.plain_of(lost, words)).replace(b" ", b"")


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("consensus", "all", "alle"),
        ("consensus", "by acclaim", "by acclaim"),
        ("state", "published", "veröffentlicht"),
        ("state", "burnt", "burnt"),
    ],
)
def test_a_word_of_ours_is_shown_in_the_readers_language_and_any_other_as_it_is(column, value, shown):
    german = Words("de", materials.Materials.of().sentences("de"))

    assert values.value_in(german, column, value) == shown


def test_sheets_whose_names_are_taken_get_the_next_number():
    names = ["history 2"]

    assert [workbook._name_for("History", names), workbook._name_for("History", names)] == ["History 3", "History 4"]


def test_rows_that_are_asked_for_have_lines_on_paper():
    row = Question("who", "Who pays?", Asks.ROWS, columns=(Question("name", "Name"),))
    form = Form("feedback_item", "Feedback", (Section("said", "Said", (row,)),))

    first = asked.kinds_of(form, {})[0].questions[0]

    assert (first.ask, first.lines, first.is_short) == ("Who pays?", asked.ROWS_LINES, False)


def test_pages_of_a_record_are_told_by_their_sites_and_odd_addresses_as_they_stand():
    pages = (Page("https://www.example.org/a"), Page("http://[::1"), Page("https://www.example.org/b"))
    record = Record(method="peer review", lines={RecordKind.CHALLENGE: ("It is far",)}, pages=pages)
    report = freeze(small_papers.review(answers={}, record=record), small_papers.TODAY)

    assert report.sections[0].messages[0].source == "Norrvik: example.org, http://[::1"


def test_a_form_of_no_network_goes_to_the_secretariat():
    form = blank_form.freeze(small_papers.review(network=""), small_papers.TODAY)

    assert "If your city has nobody there, send it to the secretariat. <span" in _flat(form)


def test_findings_on_an_only_question_are_not_numbered():
    one = feedback(FULL, questions=FULL.questions[:1], sections=(public(LESSON, "One thing"),))
    asked_once = one.model_copy(
        update={"sections": (one.sections[0].model_copy(update={"messages": (said(LESSON, "One", question=1),)}),)}
    )

    assert "Findings on the review question" in _flat(asked_once)


def test_recommendations_that_all_stand_on_the_public_record_say_so():
    html = _flat(feedback(GHENT, sections=(public(SUGGESTION, "Try it"),)))

    assert "Suggestions on the public record" in html
    assert [title for title in chapters(feedback(FULL)) if title and title.endswith("Recommendations")] != []


@pytest.mark.parametrize(
    ("asks", "given", "shown"),
    [
        (Asks.WHEN, "2021-03", "March 2021"),
        (Asks.WHEN, "2021-13", "2021-13"),
        (Asks.WHEN, "in spring", "in spring"),
        (Asks.NUMBER, "2140", "2,140"),
        (Asks.NUMBER, "about ten", "about ten"),
        (Asks.NUMBER, "1.5", "1.5"),
        (Asks.NUMBER, "0", "0"),
        (Asks.NUMBER, "007", "007"),
        (Asks.NUMBER, "1e3", "1e3"),
        (Asks.NUMBER, "٣", "٣"),
    ],
)
def test_a_day_and_a_number_are_read_where_they_can_be(words, asks, given, shown):
    answer = PlainAnswer(label="When or how many?", asks=asks, texts=(given,))

    section = told_section(PlainSection(name="a", title="A", answers=(answer,)), "en", words)

    assert section.facts[0].value.text == shown


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl"])
@pytest.mark.parametrize("typed", ["14,000", "14.000", "14 000", "14\N{NO-BREAK SPACE}000", "1,5", "1.500,5", "14’000"])
def test_a_reader_of_any_language_finds_a_number_with_a_sign_in_it_as_the_host_typed_it(language, typed):
    answer = PlainAnswer(label="Staff in full-time posts", asks=Asks.NUMBER, texts=(typed,))
    tongue = Words(language, materials.Materials.of().sentences(language))

    section = told_section(PlainSection(name="a", title="A", answers=(answer,)), "en", tongue)

    assert section.facts[0].value.text == typed


@pytest.mark.parametrize(("language", "shown"), [("en", "14,000"), ("de", "14.000"), ("pl", "14\N{NO-BREAK SPACE}000")])
def test_a_number_in_digits_alone_is_written_as_the_reader_writes_numbers(language, shown):
    answer = PlainAnswer(label="Staff in full-time posts", asks=Asks.NUMBER, texts=("14000",))
    tongue = Words(language, materials.Materials.of().sentences(language))

    section = told_section(PlainSection(name="a", title="A", answers=(answer,)), "en", tongue)

    assert section.facts[0].value.text == shown


def test_a_day_of_a_fiche_is_written_as_the_reader_writes_days(words):
    (fact,) = facts_of([Answer(key="since", ask="Since when?", asks=Asks.WHEN, text="2021-10")], words)

    assert (fact.term, fact.value.text) == ("Since when?", "October 2021")


def test_a_theme_whose_support_nobody_counted_names_no_widest_support():
    themes = (Grouping("Employers", coded=coded(GHENT, "Work from the employer perspective")),)
    report = freeze_synthesis(Written("one", "One", themes=themes), [FULL, GHENT], OUT)

    html = _flat(report)

    assert "Met in 1 of 2 reviews: Ghent." in html
    assert html.count("Widest support of a statement") == 0


def test_a_machine_on_which_fonts_were_never_put_in_place_is_told_which(tmp_path):
    assert materials.Materials.of().missing_fonts() == ()
    assert _without_fonts(tmp_path).missing_fonts() == materials.FONTS


def test_a_machine_without_fonts_writes_the_same_words_and_pictures_into_a_word_file(tmp_path):
    with_fonts = Read(word.document(FULL))
    without = Read(word.document(FULL, materials=_without_fonts(tmp_path)))

    assert without.pictures() == with_fonts.pictures() != []
    assert without.headings() == with_fonts.headings()


def _without_fonts(folder):
    there = materials.Materials.of()
    return type(there)(**{**vars(there), "fonts": folder})


def _flat(paper):
    return " ".join(str(page.body(paper)).replace("\u200b", "").split())
