"""Earlier versions on their pages: who, when, what changed, and the way back; hidden is missing."""

import re

import pytest
import time_machine
from sqlalchemy import event

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.feedback import Return
from review_app.models.history import Revision
from review_app.models.review import Participant, Review
from review_app.models.synthesis import FactComment
from tests import feedback_world as town
from tests.sent_form import sent
from tests.web.feedback_pages import AUTOSAVE, DRAFT, headlines, item, says

HOST = "host coordinator"


@pytest.fixture
def review_app(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        yield town.app_in(tmp_path)


@pytest.fixture
def ada(review_app):
    return town.enter(review_app, "Ada")


@pytest.fixture
def bo(review_app):
    return town.enter(review_app, "Bo")


@pytest.fixture
def shared_item(ada, bo):
    """An item that Ada wrote and Bo changed."""
    key = new_key()
    ada.post(item(key), data=DRAFT | {"explanation": "Three advisers sat in one room."})
    bo.post(item(key), data=DRAFT | {"explanation": "Four advisers sat in one room.", "version": "1"})
    return key


def _put_back(client, key, number):
    page = client.get(f"{item(key)}/history").text
    fields = dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', page))
    return client.post(f"{item(key)}/history/{number}", data=fields)


def _section(page, number):
    return re.search(rf'<section[^>]*version-{number}".*?</section>', page, re.DOTALL)[0]


def test_a_colleague_reads_who_changed_what_word_by_word(ada, shared_item):
    page = ada.get(f"{item(shared_item)}/history")

    newest = _section(page.text, 2)
    assert "Version 2 · stands now" in newest
    assert "· Bo, Norrvik" in newest
    assert re.findall(r"<(ins|del)><span[^>]*>[^<]*</span>(\w+)<", newest) == [("del", "Three"), ("ins", "Four")]
    assert ("[added:" in newest, "[removed:" in newest) == (True, True)
    assert "· you" in _section(page.text, 1)


def test_a_version_is_read_in_full(ada, shared_item):
    page = says(ada.get(f"{item(shared_item)}/history/1"))

    assert "Three advisers sat in one room." in page
    assert "Explain it" in page


def test_a_version_that_is_put_back_is_the_newest_and_nothing_is_deleted(review_app, ada, shared_item):
    answer = _put_back(ada, shared_item, 1)

    assert (answer.status_code, answer.location) == (303, f"{item(shared_item)}/history")
    with review_app.app_context():
        kept = [row.content["explanation"] for row in db.session.query(Revision).order_by(Revision.number)]
    assert kept == [f"{word} advisers sat in one room." for word in ("Three", "Four", "Three")]


def test_putting_back_twice_is_putting_back_once(review_app, ada, shared_item):
    fields = dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', ada.get(f"{item(shared_item)}/history").text))

    first, second = (ada.post(f"{item(shared_item)}/history/1", data=fields) for _time in range(2))

    assert (first.status_code, first.location) == (second.status_code, second.location)
    with review_app.app_context():
        assert db.session.query(Revision).count() == 3


def test_a_version_is_not_put_back_over_one_that_nobody_has_read(review_app, ada, bo, shared_item):
    fields = dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', ada.get(f"{item(shared_item)}/history").text))
    bo.post(item(shared_item), data=DRAFT | {"headline": "Newer", "version": "2"})

    answer = ada.post(f"{item(shared_item)}/history/1", data=fields)

    assert answer.status_code == 409
    assert "Nothing was put back: somebody has saved a newer version meanwhile." in says(answer)
    assert headlines(review_app) == ["Newer"]
    assert _put_back(ada, shared_item, 1).status_code == 303


def test_another_citys_versions_and_none_are_one_page(review_app, shared_item):
    cem, lea = town.enter(review_app, "Cem"), town.enter(review_app, "Lea")

    for client in (cem, lea):
        for path in (f"{item(shared_item)}/history", f"{item(shared_item)}/history/1"):
            hidden, missing = client.get(path), client.get(path.replace(shared_item, new_key()))
            assert (hidden.status_code, hidden.data) == (404, missing.data)
        assert client.post(f"{item(shared_item)}/history/1").status_code == 404


@pytest.mark.parametrize("number", [0, 3, 999_999_999])
def test_a_version_that_never_was_is_missing(ada, shared_item, number):
    assert ada.get(f"{item(shared_item)}/history/{number}").status_code == 404
    assert ada.post(f"{item(shared_item)}/history/{number}").status_code == 404


def test_a_number_that_no_database_holds_is_no_address(ada, shared_item):
    assert ada.get(f"{item(shared_item)}/history/{10**30}").status_code == 404


def test_what_the_page_saves_by_itself_in_one_sitting_is_one_version(review_app, ada):
    key = new_key()
    for number in range(1, 5):
        data = DRAFT | {"explanation": "word " * number, "version": str(number - 1)}
        assert ada.post(item(key), data=data, headers=AUTOSAVE).status_code == 200

    page = ada.get(f"{item(key)}/history").text

    assert re.findall(r'id="version-(\d+)"', page) == ["1"]


def test_a_sent_return_says_why_nothing_can_be_put_back(review_app, ada, shared_item):
    with review_app.app_context():
        db.session.query(Return).one().submitted_at = town.BEFORE
        db.session.commit()

    page = ada.get(f"{item(shared_item)}/history")

    assert "Your city’s feedback has been sent. Open it again first." in says(page)
    assert "Put this version back" not in page.text


def test_a_removed_item_does_not_hand_its_versions_to_the_next(review_app, ada):
    gone, new = new_key(), new_key()
    ada.post(item(gone), data=DRAFT | {"headline": "Gone-for-good-5521"})
    ada.post(f"{item(gone)}/remove", data={"version": "1"})

    cem = town.enter(review_app, "Cem")
    cem.post(item(new), data=DRAFT)

    assert "Gone-for-good-5521" not in cem.get(f"{item(new)}/history").text


def test_an_item_that_comes_back_under_its_key_has_its_versions_again(ada):
    key = new_key()
    ada.post(item(key), data=DRAFT | {"headline": "First"})
    ada.post(f"{item(key)}/remove", data={"version": "1"})

    ada.post(item(key), data=DRAFT | {"headline": "Second"})

    assert re.findall(r'id="version-(\d+)"', ada.get(f"{item(key)}/history").text) == ["2", "1"]


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


def test_the_versions_of_a_text_take_few_statements(ada, bo, shared_item, review_app):
    seen = []
    for number in range(2, 26):
        data = DRAFT | {"headline": f"Number {number}", "version": str(number)}
        assert (ada, bo)[number % 2].post(item(shared_item), data=data).status_code == 303
    with review_app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_rest: seen.append(statement))

    page = ada.get(f"{item(shared_item)}/history")

    assert page.text.count('id="version-') == 20
    assert "version-5" in ada.get(f"{item(shared_item)}/history?page=2").text
    assert len(seen) <= 2 * 15


def sent_back(somebody, history):
    """Return what the button that puts a version back sends."""
    return dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', somebody.get(history).text))
