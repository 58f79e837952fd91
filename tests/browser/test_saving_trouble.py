"""What a page says while it cannot save by itself, and what it keeps: the time of the last save is always in sight."""

import re

import pytest

from tests.browser.long_forms import FORMS
from tests.browser.ways import DESK, PHONE

pytestmark = pytest.mark.browser

NO_COPY = "() => !Object.keys(localStorage).some((place) => place.startsWith('kept '))"
AWAY = re.compile(
    r"^Not saved on the server just now\. Kept on this device, and tried again by itself\. Last saved at \d\d:\d\d\.$"
)
OFFERED = re.compile(r"is kept on this device and was not saved\.$")


def test_a_locked_store_is_told_in_words_and_tried_again_by_itself(visit_shared, shared_site):
    form = FORMS["item"](shared_site)
    peer = visit_shared(PHONE, form.who)
    form.open(peer)
    form.fill(peer, "before")
    peer.page.wait_for_function(NO_COPY)
    peer.trouble = True

    with shared_site.locked():
        typed = form.fill(peer, "while it is locked")
        peer.reads(AWAY)
        peer.audit("while the store is locked")
    peer.page.wait_for_function(NO_COPY)
    peer.reads(re.compile(r"^Saved at \d\d:\d\d$"))

    assert form.stands(peer).items() >= typed.items()


def test_the_time_of_the_last_save_is_in_sight_wherever_somebody_writes(visit_shared, shared_site):
    form = FORMS["practice"](shared_site)
    host = visit_shared(PHONE, form.who)
    form.open(host)

    host.page.locator('[name="how"]').fill("Typed at the top of a long page.")
    host.page.wait_for_function(NO_COPY)

    line = host.page.locator("[data-saved]").bounding_box()
    assert line["y"] + line["height"] <= host.way.height
    assert host.page.evaluate("scrollY + innerHeight < document.body.scrollHeight")


def test_a_new_message_that_was_never_made_is_offered_again(visit_shared, shared_site):
    rapporteur = visit_shared(DESK, "rapporteur")
    board = f"/reviews/{shared_site.world['drafting']}/messages"
    rapporteur.go(board)
    item = rapporteur.page.locator('input[name="item"]').first.get_attribute("value")
    rapporteur.go(f"{board}/add?item={item}")
    rapporteur.fill("Explanation (optional)", "An hour of work.")
    rapporteur.reads("Not saved yet. Kept on this device.")
    rapporteur.come_back()

    rapporteur.go(f"{board}/add?item={item}")
    rapporteur.reads(OFFERED)
    rapporteur.page.get_by_role("button", name="Use it").click()
    assert rapporteur.value_of("Explanation (optional)") == "An hour of work."
    rapporteur.press("Make the message")

    assert rapporteur.told() == "The message is made."
    assert rapporteur.page.evaluate(NO_COPY)


def test_two_texts_being_put_together_survive_a_closed_browser(visit_shared, shared_site):
    form = FORMS["item"](shared_site)
    peer = visit_shared(DESK, form.who)
    form.open(peer)
    first, peer.page = peer.page, peer.another_tab()
    form.open(peer)
    form.fill(peer, "theirs")
    form.save(peer)
    peer.page = first
    typed = form.fill(peer, "mine")
    form.save(peer)
    peer.sees("Somebody else saved a newer version", 409)
    name = next(iter(typed))
    peer.page.locator(f'[name="{name}"]').fill("Put together of both.")
    peer.come_back()

    form.open(peer)
    peer.reads(OFFERED)
    peer.page.get_by_role("button", name="Use it").click()
    peer.page.wait_for_function(NO_COPY)

    assert form.stands(peer).items() >= (typed | {name: "Put together of both."}).items()


def test_a_confirmation_of_something_else_does_not_drop_a_copy(visit_shared, shared_site):
    form = FORMS["item"](shared_site)
    peer = visit_shared(DESK, form.who)
    form.open(peer)
    peer.trouble = True
    with shared_site.locked():
        form.fill(peer, "never arrived")
        form.save(peer)
        peer.sees("Not saved", 503)
    other = FORMS["item"](shared_site)
    other.open(peer)
    other.fill(peer, "something else")
    other.save(peer)

    form.open(peer)

    peer.reads(OFFERED)
