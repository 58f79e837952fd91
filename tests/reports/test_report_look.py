"""What a stranger would find crooked on a printed page: broken words, captions without their table, uneven columns."""

import re
from html import unescape

import pikepdf
import pytest

from review_app.domain.languages import LANGUAGES
from review_app.reports import page
from review_app.reports.frozen.snapshot import KeyFigure, Question, Section
from review_app.reports.materials import Materials
from review_app.reports.printing import light, pdf
from review_app.reports.wording.words import Words
from tests.reports.conftest import EXAMPLES, Paper
from tests.reports.examples import FULL, SUCCESS, said
from tests.reports.feedback_examples import FEEDBACK, TOLD, feedback
from tests.reports.foreign_examples import FINNISH, LONG_FINNISH
from tests.reports.synthesis_examples import TWO, plain

_WORD = re.compile(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="[-.\d]+" yMax="[-.\d]+">([^<]*)</word>')
# No question was asked, so the bar stands beside its key and not beside a chart.
COUNTED = FULL.model_copy(update={"counts_by_question": ()})
LONGEST = "bg", "de", "el", "fi", "fr", "ga", "hu", "mt"


@pytest.fixture
def printed(press, tmp_path):
    """Print a report and read it back."""

    def print_one(report, language="en"):
        path = tmp_path / f"{language}.pdf"
        return Paper(path, press.print_to(path, report.spoken(language)))

    return print_one


def placed(paper, page=1):
    """The words of a page, each with its left and upper edge in pt."""
    leaf = paper.boxes.split("<page ")[page]
    return [(word, float(left), float(top)) for left, top, word in _WORD.findall(leaf)]


def long_words(language):
    """The longest word of each heading of the tables of counts."""
    words = Words(language, Materials.of().sentences(language))
    kinds = [words.kind(one.kind) for one in FULL.counts]
    heads = [*kinds, words.gettext("Said"), words.gettext("Up to"), words.gettext("Reviews joined")]
    return {max(head.split(), key=len) for head in heads}


@pytest.mark.parametrize("language", LONGEST)
def test_a_reader_finds_no_word_of_ours_broken_in_the_head_of_a_table(printed, language):
    whole = {word for word, _left, _top in _words_of(printed(FEEDBACK, language))}
    whole |= {word for word, _left, _top in _words_of(printed(TWO, language))}

    assert long_words(language) - whole == set()


def test_heads_of_the_matrix_stand_beside_each_other(printed):
    paper = printed(plain(FULL), "bg")
    page = next(n for n, leaf in enumerate(paper.pages, start=1) if "Колко изказвания от всеки вид" in leaf)
    head = {word: left for word, left, _top in placed(paper, page) if word in {"Предизвикателства", "Предложения"}}

    assert head["Предложения"] - head["Предизвикателства"] > 80


def test_the_numbers_of_the_practice_stay_with_their_caption(printed):
    for lines in range(6, 12):
        figures = (KeyFigure(label=LONG_FINNISH, value=LONG_FINNISH, year="2025", source=LONG_FINNISH),)
        report = FULL.model_copy(update={"key_figures": figures, "practice": (FINNISH,) * lines})

        pages = [" ".join(leaf.split()) for leaf in printed(report).pages]

        (mine,) = [page for page in pages if "The practice in numbers" in page]
        assert "The practice in numbers What Number Year and source" in mine


def test_what_a_foreign_statement_says_in_english_stands_below_it_and_not_in_a_column(printed):
    message = said(SUCCESS, FINNISH, "", 3, 1, language="fi", summary="Everybody is born free.")
    report = plain(FULL.model_copy(update={"sections": (Section(kind=SUCCESS, messages=(message,)),)}))

    paper = printed(report)

    page = next(n for n, leaf in enumerate(paper.pages, start=1) if "Kaikki" in leaf)
    found = {word: left for word, left, _top in placed(paper, page)}
    assert found["Kaikki"] < 60
    assert found["Kaikki"] <= found["Everybody"] < 300
    assert found["[1]"] > 390


def test_both_columns_of_a_fiche_begin_at_one_height(printed):
    found = {word: top for word, _left, top in placed(printed(EXAMPLES["FICHE"])) if word in {"Why", "came"}}

    assert set(found) == {"Why", "came"}
    assert found["Why"] == pytest.approx(found["came"], abs=0.2)


def test_the_contents_of_a_long_report_stay_on_its_cover(printed):
    asked = tuple(Question(number=number, text=f"{number} {FINNISH} {FINNISH}") for number in range(1, 7))
    messages = tuple(said(SUCCESS, FINNISH, "", 3, number) for number in range(1, 7))
    report = feedback(
        FULL.model_copy(
            update={
                "title": f"{FULL.title}, its partners, its money and its future after the project",
                "questions": asked,
                "sections": (Section(kind=SUCCESS, messages=messages), *FULL.sections[1:]),
            }
        ),
        **TOLD,
    )

    paper = printed(report)

    assert "Words of the method" in paper.pages[0]
    assert "1 Executive summary" in " ".join(paper.pages[1].split())


def test_a_short_report_keeps_its_cover_low(printed):
    title = min(top for word, _left, top in placed(printed(feedback(FULL))) if word == "one-stop")

    assert title > 220


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_form_has_four_pages_in_every_language(printed, language):
    assert printed(EXAMPLES["FORM"], language).printed.pages == 4


@pytest.mark.parametrize("language", ["bg", "hr"])
def test_a_day_that_ends_with_a_full_stop_gets_no_second_one(printed, language):
    flow = printed(EXAMPLES["LIST_ONE"], language).flow

    assert "2026" in flow
    assert ".." not in flow


def _words_of(paper):
    return [word for page in range(1, len(paper.pages) + 1) for word in placed(paper, page)]


@pytest.mark.parametrize("report", [FULL, COUNTED, FEEDBACK, TWO, EXAMPLES["SLIDES"], EXAMPLES["FICHE"]])
def test_a_printed_page_obeys_every_line_of_its_stylesheets(report, caplog):
    """What WeasyPrint does not understand it leaves out, and says so to its log alone."""
    assets = pdf.Assets.read(Materials.of())
    shown = pdf.Page(page.document(report), assets, pdf.Fetcher(assets.shelf))

    light.laid_out(shown, assets.fonts, stylesheets=shown.sheets)

    assert [one.getMessage() for one in caplog.records if "Ignored" in one.getMessage()] == []


def test_each_square_above_the_counts_is_filled_as_its_part_of_the_bar(printed):
    """White stands for suggestions alone: a square that is not filled would stand for them too."""
    path = printed(COUNTED).path
    with pikepdf.open(path) as document:
        patterns = {len(leaf.resources.get("/Pattern", {})) for leaf in document.pages}

    assert patterns == {3}


def test_no_line_begins_with_a_dot_that_divides():
    alone = Section(kind=SUCCESS, messages=(), singles=(said(SUCCESS, "The form has one page.", "", 3, 1),))
    text = unescape(re.sub("<[^>]*>", "", page.body(FULL.model_copy(update={"sections": (alone,)}))))

    assert "one page.\u00a0· " in text
    assert re.findall("[^\u00a0]· .{0,20}", text) == []


def test_the_map_stands_beside_the_questions_and_figures_and_what_was_said_below():
    blocks = ['class="report-main"', 'report-map"', 'class="report-glance"', '"report-said"']

    for html in (page.body(FEEDBACK), page.document(FEEDBACK)):
        assert sorted(blocks, key=html.index) == blocks


def test_a_short_table_of_a_synthesis_is_kept_on_one_page():
    html = page.document(TWO)

    assert html.count('<div class="report-whole">\n<table class="report-table synthesis-grid">') == html.count(
        '<table class="report-table synthesis-grid">'
    )
