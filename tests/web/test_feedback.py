"""The pages of a return, as a peer meets them: nothing typed is lost, nothing of others is seen."""

import re

import pytest
import time_machine

from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem, Return
from tests import feedback_world as town
from tests.web.feedback_pages import AUTOSAVE, DRAFT, PAGE, SEND, count, heading, headlines, item, says, written


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


def test_a_peer_reads_the_deadline_what_is_needed_and_who_reads_it_before_writing(ada):
    page = ada.get(PAGE)

    assert (page.status_code, heading(page)) == (200, "Norrvik’s feedback")
    for sentence in (
        "Aldermere · A one-stop desk",
        "Send it by Wednesday 20 May 2026, 18:00 .",
        "Success factors: 0 of 2",
        "When fewer than 3 cities send feedback no city is named at all",
        "cities are named only if all who wrote there agree, or if at least 3 want no name",
        "write in the language of the review",
        "Aldermere never sees your return",
    ):
        assert sentence in says(page)


def test_looking_begins_no_return(review_app, ada):
    for path in (PAGE, f"{PAGE}/add/lesson", SEND):
        assert ada.get(path).status_code == 200

    assert count(review_app, Return) == 0


def test_a_peer_adds_an_item_and_nothing_is_chosen_beforehand(ada):
    page = ada.get(f"{PAGE}/add/challenge")

    assert heading(page) == "Add a challenge"
    assert " checked" not in page.text


def test_a_kind_that_does_not_exist_is_not_found(ada):
    assert ada.get(f"{PAGE}/add/praise").status_code == 404


def test_a_peer_saves_a_draft_and_sees_it_with_what_it_lacks(ada):
    key = new_key()

    answer = ada.post(item(key), data=DRAFT)

    assert (answer.status_code, answer.location) == (303, f"{PAGE}#item-{key}")
    page = says(ada.get(PAGE))
    assert "Begin with the employers" in page
    assert "Not complete yet: Answer “May your city be named with it?”." in page


def test_a_double_submit_makes_one_row_and_gets_the_same_answer(review_app, ada):
    path, data = item(new_key()), DRAFT | {"nonce": "a-nonce-of-its-own"}

    first, second = ada.post(path, data=data), ada.post(path, data=data)

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert headlines(review_app) == ["Begin with the employers"]


def test_a_peer_finds_in_the_form_what_was_saved(ada):
    key = new_key()
    ada.post(item(key), data=DRAFT | {"use": "host_only", "language": "el", "question": "2"})

    page = ada.get(item(key))

    assert re.search(r'value="host_only"[^>]*checked', page.text)
    assert re.search(r'<option value="el"[^>]*selected[^>]*>Ελληνικά', page.text)
    assert re.search(r'<option value="2"[^>]*selected', page.text)


def test_the_language_of_an_item_is_told_to_screen_readers(ada):
    ada.post(item(new_key()), data=DRAFT | {"headline": "Ξεκινήστε από τους εργοδότες", "language": "el"})

    page = ada.get(PAGE).text

    assert re.search(r'<h3[^>]*lang="el">Ξεκινήστε από τους εργοδότες</h3>', page)
    assert "Written in Ελληνικά" in page


def test_a_page_that_saves_by_itself_is_told_the_version_and_the_address(ada):
    key = new_key()

    first = ada.post(item(key), data=DRAFT, headers=AUTOSAVE)
    second = ada.post(item(key), data=DRAFT | {"headline": "Longer", "version": "1"}, headers=AUTOSAVE)

    told = {"saved": "Saved at 14:00", "last": "Last saved at 14:00.", "to": item(key)}
    assert first.json == told | {"version": 1}
    assert second.json == told | {"version": 2}


def test_a_lost_answer_to_an_autosave_is_asked_for_again_without_a_conflict(ada):
    key = new_key()
    ada.post(item(key), data=DRAFT, headers=AUTOSAVE)

    again = ada.post(item(key), data=DRAFT, headers=AUTOSAVE)

    assert (again.status_code, again.json["version"]) == (200, 1)


def test_an_autosave_that_is_overtaken_says_so_and_changes_nothing(review_app, ada, bo):
    key = new_key()
    ada.post(item(key), data=DRAFT)
    bo.post(item(key), data=DRAFT | {"headline": "By Bo", "version": "1"})

    answer = ada.post(item(key), data=DRAFT | {"headline": "By Ada", "version": "1"}, headers=AUTOSAVE)

    assert (answer.status_code, list(answer.json)) == (409, ["conflict"])
    assert headlines(review_app) == ["By Bo"]


def test_a_stale_save_shows_both_texts_escaped_and_the_next_save_counts(review_app, ada, bo):
    key = new_key()
    ada.post(item(key), data=DRAFT)
    bo.post(item(key), data=DRAFT | {"headline": "<b>By Bo</b>", "version": "1"})

    answer = ada.post(item(key), data=DRAFT | {"headline": "<i>By Ada</i>", "version": "1"})

    assert (answer.status_code, heading(answer)) == (409, "Somebody else saved a newer version")
    assert "&lt;b&gt;By Bo&lt;/b&gt;" in answer.text
    assert "&lt;i&gt;By Ada&lt;/i&gt;" in answer.text
    assert "<i>By Ada</i>" not in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    ada.post(item(key), data=DRAFT | {"headline": "By both", "version": version})
    assert headlines(review_app) == ["By both"]


def test_two_colleagues_save_different_items_without_disturbing_each_other(review_app, ada, bo):
    mine, theirs = new_key(), new_key()
    ada.post(item(mine), data=DRAFT | {"headline": "By Ada"})
    bo.post(item(theirs), data=DRAFT | {"headline": "By Bo"})

    again = ada.post(item(mine), data=DRAFT | {"headline": "By Ada, longer", "version": "1"})

    assert again.status_code == 303
    assert headlines(review_app) == ["By Ada, longer", "By Bo"]
    assert count(review_app, Return) == 1


def test_a_text_that_is_too_long_is_kept_with_a_sentence_that_says_by_how_much(review_app, ada):
    answer = ada.post(item(new_key()), data=DRAFT | {"headline": "long " * 40})

    assert answer.status_code == 422
    assert "use at most 140 characters; there are 199 now." in says(answer)
    assert "<title>Error:" in answer.text
    assert "long long" in answer.text
    assert headlines(review_app) == []


def test_an_empty_form_is_answered_with_a_sentence(review_app, ada):
    answer = ada.post(item(new_key()), data={"kind": "lesson", "language": "en"})

    assert answer.status_code == 422
    assert "There is nothing to save yet: write at least one sentence." in says(answer)
    assert count(review_app, Return) == 0


def test_an_answer_that_was_not_offered_is_refused(review_app, ada):
    answer = ada.post(item(new_key()), data=DRAFT | {"use": "world_wide"})

    assert answer.status_code == 422
    assert headlines(review_app) == []


@pytest.mark.parametrize("key", ["x", "a" * 23, "%2e%2e%2fsecret", "ключ-из-двадцати-двух-б"])
def test_a_key_the_page_never_made_is_not_found(review_app, ada, key):
    assert ada.post(item(key), data=DRAFT).status_code == 404
    assert count(review_app, FeedbackItem) == 0


def test_another_citys_item_and_no_item_are_one_page(review_app, ada):
    theirs = written(review_app, "Cem", whole=False)[0]

    hidden, missing = ada.get(item(theirs)), ada.get(item(new_key()))

    assert (hidden.status_code, hidden.data) == (missing.status_code, missing.data)
    assert hidden.status_code == 404
    assert ada.post(item(theirs), data=DRAFT).status_code == 404
    assert ada.post(f"{item(theirs)}/remove").status_code == 404
    assert headlines(review_app) == ["One adviser stays with a person"]


def test_a_peer_removes_an_item(review_app, ada):
    key = written(review_app, whole=False)[0]

    answer = ada.post(f"{item(key)}/remove")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert headlines(review_app) == []
