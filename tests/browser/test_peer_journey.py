"""A peer takes up an invitation, writes the return of its city, leaves, comes back, sends: in each of the four ways."""

import re

import pytest
from sqlalchemy import select

from review_app.domain import conduct
from review_app.extensions.database import db
from review_app.models.network import Organisation
from review_app.queries import seats
from review_app.services import cities
from tests.browser.ways import WAYS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CARE = "Care that comes home: small teams for each neighbourhood"
INVITATION = f"Invitation: {CARE}"
NORRVIK = "Norrvik’s feedback"
NAMED, USE = "May your city be named with it?", "How far may it travel?"
HEADLINE = "In one full sentence"
ITEMS = {
    "Add a success factor": ("Wages from the first day keep young people on board.", {}),
    "Add a challenge": ("In November two thirds of the places are empty.", {"How serious is it?": "Important"}),
    "Add a recommendation": ("Keep the net loft open all winter.", {"To whom is it addressed?": "The host city"}),
    "Add a take-home": ("We will have breakfast with our trainees on day eight.", {}),
    "Add a question": ("Who pays the finders in three years?", {}),
}
LESSON = "A place with wages comes first, and the plan after it."


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_peer_accepts_an_invitation_and_sends_the_return_of_its_city(visit, site, worker, way):
    peer, ref = visit(way), site.world["feedback"]
    link = _invited(site, site.world["recruiting"])

    _takes_up_the_invitation(peer, link)
    _accepts_the_code(peer)
    _reads_the_practice(peer, ref)
    _writes_items_of_each_kind(peer)
    _writes_a_lesson_and_leaves(peer, ref)
    _checks_sends_and_finds_it_overtaken(peer, ref)
    _reopens_and_sends_again(peer)


def _invited(site, ref):
    with site.arranged():
        seat = seats.take(ref, site.world.person("secretariat"))
        norrvik = db.session.scalars(select(Organisation).where(Organisation.slug == "norrvik")).one()
        cities.invite(norrvik, site.world.email("peer"), seat=seat)
    return site.link_for(site.world.email("peer"))


def _takes_up_the_invitation(peer, link):
    peer.go(link)
    peer.sees(INVITATION)
    peer.go(link)
    peer.sees(INVITATION)
    assert peer.page.get_by_role("link", name="Sign out").count() == 0

    peer.press("Go on to the invitation")
    peer.sees("Your invitation")
    peer.go(link)
    peer.sees("This link no longer works", 410)


def _accepts_the_code(peer):
    peer.go("/")
    peer.sees("What waits for you")
    peer.go("/reviews/castelbruma-neighbourhood-care/invitation")
    peer.press("Take part")
    peer.sees("Your invitation", 422)
    assert len(peer.errors()) == 5

    for question in conduct.INTERESTS.values():
        peer.choose(question, "No")
    peer.choose("The code of conduct", "I accept the code of conduct and keep confidential what I read and hear")
    peer.press("Take part")
    peer.sees(CARE)
    assert peer.told() == "Thank you. You are part of the team."


def _reads_the_practice(peer, ref):
    peer.go(f"/reviews/{ref}")
    peer.sees("Back on board: young people and the working harbour")
    peer.follow("Practice description")
    peer.sees("The practice")
    peer.reads("One in six young people between sixteen and twenty-four")
    peer.follow("Back to the review")
    peer.follow("Our feedback")
    peer.sees(NORRVIK)


def _writes_items_of_each_kind(peer):
    for add, (headline, answers) in ITEMS.items():
        peer.follow(add)
        peer.sees(add)
        _answers(peer, headline, answers)
        peer.press("Save")
        peer.sees(NORRVIK)
        peer.reads(headline)


def _answers(peer, headline, answers):
    peer.fill(HEADLINE, headline)
    for question, answer in {NAMED: "Yes, name our city", USE: "Into the report", **answers}.items():
        peer.choose(question, answer)


def _writes_a_lesson_and_leaves(peer, ref):
    peer.press("Check all answers and send")
    peer.sees("Check your answers before you send them")
    peer.reads("Before you can send it")
    peer.follow("Add lessons learnt: 1 more needed.")
    peer.sees("Add a lesson learnt")
    peer.fill(HEADLINE, "x" * 141)
    peer.press("Save")
    peer.sees("Add a lesson learnt", 422)
    peer.fill(HEADLINE, LESSON)
    _lets_it_be_saved(peer)

    peer.go("/")
    peer.go(f"/reviews/{ref}/feedback")
    peer.sees(NORRVIK)
    peer.follow(f"Change {LESSON}")
    peer.sees("Lesson learnt")
    assert peer.value_of(HEADLINE) == LESSON
    _answers(peer, LESSON, {})
    peer.press("Save")
    peer.sees(NORRVIK)


def _lets_it_be_saved(peer):
    """With scripts the page saves by itself; without them somebody presses the button."""
    if peer.way.scripts:
        peer.reads(re.compile(r"^Saved at \d\d:\d\d"))
        peer.audit("saved by itself")
    else:
        peer.press("Save")


def _checks_sends_and_finds_it_overtaken(peer, ref):
    peer.press("Check all answers and send")
    peer.sees("Check your answers before you send them")
    first = peer.page
    peer.page = peer.another_tab()
    _removes(peer, ref, ITEMS["Add a take-home"][0])
    peer.page = first
    peer.press("Send to the review team")
    peer.sees("Check your answers before you send them", 422)
    assert peer.errors() == ["Add what your city takes home: 1 more needed."]

    peer.follow("Add what your city takes home: 1 more needed.")
    peer.sees("Add a take-home")
    _answers(peer, ITEMS["Add a take-home"][0], {})
    peer.press("Save")
    _sends(peer)


def _removes(peer, ref, headline):
    peer.go(f"/reviews/{ref}/feedback")
    card = peer.page.get_by_role("article").filter(has_text=headline)
    card.locator("summary").click()
    peer.audit("about to remove")
    peer.press("Remove it", within=card)
    peer.sees(NORRVIK)
    assert peer.told() == "Removed."


def _sends(peer):
    peer.press("Check all answers and send")
    peer.press("Send to the review team")
    peer.sees(NORRVIK)
    assert peer.told() == "Your city’s feedback is sent. Thank you."


def _reopens_and_sends_again(peer):
    peer.press("Open it again")
    peer.sees(NORRVIK)
    assert peer.told() == "Your city’s feedback is open again. Send it once more when you are done."
    _sends(peer)
