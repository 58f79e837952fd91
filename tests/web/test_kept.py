"""A text whose writer is signed out meanwhile: it is carried through the sign-in and saved by one button."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import event

from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.review import ReviewDeadline
from review_app.services import sessions
from review_app.web import wording
from tests import feedback_world as town
from tests.sent_form import sent
from tests.web.feedback_pages import AUTOSAVE, DRAFT, PAGE, heading, headlines, item


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


def test_a_kept_text_stands_under_the_words_of_its_question(review_app, ada):
    _move_deadline(review_app, to=town.BEFORE - timedelta(hours=1))

    answer = ada.post(item(new_key()), data=DRAFT | {"explanation": "Because of it.", "use": "host_only"})

    asked = re.findall(
        r'<label[^>]*>([^<]*)</label>|<p class="govuk-body"><strong>([^<]*)</strong><br>([^<]*)', answer.text
    )
    assert (answer.status_code, heading(answer)) == (403, "This is not possible now")
    assert [one[0] or one[1:] for one in asked] == [
        ("Kind", "Lesson learnt"),
        "In one full sentence",
        ("In which language is it written?", "English"),
        "Explain it",
        ("How far may it travel?", "To the host city only, not into the report"),
    ]


def test_a_text_refused_after_the_deadline_is_sent_from_the_same_page_once_that_has_moved(review_app, ada):
    key = new_key()
    _move_deadline(review_app, to=town.BEFORE - timedelta(hours=1))
    refused = ada.post(item(key), data=DRAFT)
    _move_deadline(review_app, to=town.CLOSES)

    again = ada.post(item(key), data=sent(refused.text))

    assert (refused.status_code, again.status_code) == (403, 303)
    assert headlines(review_app) == ["Begin with the employers"]


def test_rows_and_days_are_called_by_their_questions(review_app):
    with review_app.test_request_context():
        found = [
            wording.labelled("partners-1-type", "ngo", f"/reviews/{town.REF}/practice/working"),
            wording.labelled("starts_on-month", "5", f"/reviews/{town.REF}/scope"),
            wording.labelled("regime", "mixed", f"/reviews/{town.REF}/scope"),
            wording.labelled("headline", "One", f"/reviews/{town.REF}/messages/{new_key()}"),
            wording.labelled("why_2", "Much", f"/reviews/{town.REF}/questions"),
            wording.labelled("figures-0-value", "7", f"/reviews/{town.REF}/figures"),
            wording.labelled("of_nobody", "x", "/nowhere"),
        ]

    assert found == [
        ("Partners and what they do, row 2: Type", "Civil society organisation"),
        ("First day of the visit: Month", "5"),
        ("Who may be named in the report?", "Mixed: a city is named where it says so itself, a person never"),
        ("The message in one full sentence", "One"),
        ("Why question 2 matters", "Much"),
        ("Key figures, row 1: Value", "7"),
        ("Of nobody", "x"),
    ]


def test_a_full_store_answers_an_autosave_in_few_words(review_app, ada):
    with review_app.app_context():
        event.listen(db.engine, "connect", _full)
        db.engine.dispose()

    for _time in range(60):
        answer = ada.post(item(new_key()), data=DRAFT | {"explanation": "word " * 200}, headers=AUTOSAVE)
        if answer.status_code != 200:
            break

    assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "5", "application/json")
    assert list(answer.json) == ["trouble"]
    assert ada.get(PAGE).status_code == 200


def _move_deadline(app, *, to):
    with app.app_context():
        db.session.query(ReviewDeadline).one().at = to
        db.session.commit()


def _full(connection, _record):
    """No page more than there are: what a full disk says."""
    connection.execute("PRAGMA max_page_count=1")


def _tokens(text):
    return dict(re.findall(r'name="(csrf_token|nonce)" value="([^"]+)"', text))


def _carried(answer):
    form = re.search(r"<form[^>]*sign-in.*?</form>", answer.text, re.DOTALL)[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}
