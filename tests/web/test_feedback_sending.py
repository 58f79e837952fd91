"""Checking, sending, reopening, the deadline to the second, and who finds no door."""

import pytest
import time_machine
from sqlalchemy import event

from review_app.extensions.database import db
from review_app.models.base import new_key
from tests import feedback_world as town
from tests.web.feedback_pages import DRAFT, PAGE, SEND, headlines, item, says, sent, written


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


def test_the_check_lists_what_is_missing_with_links_and_offers_no_button(review_app, ada):
    key = written(review_app, whole=False)[0]
    ada.post(item(key), data=DRAFT | {"kind": "success_factor", "version": "1"})

    page = ada.get(SEND)

    assert f'href="{item(key)}#attribution"' in page.text
    assert f'href="{PAGE}/add/lesson"' in page.text
    assert "Send to the review team" not in page.text


def test_sending_too_little_is_refused_with_every_sentence(review_app, ada):
    written(review_app, whole=False)

    answer = ada.post(SEND)

    assert answer.status_code == 422
    for sentence in (
        "Add success factors: 1 more needed.",
        "Add challenges: 1 more needed.",
        "Add lessons learnt: 1 more needed.",
        "Add what your city takes home: 1 more needed.",
    ):
        assert sentence in says(answer)
    assert sent(review_app) == [False]


def test_a_peer_checks_sends_and_reads_what_happens_next(review_app, ada):
    written(review_app)
    assert "Send to the review team" in ada.get(SEND).text

    answer = ada.post(SEND)

    assert (answer.status_code, answer.location, sent(review_app)) == (303, PAGE, [True])
    assert "Next the review team merges the feedback of all cities into messages." in says(ada.get(PAGE))


def test_a_sent_return_is_read_only_until_a_colleague_opens_it_again(review_app, ada, bo):
    keys = written(review_app, send=True)

    late = ada.post(item(keys[0]), data=DRAFT | {"headline": "Afterthought", "version": "1"})
    assert (late.status_code, "Afterthought" in late.text) == (422, True)
    assert ada.get(item(keys[0])).location == f"{PAGE}#item-{keys[0]}"

    assert bo.post(f"{PAGE}/reopen").status_code == 303
    again = ada.post(item(keys[0]), data=DRAFT | {"headline": "Afterthought", "version": "1"})
    assert (again.status_code, sent(review_app)) == (303, [False])


def test_the_last_second_is_accepted_and_the_next_is_refused_with_the_text_kept(review_app):
    key = new_key()
    with time_machine.travel(town.CLOSES.timestamp() - 1, tick=False):
        ada = town.enter(review_app, "Ada")
        assert ada.post(item(key), data=DRAFT).status_code == 303

    with time_machine.travel(town.CLOSES.timestamp() + 1, tick=False):
        late = ada.post(item(key), data=DRAFT | {"headline": "Typed while time ran out", "version": "1"})

    assert late.status_code == 403
    assert "The deadline for feedback has passed. The secretariat can move it." in says(late)
    assert "Typed while time ran out" in late.text
    assert headlines(review_app) == ["Begin with the employers"]


def test_after_the_deadline_the_page_is_read_only_and_says_why(review_app):
    written(review_app, send=True)

    with time_machine.travel(town.CLOSES.timestamp() + 1, tick=False):
        ada = town.enter(review_app, "Ada")
        page, edit = ada.get(PAGE), ada.get(f"{PAGE}/add/lesson")

    assert "The deadline for feedback has passed. The secretariat can move it." in says(page)
    assert "<form" not in page.text
    assert edit.status_code == 403


@pytest.mark.parametrize("name", ["Hugo", "Lea", "Olga", "Sven", "Mia"])
def test_nobody_but_peers_finds_the_pages_of_a_return(review_app, name):
    visitor = town.enter(review_app, name)

    for path in (PAGE, SEND, f"{PAGE}/add/lesson", item(new_key())):
        assert visitor.get(path).status_code == 404
    assert visitor.post(item(new_key()), data=DRAFT).status_code == 404


def test_a_page_takes_at_most_fifteen_statements(review_app, ada):
    written(review_app)
    seen = []
    with review_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    ada.get(PAGE)

    assert 0 < len(seen) <= 15
