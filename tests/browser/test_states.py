"""States that no journey passes: nothing there, a print on its way, a refusal, a report on paper."""

import pytest

from tests.browser.ways import DESK, PHONE

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize("way", [DESK, PHONE], ids=str)


@WAYS
def test_a_page_that_is_not_there_passes_the_audit(visit_shared, way):
    anybody = visit_shared(way)

    anybody.go("/reviews/no-such-review")

    anybody.sees("Page not found", 404)


@WAYS
def test_a_print_on_its_way_passes_the_audit(visit_shared, shared_site, way):
    secretariat = visit_shared(way, "secretariat")
    secretariat.page.route("**/report/progress*", _without_looking_again)
    secretariat.go(f"/reviews/{shared_site.world['drafting']}/report")

    secretariat.press("Print this draft as PDF")

    secretariat.sees("Print of the report")
    secretariat.reads("The report is being printed.")


def _without_looking_again(route):
    """Hold the page still: it opens itself anew every two seconds, and the audit takes one."""
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


@WAYS
def test_an_action_that_is_too_early_says_what_to_do_first(visit_shared, shared_site, way):
    secretariat = visit_shared(way, "secretariat")

    secretariat.go(f"/reviews/{shared_site.world['recruiting']}/actions/start-preparing")

    secretariat.sees("Start the preparation")
    assert secretariat.page.get_by_role("main").get_by_role("button").count() == 0


@WAYS
def test_a_report_of_everybody_can_be_printed_from_the_browser(visit_shared, shared_site, way):
    anybody = visit_shared(way)
    anybody.go(f"/reviews/{shared_site.world['published']}/report")
    title = anybody.page.locator("h1").inner_text()

    anybody.page.emulate_media(media="print")

    anybody.sees(title)
    assert anybody.page.get_by_role("navigation", name="Main").count() == 0
    assert anybody.page.pdf()[:5] == b"%PDF-"
