"""Each text is read aloud in its own language: what somebody typed in theirs, the words around it in the report's."""

import re
from collections import Counter

import pikepdf
import pytest

from review_app.domain.vocabulary import ItemKind
from review_app.reports import page
from review_app.reports.exports import word
from review_app.reports.frozen import freezing
from review_app.reports.frozen.snapshot import HostView, Section
from tests.reports.examples import CHALLENGE, FULL, GHENT, SUGGESTION, said
from tests.reports.feedback_examples import FEEDBACK, FEEDBACK_GHENT
from tests.reports.slides_examples import SLIDES
from tests.reports.small_papers import FICHE, FORM, LIST_FOUR
from tests.reports.structure import elements
from tests.reports.synthesis_examples import TWO
from tests.reports.word_reading import Read

TYPED = FULL.model_copy(update={"text_language": "sv"})
LONG = FEEDBACK.model_copy(update={"text_language": "sv"})


def html(paper, language="fr"):
    return page.document(paper.spoken(language))


@pytest.mark.parametrize("paper", [TYPED, LONG, LIST_FOUR, FORM, FICHE, TWO], ids=lambda paper: paper.kind)
def test_a_reader_hears_the_name_of_the_network_as_it_was_typed(paper):
    line = re.search(r'<p class="report-byline">.*?</p>', html(paper)).group()

    assert f'<span lang="{paper.text_language}">{paper.network}</span>' in line
    assert " lang=" not in re.search(r'<p class="report-byline">.*?</p>', html(paper, paper.text_language)).group()


def test_a_reader_hears_who_paid_in_two_languages_and_the_disclaimer_in_that_of_the_page():
    read = html(TYPED)

    assert '<p>Financement\u00a0: <span lang="sv">an invented programme for invented cities</span>.</p>' in read
    assert '<p lang="en">The report does not necessarily reflect the position of the programme.</p>' in read
    known = FULL.model_copy(update={"disclaimer": freezing.DISCLAIMER})
    assert "<p>Les informations contenues dans" in html(known)
    assert freezing.DISCLAIMER not in html(known)


def test_the_small_print_of_slides_is_marked_sentence_by_sentence():
    small = re.search(r'<p class="report-small-print">.*?</p>', html(SLIDES)).group()

    assert 'Financement\u00a0: <span lang="en">an invented programme for invented cities</span>.' in small
    assert f'<span lang="en">{SLIDES.disclaimer}</span>' in small


@pytest.mark.parametrize("paper", [TYPED, LONG], ids=["highlights", "feedback"])
def test_a_reader_hears_labels_of_a_table_in_the_language_of_the_page(paper):
    read = html(paper)

    assert re.findall(r"<t[dr][^>]* lang=[^>]*data-label|<t[dr][^>]*data-label[^>]* lang=|<tr[^>]* lang=", read) == []
    assert '<th scope="row" lang="sv">People advised</th>' in read
    assert '<span lang="sv">Pilots the single intake interview</span>' in read
    assert '<strong lang="sv">Old Customs House, Quay 4</strong>' in read


@pytest.mark.parametrize("paper", [FULL, FEEDBACK], ids=["highlights", "feedback"])
def test_a_view_of_the_host_is_about_a_part_by_its_name_here_or_about_a_message_as_it_was_said(paper):
    message = said(CHALLENGE, "Ingen äger disken efter 2027", "", 6, 2, language="sv")
    views = (HostView(about="The practice", text="Anders."), HostView(about=message.headline, text="Toch."))
    sections = (Section(kind=CHALLENGE, messages=(message,)),)

    read = html(paper.model_copy(update={"text_language": "nl", "sections": sections, "host_views": views}))

    assert '<b>La pratique</b> <span lang="nl"> Anders.</span>' in read
    assert f'<b lang="sv">{message.headline}</b> <span lang="nl"> Toch.</span>' in read


@pytest.mark.parametrize("paper", [GHENT, FEEDBACK_GHENT], ids=["highlights", "feedback"])
def test_a_note_on_a_source_and_what_is_not_on_record_are_marked_as_typed(paper):
    read = html(paper)

    assert '<span class="report-note"><span lang="en">registration page: venue, question</span></span>' in read
    assert '<span class="report-note">24 décembre 2019</span>' in read
    assert f'<span>selon la source</span> <span lang="en">{GHENT.numbers.people_note}</span>' in read
    assert re.search(r'<ul class="report-list" lang="en"><li>the lists of challenges', read)


def test_the_themes_of_a_synthesis_are_marked_wherever_they_stand():
    read = html(TWO)

    assert read.count('<th scope="row" lang="en">Employers</th>') == 2
    assert '<dt>1</dt> <dd lang="en">Employers</dd>' in read
    assert '<dd lang="en">Network of Invented Cities</dd>' in read


def test_what_a_person_does_is_marked_in_the_list_of_participants():
    assert '<span class="report-note" lang="en">Head of climate office</span>' in html(LIST_FOUR)


def test_a_recommendation_names_its_addressee_once_and_in_the_language_of_the_report():
    message = said(SUGGESTION, "Keep one morning free", "", 4, addressee="host", horizon="quick win")
    report = FEEDBACK.model_copy(update={"sections": (Section(kind=ItemKind.RECOMMENDATION, messages=(message,)),)})

    read = html(report)

    assert "<strong>À\u00a0: hôte</strong>" in read
    assert "destinataire" not in read.split('id="report-recommendations"')[1]
    assert '<td data-label="Destinataire">hôte</td>' in read


def test_words_of_the_method_are_spoken_in_the_language_of_a_synthesis():
    read = html(TWO)

    assert '<th scope="row">Emploi</th>' in read
    assert '<h3 class="synthesis-bundle">hôte</h3>' in read
    assert "Critical friend review" not in read


def test_word_reads_labels_in_the_language_of_the_report_and_typed_text_in_its_own():
    read = Read(word.document(TYPED.spoken("fr")))

    assert read.language_of(TYPED.network) == {"sv-SE"}
    assert read.language_of(TYPED.venue) == {"sv-SE"}
    assert read.language_of(TYPED.funding) == {"sv-SE"}
    assert read.language_of("Financement") == {"fr-FR"}
    assert read.language_of(TYPED.disclaimer) == {"en-GB"}


@pytest.mark.parametrize("paper", [TYPED, LONG], ids=["highlights", "feedback"])
def test_a_label_is_read_in_the_language_of_the_page_and_only_what_stands_behind_it_in_that_of_the_message(paper):
    read = html(paper)

    assert '<p class="report-step">Première étape\u00a0: <span lang="en">a joint paper' in read
    assert '<p class="report-dissent">Un avis différent\u00a0: <span lang="en">Two cities hold' in read
    assert 'report-step" lang' not in read
    assert '<div lang="en">' not in read


def test_a_pdf_tells_the_language_of_each_element_that_differs(press, tmp_path):
    path = tmp_path / "spoken.pdf"
    press.print_to(path, TYPED.spoken("fr"))

    with pikepdf.open(path) as file:
        found = Counter(str(one.Lang) for one in elements(file.Root.StructTreeRoot.K) if "/Lang" in one)
        assert str(file.Root.Lang) == "fr"
    assert found["sv"] > 10
    assert found["en"] > 10
    assert set(found) == {"sv", "en"}
