"""The pages of the fact check: the host comments, the team answers, others look."""

import pytest

from review_app.domain.vocabulary import CommentAnswer
from review_app.models.base import new_key
from review_app.queries import fact_check
from review_app.services import report_texts
from tests.synthesis_world import seat_of

FIELDS = {"about": "part:practice", "kind": "factual_error", "comment": "It was 2024.", "quoted": "in 2023"}


@pytest.fixture
def address(world):
    return f"/reviews/{world['fact_check']}/fact-check"


def _find(app, world, key):
    with app.app_context():
        return fact_check.find(key, seat_of(world, "fact_check", "rapporteur"))


def test_the_host_comments_and_the_team_answers(app, world, enter_as, address):
    key = new_key()
    enter_as("host coordinator").post(f"{address}/comments/{key}", data=FIELDS)
    team = enter_as("rapporteur")

    answer = team.post(f"{address}/comments/{key}/answer", data={"answer": "declined", "reason": "See page 3."})

    row = _find(app, world, key)
    assert (row.comment, row.answer, row.reason) == ("It was 2024.", CommentAnswer.DECLINED, "See page 3.")
    assert answer.location == f"{address}#comment-{key}"
    assert "5 comments:" in team.get(address).text


def test_a_comment_that_says_nothing_comes_back_with_its_text(app, world, enter_as, address):
    key = new_key()

    answer = enter_as("host coordinator").post(f"{address}/comments/{key}", data={**FIELDS, "comment": ""})

    assert answer.status_code == 422
    assert "<title>Error: Comment on a fact" in answer.text
    assert "in 2023" in answer.text
    assert _find(app, world, key) is None


def test_a_judgement_is_not_printed_as_a_fact(enter_as, address):
    data = {**FIELDS, "print_view": "yes"}

    answer = enter_as("host coordinator").post(f"{address}/comments/{new_key()}", data=data)

    assert answer.status_code == 422
    assert "Only a disagreement is printed as the host&#39;s view" in answer.text


def test_a_declined_comment_needs_a_reason(app, world, enter_as, address):
    key = new_key()
    enter_as("host coordinator").post(f"{address}/comments/{key}", data=FIELDS)

    answer = enter_as("rapporteur").post(f"{address}/comments/{key}/answer", data={"answer": "declined"})

    assert answer.status_code == 422
    assert "Say why the comment is not adopted in full." in answer.text
    assert _find(app, world, key).answer is None


def test_a_comment_is_taken_back(app, world, enter_as, address):
    key, host = new_key(), enter_as("host coordinator")
    host.post(f"{address}/comments/{key}", data=FIELDS)

    host.post(f"{address}/comments/{key}/remove")

    assert _find(app, world, key) is None


def test_the_pages_of_one_comment_can_be_read(enter_as, address):
    key, host = new_key(), enter_as("host coordinator")
    added = host.get(f"{address}/comments/add")
    host.post(f"{address}/comments/{key}", data=FIELDS)

    edited = host.get(f"{address}/comments/{key}")
    asked = enter_as("rapporteur").get(f"{address}/comments/{key}/answer")

    assert [page.status_code for page in (added, edited, asked)] == [200, 200, 200]
    assert [("It was 2024." in page.text) for page in (added, edited, asked)] == [False, True, True]


def test_the_team_cannot_comment_and_the_host_cannot_answer(enter_as, address):
    key = new_key()
    enter_as("host coordinator").post(f"{address}/comments/{key}", data=FIELDS)

    commented = enter_as("rapporteur").post(f"{address}/comments/{new_key()}", data=FIELDS)
    answered = enter_as("host coordinator").post(f"{address}/comments/{key}/answer", data={"answer": "adopted"})

    assert (commented.status_code, answered.status_code) == (404, 404)


def test_a_comment_of_another_review_is_missing(world, enter_as, address):
    key = new_key()
    enter_as("host coordinator").post(f"{address}/comments/{key}", data=FIELDS)
    elsewhere = f"/reviews/{world['published']}/fact-check/comments/{key}/answer"

    assert enter_as("rapporteur").get(elsewhere).status_code == 404


def test_the_host_writes_its_word(app, world, enter_as, address):
    host = enter_as("host coordinator")
    with app.app_context():
        version = report_texts.host_word(world.review("fact_check"))[1]

    host.post(f"{address}/host-word", data={"host_word": "Thank you.", "version": version})
    stale = host.post(f"{address}/host-word", data={"host_word": "Thanks.", "version": version})

    assert stale.status_code == 409
    assert ["Thank you." in stale.text, "Thanks." in stale.text] == [True, True]
    with app.app_context():
        assert report_texts.host_word(world.review("fact_check"))[0] == "Thank you."


def test_the_host_reads_the_notes_for_its_eyes_and_peers_do_not(enter_as, address):
    secret = "The councillor should stay away from the doorstep."

    pages = [enter_as(who).get(address).text for who in ("host coordinator", "rapporteur", "sandro.vietti@example.org")]

    assert [secret in page for page in pages] == [True, True, False]


@pytest.mark.parametrize("who", ["member", "observer", "host contributor"])
def test_nobody_else_reads_the_log(enter_as, address, who):
    assert enter_as(who).get(address).status_code == 404


def test_there_is_no_log_before_the_fact_check(world, enter_as):
    assert enter_as("rapporteur").get(f"/reviews/{world['drafting']}/fact-check").status_code == 404


def test_the_log_takes_few_statements(enter_as, address, statements):
    client = enter_as("host coordinator")
    statements.clear()

    client.get(address)

    assert len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 15
