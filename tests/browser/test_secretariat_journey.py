"""The secretariat reminds, invites, merges, answers, publishes, and anybody reads: in each of the four ways."""

import pytest

from review_app.queries import seats
from review_app.services import workflow
from tests.browser.site import wait_for
from tests.browser.ways import WAYS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARRIVALS = "One desk for arrivals"
HOMES = "Homes again: bringing empty houses back into use"
WALK = "Twelve minutes on foot: children on their way to school"
NEWCOMER = "greta.lindholm@example.org"
MERGED = (
    "Offices that stay away three times lose their vote: nobody has lost it so far.",
    "The family can read every page of its own file.",
)
TOGETHER = "Rules that everybody can check are kept without a judge."


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_secretariat_runs_its_desk_up_to_a_public_report(visit, site, worker, way):
    secretariat = visit(way, "secretariat")
    _signed_by_the_others(site, site.world["sign_off"])

    _reminds_a_city(secretariat)
    _invites_a_person(secretariat)
    _joins(visit(way), site.link_for(NEWCOMER))
    _merges_two_items(secretariat, site.world["drafting"])
    _opens_the_fact_check(secretariat)
    _answers_the_comments_and_closes(secretariat, site.world["fact_check"])
    _publishes(secretariat, site.world["sign_off"])
    printed = _waits_for_the_print(secretariat, site.world["sign_off"])
    _signs_out(secretariat)
    read = _reads_as_anybody(secretariat)

    assert printed[:5] == b"%PDF-"
    assert read == printed


def _signed_by_the_others(site, ref):
    with site.arranged():
        for role in ("lead reviewer", "host coordinator"):
            workflow.perform("sign the report", seats.take(ref, site.world.person(role)))


def _reminds_a_city(secretariat):
    secretariat.go("/")
    secretariat.sees("What waits for you")
    secretariat.follow("Desk")
    secretariat.sees("Desk")
    secretariat.press("Remind Montelune")
    secretariat.sees("Desk")
    assert secretariat.told() == "A reminder goes to Montelune."


def _invites_a_person(secretariat):
    secretariat.follow("Network")
    secretariat.sees("Network")
    secretariat.fill("Find a city or organisation", "Norrvik")
    secretariat.press("Find")
    secretariat.follow("Norrvik")
    secretariat.sees("Norrvik")
    secretariat.press("Send the invitation")
    secretariat.sees("Norrvik", 422)
    assert secretariat.errors() == ["Enter an e-mail address.", "Choose what they will be."]

    secretariat.fill("E-mail address", NEWCOMER)
    secretariat.fill("Name", "Greta Lindholm")
    secretariat.choose("What they will be", "A member: takes part in reviews and reads what is for members")
    secretariat.press("Send the invitation")
    secretariat.sees("Norrvik")
    assert secretariat.told() == f"The invitation to {NEWCOMER} is on its way."


def _joins(newcomer, link):
    newcomer.go(link)
    newcomer.sees("Invitation to the network")
    newcomer.press("Accept and sign in")
    newcomer.sees("Invitation to the network", 422)
    assert newcomer.errors() == ["Enter your name."]

    newcomer.fill("Your name", "Greta Lindholm")
    newcomer.press("Accept and sign in")
    newcomer.sees("What waits for you")


def _merges_two_items(secretariat, ref):
    secretariat.go(f"/reviews/{ref}")
    secretariat.sees(ARRIVALS)
    secretariat.follow("Messages")
    secretariat.sees("Messages")
    secretariat.press("Put into this message")
    secretariat.sees("Messages", 422)
    for headline in MERGED:
        secretariat.page.get_by_role("checkbox", name=headline).check()
    secretariat.press("Put into a new message")
    secretariat.sees("New message")
    secretariat.fill("The message in one full sentence", "")
    secretariat.press("Make the message")
    secretariat.sees("New message", 422)
    assert secretariat.errors() == ["Write the message in one full sentence."]

    secretariat.fill("The message in one full sentence", TOGETHER)
    secretariat.press("Make the message")
    secretariat.sees("Messages")
    assert secretariat.told() == "The message is made."
    assert _message(secretariat).locator(".app-item__foot strong").inner_text() == "2 of 5 cities"
    _moves_it_up(secretariat)


def _message(secretariat):
    return secretariat.page.get_by_role("article").filter(has_text=TOGETHER)


def _moves_it_up(secretariat):
    order = secretariat.page.locator(".app-item h3")
    before = order.all_inner_texts()
    place = before.index(TOGETHER)
    secretariat.press(f"Move up : {TOGETHER}", within=_message(secretariat))
    secretariat.sees("Messages")
    after = order.all_inner_texts()
    assert after[place - 1 : place + 1] == [TOGETHER, before[place - 1]]


def _opens_the_fact_check(secretariat):
    secretariat.follow("Back to the review")
    secretariat.follow("Open the fact check")
    secretariat.sees("Open the fact check")
    secretariat.press("Open the fact check")
    secretariat.sees(ARRIVALS)
    assert secretariat.told() == "Done: Open the fact check. The review now stands at: Fact check."


def _answers_the_comments_and_closes(secretariat, ref):
    secretariat.go(f"/reviews/{ref}/fact-check")
    secretariat.sees("Fact check")
    waiting = secretariat.page.get_by_role("article").filter(has_text="Waiting for an answer")
    number = waiting.count()
    waiting.first.get_by_role("link", name="Answer").click()
    secretariat.sees("Answer to a comment")
    secretariat.choose("Your answer", "Declined")
    secretariat.press("Save the answer")
    secretariat.sees("Answer to a comment", 422)
    secretariat.choose("Your answer", "Adopted")
    secretariat.press("Save the answer")
    secretariat.sees("Fact check")
    assert secretariat.told() == "Your answer is saved. The host city reads it."

    for _left in range(number - 1):
        waiting.first.get_by_role("link", name="Answer").click()
        secretariat.choose("Your answer", "Adopted")
        secretariat.press("Save the answer")
    secretariat.go(f"/reviews/{ref}/actions/close-the-fact-check")
    secretariat.sees("Close the fact check")
    secretariat.press("Close the fact check")
    secretariat.sees(HOMES)


def _publishes(secretariat, ref):
    secretariat.go(f"/reviews/{ref}/publish")
    secretariat.sees("Publish the report")
    secretariat.choose("Who may read it?", "Everybody")
    secretariat.fill("Type the title of the review, or its reference, to confirm", "yes")
    secretariat.press("Publish the report")
    secretariat.sees("Publish the report", 422)

    secretariat.fill("Type the title of the review, or its reference, to confirm", WALK)
    secretariat.press("Publish the report")
    secretariat.sees(WALK)
    assert secretariat.told() == "The report is published."


def _waits_for_the_print(secretariat, ref):
    """Wait as the page does, by looking again; it is audited once it has come to rest."""

    def is_ready():
        secretariat.go(f"/reviews/{ref}/report/progress")
        return secretariat.page.get_by_text("The report is ready").count()

    wait_for(is_ready)
    secretariat.sees("Print of the report")
    return secretariat.save("Download")


def _signs_out(secretariat):
    secretariat.follow("Sign out")
    secretariat.sees("Sign out of this device?")
    secretariat.press("Sign out")
    assert secretariat.told() == "You are signed out."


def _reads_as_anybody(anybody):
    anybody.go("/")
    anybody.follow("Reviews", within=anybody.page.get_by_role("navigation", name="Main"))
    anybody.sees("Reviews")
    anybody.fill("Title or city", "Twelve minutes")
    anybody.press("Show")
    anybody.sees("Reviews")
    anybody.follow(WALK)
    anybody.sees(WALK)
    return anybody.save("Download the report (PDF)")
