"""A text whose writer is signed out meanwhile: it is carried through the sign-in and saved by one button."""

import re
from html import unescape

import pytest
import time_machine

from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.services import sessions
from tests import feedback_world as town
from tests.web.feedback_pages import DRAFT, PAGE, heading, headlines, item


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


def test_a_session_that_ends_while_typing_comes_back_with_the_text(review_app, ada):
    review_app.config["WTF_CSRF_ENABLED"] = True
    form = ada.get(f"{PAGE}/add/lesson").text
    path, data = item(re.search(r"/items/([\w-]+)", form)[1]), DRAFT | _tokens(form)
    with review_app.app_context():
        sessions.end_all(town.person("Ada"))
        town.set_password("Ada", "correct horse battery")
        db.session.commit()

    out = ada.post(path, data=data)
    assert (out.status_code, heading(out)) == (401, "You are signed out")
    assert "Begin with the employers" in out.text

    wrong = ada.post("/sign-in", data=_carried(out) | {"email": "ada@example.org", "password": "wrong"})
    assert (wrong.status_code, "Begin with the employers" in wrong.text) == (422, True)
    back = ada.post(
        "/sign-in", data=_carried(wrong) | {"email": "ada@example.org", "password": "correct horse battery"}
    )
    assert (back.status_code, heading(back)) == (200, "You are signed in. Your text is here")

    sent = ada.post(path, data=DRAFT | _tokens(back.text))
    assert (sent.status_code, headlines(review_app)) == (303, ["Begin with the employers"])


def test_a_text_is_kept_when_the_whole_cookie_is_gone(review_app):
    review_app.config["WTF_CSRF_ENABLED"] = True

    out = review_app.test_client().post(item(new_key()), data=DRAFT | {"csrf_token": "of an older session"})

    assert (out.status_code, heading(out)) == (401, "You are signed out")
    assert "Begin with the employers" in out.text


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "/nowhere", ""])
def test_kept_text_is_sent_nowhere_else(review_app, to):
    with review_app.app_context():
        town.set_password("Ada", "correct horse battery")
        db.session.commit()
    data = {"email": "ada@example.org", "password": "correct horse battery", "kept_to": to, "kept-headline": "Mine"}

    answer = review_app.test_client().post("/sign-in", data=data)

    assert (answer.status_code, answer.location) == (303, "/")


def _tokens(text):
    return dict(re.findall(r'name="(csrf_token|nonce)" value="([^"]+)"', text))


def _carried(answer):
    form = re.search(r"<form[^>]*sign-in.*?</form>", answer.text, re.DOTALL)[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}
