"""The host opens a review, describes the practice, invites cities, checks facts and signs: in each of the four ways."""

from datetime import date, timedelta

import pytest

from review_app.world.network import PASSWORD
from tests.browser.ways import WAYS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "A one-stop desk for career changers"
FIRST_DAY = date.today() + timedelta(days=200)
ASK = "How do we reach people who do not look for a new job yet?"
REASON = "Half of them will need one within five years."
NEEDED = "A third of the jobs in the port change within ten years."
MEANT = "Nobody has to look for advice in more than one place."
COMMENT = "The count of this year is 1 040; the figure in the draft is that of last year."


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_host_opens_a_review_and_sees_it_through_to_its_signature(visit, site, way):
    host = visit(way)

    _signs_in(host, site)
    _opens_a_review(host)
    _writes_questions(host)
    _describes_the_practice(host)
    _gives_key_figures(host)
    _invites_two_cities(host)
    _sends_it_to_the_secretariat(host)
    _comments_on_a_fact(host, site.world["fact_check"])
    _signs_the_report(host, site.world["sign_off"])


def _signs_in(host, site):
    host.go("/sign-in")
    host.sees("Sign in")
    host.press("Sign in")
    host.sees("Sign in", 422)
    assert host.errors() == ["Enter your e-mail address.", "Enter your password."]

    host.fill("E-mail address", site.world.email("host coordinator"))
    host.fill("Password", PASSWORD)
    host.press("Sign in")
    host.sees("What waits for you")


def _opens_a_review(host):
    host.follow("Open a review of your own city")
    host.sees("Open a review")
    host.fill_day("First day of the visit", FIRST_DAY)
    host.press("Open the review")
    host.sees("Open a review", 422)
    assert host.errors() == ["Give the review a title."]

    host.fill("What is the review about?", TITLE)
    host.pick("Theme", "Housing")
    host.fill_day("Last day of the visit", FIRST_DAY + timedelta(days=2))
    host.press("Open the review")
    host.sees(TITLE)
    assert host.told() == "The review is open. Next, write the questions that you want to ask."


def _writes_questions(host):
    host.follow("Review questions")
    host.sees("Review questions")
    host.fill("Question 1", ASK)
    host.fill("Why question 1 matters", REASON)
    host.press("Save the questions")
    host.sees(TITLE)
    assert host.told() == "Your questions are saved."


def _describes_the_practice(host):
    host.follow("Practice description")
    host.sees("The practice")
    host.follow("What it is")
    _fills_the_first_section(host)
    _half_fills_the_second_section(host)
    _comes_back_to_it(host)


def _fills_the_first_section(host):
    host.sees("What it is")
    host.fill("Title of the practice", "The desk at Weavers' Hall")
    host.fill("When did it start?", "last spring")
    host.press("Save and continue")
    host.sees("What it is", 422)
    assert host.errors() == ["When did it start? Write a year, a month or a day, like 2019, 2019-03 or 2019-03-27."]
    assert host.value_of("Title of the practice") == "The desk at Weavers' Hall"

    host.fill("The practice in one sentence", "One desk where people who want to change their work find all advice.")
    host.fill("When did it start?", "2025-03")
    host.choose("Where does it stand?", "A pilot")
    host.choose("Whom is it for?", "People in work")
    host.press("Save and continue")


def _half_fills_the_second_section(host):
    host.sees("Why it was needed")
    host.fill("Which problem does it address?", NEEDED)
    host.press("Save and go to the list")
    host.sees("The practice")
    assert host.told() == "Saved: Why it was needed."
    assert _status_of(host, "What it is") == "Done"
    assert _status_of(host, "Why it was needed") == "In progress"


def _comes_back_to_it(host):
    host.follow("Why it was needed")
    host.sees("Why it was needed")
    assert host.value_of("Which problem does it address?") == NEEDED

    host.fill("What is it meant to achieve?", MEANT)
    host.press("Save and go to the list")
    assert _status_of(host, "Why it was needed") == "Done"


def _status_of(host, section):
    line = host.page.locator(".govuk-task-list__item").filter(has_text=section)
    return line.locator(".govuk-task-list__status").inner_text().strip()


def _gives_key_figures(host):
    host.follow("Key figures")
    host.sees("Key figures")
    row = host.page.get_by_role("group", name="Row 1")
    row.get_by_label("What is counted").fill("People advised")
    row.get_by_label("Value").fill("x" * 60)
    row.get_by_label("Year").fill("2025")
    host.press("Save the figures")
    host.sees("The practice")
    assert host.told() == "Saved: Key figures."


def _invites_two_cities(host):
    host.follow("Back to the review")
    host.follow("Cities")
    host.sees("Peer cities")
    host.press("Send the invitation")
    host.sees("Peer cities", 422)
    assert host.errors() == ["Choose a city.", "Enter the e-mail address of one person."]

    for city, email in (("Norrvik (SE)", "peer@example.org"), ("Valdora (IT)", "new.colleague@example.org")):
        host.pick("City", city)
        host.fill("E-mail address of your contact there", email)
        host.press("Send the invitation")
        host.sees("Peer cities")
    assert host.page.locator("tbody th").all_inner_texts() == ["Norrvik SE", "Valdora IT"]


def _sends_it_to_the_secretariat(host):
    host.follow("Back to the review")
    host.follow("Send to the secretariat")
    host.sees("Send to the secretariat")
    host.press("Send to the secretariat")
    host.sees(TITLE)
    assert host.told() == "Done: Send to the secretariat. The review now stands at: Scope and agreement."


def _comments_on_a_fact(host, ref):
    host.go(f"/reviews/{ref}/fact-check")
    host.sees("Fact check")
    host.follow("Read the draft report")
    host.sees("Homes again: bringing empty houses back into use")
    host.follow("Back to the review")
    host.follow("Fact check")
    host.press("Write a comment")
    host.sees("Comment on a fact")
    host.fill("Your comment, or the wording you propose", COMMENT)
    host.press("Send to the team")
    host.sees("Comment on a fact", 422)
    assert host.errors() == ["Choose what the comment is about.", "Choose what kind of comment it is."]
    assert host.value_of("Your comment, or the wording you propose") == COMMENT

    host.pick("What is it about?", "Key figures")
    host.choose("What kind of comment is it?", "Factual error")
    host.press("Send to the team")
    host.sees("Fact check")
    assert host.told() == "Your comment is with the team."
    host.reads(COMMENT)


def _signs_the_report(host, ref):
    host.go(f"/reviews/{ref}")
    host.sees("Twelve minutes on foot: children on their way to school")
    host.follow("Sign the report")
    host.sees("Sign the report")
    host.press("Sign the report")
    host.sees("Twelve minutes on foot: children on their way to school")
    assert host.told() == "Done: Sign the report."
