"""All real reviews in every kind that fits: printed, read back whole, opened by other programs without a word."""

import re
import shutil
import subprocess
import unicodedata
from itertools import pairwise

import pytest
from sqlalchemy import select

from review_app.domain.languages import LANGUAGES
from review_app.extensions.database import db
from review_app.models.record import PublicRecord
from review_app.models.review import Review
from review_app.reports.kinds import registry
from review_app.services import publishing, synthesis_publishing
from tests.reports import standards
from tests.reports.conftest import Paper
from tests.reports.structure import levels

OF_RECORDS = ("highlights", "feedback", "fiche", "blank_form")


def real_reviews():
    return list(db.session.scalars(select(Review).join(PublicRecord).order_by(Review.ref)))


def plain(text):
    """Letters and digits alone: lines break, hyphens and blanks come and go."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def said(paper):
    """Every statement of a report."""
    sections = getattr(paper, "sections", ())
    return [one.headline for section in sections for one in (*section.messages, *section.singles)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("real")


def opened_by_others(path):
    """What qpdf and poppler complain of."""
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stderr
    if shutil.which("qpdf"):
        told += subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False).stderr
    return told


@pytest.mark.slow
@pytest.mark.parametrize("kind", OF_RECORDS)
def test_every_real_review_is_printed_whole_in_every_kind_that_fits(in_context, press, folder, kind):
    reviews = real_reviews()
    assert len(reviews) == 25
    wrong = []
    languages = list(LANGUAGES)
    for number, review in enumerate(reviews):
        frozen = publishing.snapshot_of(review, made_by="x", kind=kind).spoken(languages[number % len(languages)])
        path = folder / f"{review.ref}-{kind}.pdf"
        paper = Paper(path, press.print_to(path, frozen))
        text = plain(paper.flow)
        lost = [one for one in said(frozen) if plain(one) not in text]
        heads = levels(paper)
        skips = [pair for pair in pairwise(heads) if pair[1] > pair[0] + 1]
        faults = standards.faults(path)
        loose = [line for line in paper.fonts if " yes yes yes " not in f" {' '.join(line.split())} "]
        complaints = opened_by_others(path)
        if lost or skips or faults or loose or complaints or heads[:1] != [1]:
            wrong.append((review.ref, lost, skips, faults, loose, complaints))

    assert wrong == []


@pytest.mark.slow
def test_the_real_reviews_together_make_a_synthesis(in_context, press, folder):
    refs = [review.ref for review in real_reviews()]
    frozen = synthesis_publishing.draft_of_reviews(refs, made_by="x")
    path = folder / "synthesis.pdf"

    paper = Paper(path, press.print_to(path, frozen))

    text = plain(paper.written)
    assert [review.title for review in frozen.reviews if plain(review.title) not in text] == []
    assert [one.headline for one in frozen.statements if plain(one.headline) not in text] == []
    assert opened_by_others(path) == ""
    assert len(frozen.reviews) == 25


def test_every_kind_is_tried_here_or_in_a_file_of_its_own():
    elsewhere = {"slides", "participants", "synthesis"}

    assert set(registry.KINDS) == set(OF_RECORDS) | elsewhere
