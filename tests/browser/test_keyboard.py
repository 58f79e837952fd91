"""With the keyboard alone: past the header, in, through a form with an error, and out of it."""

import pytest

from review_app.world.network import PASSWORD
from tests.browser.ways import DESK

pytestmark = pytest.mark.browser


def _focused(visitor, what):
    return visitor.page.evaluate(f"document.activeElement.{what}")


def _tab_to(visitor, name):
    """Go on with the Tab key until the control of this name or these words has the focus."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        if name in (_focused(visitor, "name"), _focused(visitor, "textContent.trim()")):
            return
    raise AssertionError(f"the Tab key never comes to {name}")


def _enter(visitor, key="Enter"):
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.page.keyboard.press(key)


def test_the_first_tab_leads_past_the_header(visit_shared):
    anybody = visit_shared(DESK)
    anybody.go("/reviews")

    anybody.page.keyboard.press("Tab")
    assert _focused(anybody, "textContent") == "Skip to main content"
    assert anybody.page.locator(".govuk-skip-link").bounding_box()["height"] > 20
    anybody.page.keyboard.press("Enter")

    assert _focused(anybody, "id") == "main"
    anybody.page.keyboard.press("Tab")
    assert _focused(anybody, "name") == "q"


def test_somebody_signs_in_with_the_keyboard(visit_shared, shared_site):
    anybody = visit_shared(DESK)
    anybody.go("/sign-in")

    _tab_to(anybody, "email")
    anybody.page.keyboard.type(shared_site.world.email("peer"))
    _tab_to(anybody, "password")
    anybody.page.keyboard.type(PASSWORD)
    _enter(anybody)

    anybody.sees("What waits for you")


def test_somebody_mends_an_error_and_sends_a_form_with_the_keyboard(visit_shared, shared_site):
    host = visit_shared(DESK, "host coordinator")
    host.go(f"/reviews/{shared_site.world['draft']}/practice/summary")

    _tab_to(host, "started")
    host.page.keyboard.press("Control+a")
    host.page.keyboard.type("last spring")
    _tab_to(host, "Save and continue")
    _enter(host)
    host.sees("What it is", 422)
    host.page.keyboard.press("Tab")
    host.page.keyboard.press("Enter")
    assert _focused(host, "name") == "started"
    host.page.keyboard.press("Control+a")
    host.page.keyboard.type("2024-10")
    _tab_to(host, "status")
    host.page.keyboard.press("ArrowDown")
    _tab_to(host, "Save and continue")
    _enter(host, "Space")

    host.sees("Why it was needed")
    assert host.told() == "Saved: What it is."
    host.go(f"/reviews/{shared_site.world['draft']}/practice/summary")
    assert host.value_of("When did it start?") == "2024-10"
    assert host.page.get_by_label("Running", exact=True).is_checked()
