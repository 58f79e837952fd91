"""Every kind of report as PDF/UA-1 and PDF/A-3 want it: tags by the rules, opened by others without a word."""

import re
import shutil
import subprocess

import pikepdf
import pytest
from pikepdf import pdfa

from review_app.domain.printing import Form
from review_app.reports import page
from review_app.reports.kinds import registry
from tests.reports import standards
from tests.reports.conftest import EXAMPLES
from tests.reports.examples import DRAFT, FULL
from tests.reports.synthesis_examples import plain

VALIDATOR, CHECKER = shutil.which("verapdf"), shutil.which("qpdf")
NAMES = [
    *("FULL", "DRAFT", "GHENT", "FOREIGN", "HOSTILE"),
    *("FEEDBACK", "FEEDBACK_GHENT", "FEEDBACK_FOREIGN", "TWO"),
    *("SLIDES", "SLIDES_HOSTILE", "FICHE", "FICHE_LIMITS", "FICHE_FOREIGN", "FICHE_HOSTILE"),
    *("LIST_TWO", "LIST_HOSTILE", "FORM", "FORM_HOSTILE"),
]
OF_EACH_KIND = ["FULL", "FEEDBACK", "TWO", "SLIDES", "FICHE", "LIST_TWO", "FORM"]
# pikepdf's checker allows level B alone, and neither a description of a schema nor what it does not read.
KNOWN = ("pikepdf:schema-Resources", "ISO_19005_3:6.6.2.3.1-1", "ISO_19005_3:6.6.4-3")


@pytest.fixture(scope="module")
def archived(press, tmp_path_factory):
    """Print an example to be kept, once."""
    folder, kept = tmp_path_factory.mktemp("kept"), {}

    def print_once(name):
        if name not in kept:
            kept[name] = folder / f"{name}.pdf"
            press.print_to(kept[name], EXAMPLES[name], Form.PDFA)
        return kept[name]

    return print_once


def test_every_kind_is_tried_here():
    assert {EXAMPLES[name].kind for name in OF_EACH_KIND} == set(registry.KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_finds_lists_tables_links_and_figures_by_the_standard(paper, name):
    assert standards.faults(paper(name).path) == []


@pytest.mark.slow
@pytest.mark.skipif(CHECKER is None, reason="qpdf is not on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_other_programs_open_every_kind_without_a_word(paper, name):
    told = [
        subprocess.run(command, check=True, capture_output=True, text=True).stderr
        for command in (["qpdf", "--check", paper(name).path], ["pdfinfo", "-struct-text", paper(name).path])
    ]

    assert told == ["", ""]


@pytest.mark.parametrize(
    ("snapshot", "title"),
    [
        (plain(FULL), "Plain – Synthesis report"),
        (plain(FULL).spoken("fr"), "Plain – Rapport de synthèse"),
        (plain(FULL).model_copy(update={"network": "Hill"}), "Plain – Synthesis report, Hill"),
        (plain(FULL).model_copy(update={"draft": DRAFT.draft}), "Draft: Plain – Synthesis report"),
    ],
    ids=["nobody's", "in French", "a network's", "a draft"],
)
def test_a_document_has_a_title_that_ends_in_a_word(snapshot, title):
    assert re.findall("<title>(.*?)</title>", page.document(snapshot)) == [title]


def test_a_term_and_what_it_means_are_one_item(paper):
    assert set(standards.terms(paper("FICHE").path)) <= {(1, 1), (0, 1)}
    assert standards.terms(paper("TWO").path)[:5] == [(1, 1)] * 5


@pytest.mark.parametrize("name", ["FEEDBACK", "TWO"])
def test_contents_are_read_by_their_words_and_without_dots(paper, name):
    read = paper(name)

    called = standards.names(read.path)

    assert [one for one in called if " ".join(one.split()) not in read.written] == []
    assert ("Executive summary" if name == "FEEDBACK" else "How this synthesis was made") in " ".join(called)
    assert set(standards.spoken_dots(read.path)) == {" "}


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_another_program_finds_each_kind_fit_for_an_archive(archived, name):
    with pikepdf.open(archived(name)) as file:
        found = pdfa.check(file, "3b").findings

    assert [(one.rule, one.message) for one in found if one.rule not in KNOWN] == []
    assert {one.message for one in found if one.rule == KNOWN[2]} == {"pdfaid:conformance is 'A', expected 'B'"}


@pytest.mark.slow
@pytest.mark.skipif(VALIDATOR is None, reason="veraPDF is not on this machine")
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_the_validator_has_nothing_to_say_of_any_kind(archived, name, flavour):
    done = subprocess.run(
        [VALIDATOR, "--format", "text", "--flavour", flavour, archived(name)],
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stdout)

    assert done.stdout.startswith("PASS")
