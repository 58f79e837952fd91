"""Every text that two people can edit has its earlier versions: of the host, of the team, of both."""

import re

import pytest

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.review import Participant, Review
from review_app.models.synthesis import FactComment
from review_app.services import messages
from tests.sent_form import sent
from tests.web.feedback_pages import says

HOST = "host coordinator"
REGIMES = [("chatham_house", ""), ("mixed", " · Aldermere"), ("attributed", " · Aldermere")]


@pytest.mark.parametrize(
    ("who", "stage", "path", "first", "second"),
    [
        (HOST, "draft", "practice/problem", {"problem": "One way"}, {"problem": "Another way"}),
        (HOST, "draft", "scope", {"title": "One"}, {"title": "Two"}),
        (HOST, "draft", "questions", {"question_1": "Who pays?"}, {"question_1": "Who gains?"}),
        (HOST, "draft", "figures", {"figures-0-label": "A", "figures-0-value": "1"},
         {"figures-0-label": "A", "figures-0-value": "2"}),
        ("rapporteur", "drafting", "report/texts", {"saw": "One"}, {"saw": "Two"}),
        ("secretariat", "scoping", "scope", {"title": "One"}, {"title": "Two"}),
    ],
)  # fmt: skip
def test_each_text_has_its_versions_and_a_way_back(enter_as, world, who, stage, path, first, second):
    somebody, page = enter_as(who), f"/reviews/{world[stage]}/{path}"
    for changes in (first, second):
        form = sent(somebody.get(page).text)
        assert somebody.post(page, data=form | changes).status_code == 303
    newest = int(re.findall(r'id="version-(\d+)"', somebody.get(f"{page}/history").text)[0])
    fields = dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', somebody.get(f"{page}/history").text))

    answer = somebody.post(f"{page}/history/{newest - 1}", data=fields)

    assert (answer.status_code, answer.location) == (303, f"{page}/history")
    assert somebody.get(f"{page}/history/{newest + 1}").status_code == 200
    for name, value in first.items():
        assert sent(somebody.get(page).text)[name] == value


def test_every_editing_page_leads_to_its_versions(enter_as, world):
    for who, stage, path in (
        (HOST, "draft", "practice/problem"),
        (HOST, "draft", "scope"),
        (HOST, "draft", "questions"),
        (HOST, "draft", "figures"),
    ):
        page = enter_as(who).get(f"/reviews/{world[stage]}/{path}").text

        assert f'href="/reviews/{world[stage]}/{path}/history"' in page


@pytest.mark.parametrize(
    ("regime", "told"), [("chatham_house", ""), ("mixed", " · Aldermere"), ("attributed", " · Aldermere")]
)
def test_a_writer_of_another_city_is_told_as_the_regime_says(app, enter_as, world, regime, told):
    page = f"/reviews/{world['draft']}/scope"
    host = enter_as(HOST)
    assert host.post(page, data=sent(host.get(page).text) | {"title": "By the host"}).status_code == 303
    outsider = _an_outsider(app, world, regime)

    versions = enter_as(outsider).get(f"{page}/history").text

    line = " ".join(re.search(r'app-quiet">(.*?)</p>', versions, re.DOTALL)[1].split())
    assert re.sub(r"^.*?\d\d:\d\d", "", line) == told


def _an_outsider(app, world, regime):
    """A host coordinator from elsewhere, whom the table lets see the terms and no names of others."""
    with app.app_context():
        review = db.session.get(Review, world.review("draft").id)
        review.regime = regime
        somebody = world.person("member")
        db.session.add(Participant(review_id=review.id, person_id=somebody.id, role=Role.HOST_COORDINATOR))
        db.session.commit()
        return somebody.email


def _comment_of_the_host(app, world):
    with app.app_context():
        review = world.review("fact_check")
        row = db.session.query(FactComment).filter_by(review_id=review.id).order_by(FactComment.id).first()
        row.answer, row.answered_at, row.answered_by_id, row.reason = None, None, None, ""
        db.session.commit()
        return row.key


def test_a_comment_and_its_answer_have_versions(app, enter_as, world):
    key = _comment_of_the_host(app, world)
    host, team = enter_as(HOST), enter_as("rapporteur")
    page = f"/reviews/{world['fact_check']}/fact-check/comments/{key}"
    first = sent(host.get(page).text)
    host.post(page, data=first | {"comment": "Another wording."})
    number = int(re.findall(r'id="version-(\d+)"', host.get(f"{page}/history").text)[0]) - 1
    assert host.post(f"{page}/history/{number}", data=sent_back(host, f"{page}/history")).status_code == 303
    assert sent(host.get(page).text)["comment"] == first["comment"]

    for answer in ({"answer": "declined", "reason": "First."}, {"answer": "adopted", "reason": "Second."}):
        assert team.post(f"{page}/answer", data=sent(team.get(f"{page}/answer").text) | answer).status_code == 303
    numbers = re.findall(r'id="version-(\d+)"', team.get(f"{page}/answer/history").text)
    back = team.post(f"{page}/answer/history/{numbers[1]}", data=sent_back(team, f"{page}/answer/history"))

    assert back.status_code == 303
    assert sent(team.get(f"{page}/answer").text)["reason"] == "First."
    assert "The team has answered this comment." in says(host.get(f"{page}/history"))


def test_the_word_of_the_host_has_versions(enter_as, world):
    host, page = enter_as(HOST), f"/reviews/{world['fact_check']}/fact-check"
    for word in ("First word.", "Second word."):
        assert host.post(f"{page}/host-word", data=sent(host.get(page).text) | {"host_word": word}).status_code == 303
    numbers = re.findall(r'id="version-(\d+)"', host.get(f"{page}/host-word/history").text)

    back = host.post(f"{page}/host-word/history/{numbers[1]}", data=sent_back(host, f"{page}/host-word/history"))

    assert back.status_code == 303
    assert sent(host.get(page).text)["host_word"] == "First word."


def test_a_message_has_versions_for_the_team_alone(app, enter_as, world):
    board = f"/reviews/{world['drafting']}/messages"
    team = enter_as("rapporteur")
    key = re.search(r'id="message-([\w-]+)"', team.get(board).text)[1]
    team.post(f"{board}/{key}", data=sent(team.get(f"{board}/{key}").text) | {"headline": "A canary-4410 headline."})

    assert "canary-4410" in team.get(f"{board}/{key}/history").text
    for who in (HOST, "peer", "observer", "member"):
        assert enter_as(who).get(f"{board}/{key}/history").status_code == 404


def sent_back(somebody, history):
    """Return what the button that puts a version back sends."""
    return dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', somebody.get(history).text))


def test_a_version_of_before_there_were_summaries_is_put_back(app, enter_as, world):
    board = f"/reviews/{world['drafting']}/messages"
    team = enter_as("rapporteur")
    key = re.search(r'id="message-([\w-]+)"', team.get(board).text)[1]
    with app.app_context():
        row = messages.find(key, world.review("drafting"))
        before = {name: text for name, text in messages.content_of(row).items() if name != "summary"}
        db.session.add(
            Revision(thing="message", thing_id=row.id, number=7000, content=before | {"headline": "As it was"})
        )
        db.session.commit()

    answer = team.post(f"{board}/{key}/history/7000", data=sent_back(team, f"{board}/{key}/history"))

    with app.app_context():
        row = messages.find(key, world.review("drafting"))
        assert (answer.status_code, row.headline, row.summary) == (303, "As it was", "")
