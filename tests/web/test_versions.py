"""Earlier versions on their pages: who, when, what changed, and the way back; hidden is missing."""

import re

import pytest
import time_machine
from sqlalchemy import event

from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.feedback import Return
from review_app.models.history import Revision
from tests import feedback_world as town
from tests.web.feedback_pages import AUTOSAVE, DRAFT, headlines, item, says


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


def test_a_version_that_a_colleague_stood_before_is_not_replaced(review_app, ada, bo):
    key = new_key()
    ada.post(item(key), data=DRAFT | {"headline": "Begun"})
    ada.post(item(key), data=DRAFT | {"headline": "Seen by Bo", "version": "1"}, headers=AUTOSAVE)
    assert bo.post(item(key), data=DRAFT | {"headline": "By Bo", "version": "1"}).status_code == 409

    ada.post(item(key), data=DRAFT | {"headline": "Typed on", "version": "2"}, headers=AUTOSAVE)

    with review_app.app_context():
        kept = [row.content["headline"] for row in db.session.query(Revision).order_by(Revision.number)]
    assert kept == ["Begun", "Seen by Bo", "Typed on"]


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
