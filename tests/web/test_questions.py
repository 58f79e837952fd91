"""Review questions on their page."""

import re

from review_app.services import questions


def _standing(app, world, stage="draft"):
    with app.app_context():
        return [one.text for one in questions.of(world.review(stage))]


def test_a_host_writes_questions(app, enter_as, world):
    page = f"/reviews/{world['draft']}/questions"

    answer = enter_as("host coordinator").post(page, data={"question_1": "Who pays?", "question_3": "Who stays?"})

    assert answer.status_code == 303
    assert _standing(app, world) == ["Who pays?", "Who stays?"]


def test_a_statement_is_shown_again_with_a_sentence(app, enter_as, world):
    before = _standing(app, world)

    answer = enter_as("host coordinator").post(
        f"/reviews/{world['draft']}/questions", data={"question_2": "Peers should look at this."}
    )

    assert answer.status_code == 422
    assert re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', answer.text) == [
        ("#question_2", "End the question with a question mark.")
    ]
    assert "Peers should look at this.</textarea>" in answer.text
    assert _standing(app, world) == before


def test_questions_changed_meanwhile_are_shown_side_by_side(app, enter_as, world):
    host, page = enter_as("host coordinator"), f"/reviews/{world['draft']}/questions"
    seen = re.search(r'name="version" value="(\d+)"', host.get(page).text).group(1)
    host.post(page, data={"question_1": "Theirs?", "version": seen})

    answer = host.post(page, data={"question_1": "Mine?", "version": seen})

    assert answer.status_code == 409
    assert ("Theirs?" in answer.text, "Mine?</textarea>" in answer.text) == (True, True)
    assert _standing(app, world) == ["Theirs?"]


def test_questions_are_read_when_they_can_no_longer_be_written(app, enter_as, world):
    shown = enter_as("secretariat").get(f"/reviews/{world['recruiting']}/questions").text

    assert "<form" not in shown
    assert all(text.replace("'", "&#39;") in shown for text in _standing(app, world, "recruiting"))
