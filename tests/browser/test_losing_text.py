"""Nothing typed is ever lost: a stale tab, a session that ended, a network that went away."""

import re

import pytest

from review_app.world.network import PASSWORD
from tests.browser.ways import DESK, DESK_BARE, PHONE, PHONE_BARE

pytestmark = pytest.mark.browser

OBJECTIVES = "What is it meant to achieve?"
BOTH_WAYS = pytest.mark.parametrize("way", [PHONE, DESK_BARE], ids=str)
EACH_OTHER = pytest.mark.parametrize("way", [DESK, PHONE_BARE], ids=str)


def _begins(host, site):
    host.go(f"/reviews/{site.world['draft']}/practice/problem")


def _saves_in_two_tabs(host, site, *, theirs, mine):
    """Open a section twice, save in the second tab, then in the first, which knows nothing of it."""
    _begins(host, site)
    first, host.page = host.page, host.another_tab()
    _begins(host, site)
    host.fill(OBJECTIVES, theirs)
    host.press("Save and go to the list")
    host.page = first
    host.fill(OBJECTIVES, mine)
    host.press("Save and go to the list")


# Each has words of its own: in a shared world a save that changes nothing stands in nobody's way.
@BOTH_WAYS
def test_a_stale_second_tab_shows_both_texts(visit_shared, shared_site, way):
    host = visit_shared(way, "host coordinator")
    theirs, mine = f"Written in the second tab, {way}.", f"Written in the first tab, {way}."

    _saves_in_two_tabs(host, shared_site, theirs=theirs, mine=mine)

    host.sees("Somebody else saved a newer version", 409)
    assert host.page.locator(".app-conflict__theirs").all_inner_texts() == [theirs]
    assert host.value_of(OBJECTIVES) == mine


@BOTH_WAYS
def test_what_is_put_together_of_both_texts_is_saved(visit_shared, shared_site, way):
    host = visit_shared(way, "host coordinator")
    theirs, mine = f"Theirs, to be put together, {way}.", f"Mine, to be put together, {way}."
    _saves_in_two_tabs(host, shared_site, theirs=theirs, mine=mine)

    host.fill(OBJECTIVES, "Written in both.")
    host.press("Save this version")

    _begins(host, shared_site)
    assert host.value_of(OBJECTIVES) == "Written in both."


@EACH_OTHER
def test_a_session_that_ends_while_somebody_types_brings_the_text_back(visit_shared, shared_site, way):
    host = visit_shared(way, "host coordinator")
    _begins(host, shared_site)
    shared_site.end_sessions_of("host coordinator")
    host.fill(OBJECTIVES, "Typed while the session ended.")

    host.press("Save and go to the list")
    host.sees("You are signed out", 401)
    host.fill("E-mail address", shared_site.world.email("host coordinator"))
    host.fill("Password", "not the password")
    host.press("Sign in and go on")
    host.sees("You are signed out", 422)
    host.fill("Password", PASSWORD)
    host.press("Sign in and go on")
    host.sees("You are signed in. Your text is here")
    host.press("Send it again")

    _begins(host, shared_site)
    host.sees("Why it was needed")
    assert host.value_of(OBJECTIVES) == "Typed while the session ended."


def test_without_a_network_the_text_stays_on_the_device_and_is_sent_later(visit_shared, shared_site):
    host = visit_shared(PHONE, "host coordinator")
    _begins(host, shared_site)
    host.offline(True)

    host.fill(OBJECTIVES, "Typed in a tunnel.")
    host.reads("Not saved yet. Kept on this device.")
    host.audit("without a network")
    host.offline(False)
    host.reads(re.compile(r"^Saved at \d\d:\d\d"))

    _begins(host, shared_site)
    assert host.value_of(OBJECTIVES) == "Typed in a tunnel."


def test_a_text_that_was_never_sent_is_offered_when_the_page_is_opened_again(visit_shared, shared_site):
    host = visit_shared(PHONE, "host coordinator")
    _begins(host, shared_site)
    host.offline(True)
    host.fill(OBJECTIVES, "Typed on a mountain.")
    host.reads("Not saved yet. Kept on this device.")
    host.page.close()
    host.offline(False)

    host.page = host.another_tab()
    _begins(host, shared_site)
    host.reads(re.compile(r"is kept on this device and was not saved\.$"))
    host.audit("a kept text is offered")
    host.page.get_by_role("button", name="Use it").click()
    host.page.wait_for_function("() => !Object.keys(localStorage).some((place) => place.startsWith('kept '))")
    host.reads(re.compile(r"^Saved at \d\d:\d\d"))

    _begins(host, shared_site)
    assert host.value_of(OBJECTIVES) == "Typed on a mountain."
