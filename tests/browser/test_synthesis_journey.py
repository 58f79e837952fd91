"""A synthesis from two sides: who writes looks back, prints and deletes a draft; who reads takes the published one."""

import pytest
from sqlalchemy import update

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.services import network_synthesis
from review_app.services.network_synthesis import Texts
from tests import network_synthesis_world as made
from tests.browser.ways import DESK, PHONE_BARE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONGEST = 120_000
"""How long a print may take on a busy machine, in ms."""
TITLE = "What our reviews say"
PUBLISHED = "Meeting people where they are: what three reviews say"
BEFORE, NOW = "Six cities wrote to us, and we read every page.", "Six cities wrote to us, and two people read it all."


@pytest.mark.parametrize("way", [DESK, PHONE_BARE], ids=str)
def test_a_writer_looks_back_prints_the_draft_and_deletes_it(visit, site, worker, way):
    _being_written(site)
    writer = visit(way, "secretariat")

    _brings_an_earlier_text_back(writer)
    printed = _prints_the_draft(writer)
    _deletes_it(writer)

    assert printed[:5] == b"%PDF-"


@pytest.mark.parametrize("way", [DESK, PHONE_BARE], ids=str)
def test_a_reader_takes_the_published_one_away_in_their_language(visit, site, worker, way):
    with site.arranged():
        _let_nothing_wait()
    reader = visit(way, None)

    reader.go("/syntheses")
    reader.follow(PUBLISHED)
    reader.sees(PUBLISHED)
    reader.pick("Language of headings, labels and dates", "Français")
    reader.press("Show")
    reader.sees(PUBLISHED)
    sheet = reader.save("Excel : Synthesis")
    reader.follow("PDF : Synthesis")
    reader.sees("Print of the synthesis")
    reader.reads("PDF, Français")
    reader.press("Print it")
    reader.page.get_by_role("button", name="Download", exact=True).wait_for(timeout=LONGEST)
    reader.sees("Print of the synthesis")
    printed = reader.save("Download")

    assert (sheet[:2], printed[:5]) == (b"PK", b"%PDF-")


def _let_nothing_wait():
    """The prints of the demonstration are nobody's here: the one that is asked for is not to wait for them."""
    db.session.execute(update(Rendering).values(progress=Progress.CANCELLED))


def _being_written(site):
    with site.arranged():
        _let_nothing_wait()
        person = site.world.person("secretariat")
        synthesis = made.with_reviews(site.world, person)
        made.theme(synthesis, person, name="Staff who stay", memo="One adviser for each person.")
        for foreword in (BEFORE, NOW):
            texts = Texts(TITLE, foreword=foreword, findings="One desk is enough.\nEmployers pay a part.")
            network_synthesis.save_texts(texts, synthesis, person, seen_version=synthesis.version)


def _brings_an_earlier_text_back(writer):
    writer.go("/syntheses/what-our-reviews-say/texts")
    writer.sees("Texts and key findings")
    writer.follow("Earlier versions")
    writer.sees("Earlier versions: Texts of the synthesis")
    writer.follow("Read it in full (version 2)")
    writer.sees("Version 2: Texts of the synthesis")
    writer.reads("What has changed since")
    writer.press("Put this version back (version 2)")
    writer.sees("Earlier versions: Texts of the synthesis")
    writer.go("/syntheses/what-our-reviews-say/texts")
    assert writer.value_of("Foreword") == BEFORE


def _prints_the_draft(writer):
    writer.go("/syntheses/what-our-reviews-say")
    writer.sees(TITLE)
    writer.press("Read the draft")
    writer.sees(TITLE)
    writer.press("Print this draft as PDF")
    writer.sees("Print of the draft")
    # The page looks again by itself, without scripts too.
    writer.page.get_by_role("button", name="Download", exact=True).wait_for(timeout=LONGEST)
    writer.sees("Print of the draft")
    return writer.save("Download")


def _deletes_it(writer):
    writer.go("/syntheses/what-our-reviews-say")
    writer.follow("Delete the synthesis")
    writer.sees("Delete the synthesis")
    writer.reads("What goes")
    writer.press("Delete it for good")
    writer.sees("Syntheses")
    assert writer.told() == f"“{TITLE}” is deleted."
