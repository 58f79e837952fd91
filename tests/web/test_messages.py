"""The pages of messages: the team merges, everybody else reads what the table lets them."""

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import Use
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.services import messages
from tests.synthesis_world import free_items, keys_in, messages_of

FIELDS = {"kind": "challenge", "headline": "The team says so", "body": "Because", "question": "", "consensus": "some"}


@pytest.fixture
def address(world):
    return f"/reviews/{world['drafting']}/messages"


@pytest.fixture
def keys(app, world):
    with app.app_context():
        return [item.key for item in free_items(world.review("drafting"))]


def _message(app, world, stage="drafting"):
    with app.app_context():
        row = messages_of(world.review(stage))[0]
        return row.key, row.version, row.headline


def test_the_rapporteur_makes_a_message_in_two_steps(app, world, enter_as, address, keys):
    client = enter_as("rapporteur")
    asked = client.get(f"{address}/add", query_string={"item": keys[:2]})

    key = asked.text.split(f'action="{address}/new/')[1].split('"')[0]
    answer = client.post(f"{address}/new/{key}", data={**FIELDS, "item": keys[:2]})

    with app.app_context():
        made = messages.find(key, world.review("drafting"))
        assert (made.headline, keys_in(made)) == ("The team says so", set(keys[:2]))
    assert (answer.status_code, answer.location) == (303, f"{address}#message-{key}")


def test_the_new_message_is_filled_from_the_first_item(app, world, enter_as, address, keys):
    with app.app_context():
        headline = next(item.headline for item in free_items(world.review("drafting")) if item.key == keys[0])

    page = enter_as("rapporteur").get(f"{address}/add", query_string={"item": keys[:2]})

    assert f">\n{headline}</textarea>" in page.text or f">{headline}</textarea>" in page.text


def test_the_same_form_twice_makes_one_message(app, world, enter_as, address, keys):
    client, data = enter_as("rapporteur"), {**FIELDS, "item": keys[:1], "nonce": "0123456789abcdef"}
    with app.app_context():
        before = len(messages_of(world.review("drafting")))

    answers = [client.post(f"{address}/new/{'A' * 22}", data=data) for _time in range(2)]

    with app.app_context():
        assert len(messages_of(world.review("drafting"))) == before + 1
    assert answers[0].location == answers[1].location


def test_a_message_without_a_sentence_comes_back_with_its_text(enter_as, address, keys):
    data = {**FIELDS, "headline": "", "body": "Kept as it was", "item": keys[:1]}

    answer = enter_as("rapporteur").post(f"{address}/new/{new_key()}", data=data)

    assert answer.status_code == 422
    assert "<title>Error: New message" in answer.text
    assert "Kept as it was" in answer.text


def test_an_item_kept_out_of_the_report_is_refused_with_a_sentence(app, world, enter_as, address, keys):
    with app.app_context():
        next(item for item in free_items(world.review("drafting")) if item.key == keys[0]).use = Use.TEAM_ONLY
        db.session.commit()

    answer = enter_as("rapporteur").post(f"{address}/new/{new_key()}", data={**FIELDS, "item": keys[:1]})

    assert answer.status_code == 422
    assert "kept out of the report by its author" in answer.text


def test_items_are_put_into_a_message_that_is_there(app, world, enter_as, address, keys):
    key, _version, _headline = _message(app, world)

    answer = enter_as("rapporteur").post(f"{address}/join", data={"item": keys[:2], "message": key})

    with app.app_context():
        assert set(keys[:2]) < keys_in(messages.find(key, world.review("drafting")))
    assert answer.location == f"{address}#message-{key}"


@pytest.mark.parametrize("field", ["item", "message"])
def test_both_items_and_a_message_are_chosen(enter_as, address, keys, field):
    data = {"item": keys[:1], "message": ""} if field == "message" else {"message": "A" * 22}

    answer = enter_as("rapporteur").post(f"{address}/join", data=data)

    assert answer.status_code == 422
    assert "Choose at least one item and the message to put it into." in answer.text


def test_a_save_on_an_older_version_shows_both_texts(app, world, enter_as, address):
    key, version, headline = _message(app, world)
    client = enter_as("rapporteur")
    client.post(f"{address}/{key}", data={**FIELDS, "headline": "Theirs", "version": version})

    answer = client.post(f"{address}/{key}", data={**FIELDS, "headline": "Mine", "version": version})

    assert answer.status_code == 409
    assert [text in answer.text for text in ("Theirs", "Mine", headline)] == [True, True, False]


def test_a_message_saves_itself_while_it_is_typed(app, world, enter_as, address):
    key, version, _headline = _message(app, world)

    answer = enter_as("rapporteur").post(
        f"{address}/{key}", data={**FIELDS, "headline": "Half", "version": version}, headers={"X-Autosave": "1"}
    )

    assert (answer.json["version"], answer.json["to"]) == (version + 1, f"{address}/{key}")


def test_a_message_removed_meanwhile_keeps_the_text_of_the_other(enter_as, address):
    answer = enter_as("rapporteur").post(f"{address}/{'A' * 22}", data=FIELDS)

    assert answer.status_code == 422
    assert "Somebody has removed this message meanwhile." in answer.text
    assert "The team says so" in answer.text


def test_items_are_taken_out_and_a_message_is_removed(app, world, enter_as, address):
    key, _version, _headline = _message(app, world)
    client = enter_as("rapporteur")
    with app.app_context():
        inside = keys_in(messages.find(key, world.review("drafting")))

    client.post(f"{address}/{key}/release", data={"item": min(inside)})
    with app.app_context():
        left = keys_in(messages.find(key, world.review("drafting")))
    client.post(f"{address}/{key}/remove")

    with app.app_context():
        assert (left, messages.find(key, world.review("drafting"))) == (inside - {min(inside)}, None)


def test_a_message_moves_up_without_script(app, world, enter_as, address):
    with app.app_context():
        first, second = [row.key for row in messages_of(world.review("drafting"))][:2]

    enter_as("rapporteur").post(f"{address}/{second}/move", data={"direction": "up"})

    page = enter_as("rapporteur").get(address).text
    assert page.index(f"message-{second}") < page.index(f"message-{first}")


def test_the_host_reads_messages_without_items_and_cannot_edit(app, world, enter_as):
    page = enter_as("host coordinator").get(f"/reviews/{world['fact_check']}/messages")

    assert page.status_code == 200
    assert [word in page.text for word in ("#item-", "Move up", "Not yet in a message")] == [False, False, False]


def test_a_peer_finds_the_items_behind_a_message(world, enter_as):
    page = enter_as("sandro.vietti@example.org").get(f"/reviews/{world['fact_check']}/messages")

    assert f"/reviews/{world['fact_check']}/returns#item-" in page.text
    assert "Move up" not in page.text


@pytest.mark.parametrize("who", ["host coordinator", "member", "observer"])
def test_nobody_else_reads_messages_while_they_are_written(enter_as, address, who):
    assert enter_as(who).get(address).status_code == 404


def test_an_item_of_another_review_is_not_shown(app, world, enter_as, address):
    with app.app_context():
        foreign = free_items(world.review("published"))[0].key

    answer = enter_as("rapporteur").get(f"{address}/add", query_string={"item": foreign})

    assert (answer.status_code, answer.location) == (303, f"{address}#free")


def test_free_items_are_filtered_by_kind(app, world, enter_as, address, keys):
    page = enter_as("rapporteur").get(f"{address}?kind=lesson&question=1&items=99999999999999999999&page=-3")

    with app.app_context():
        shown = {i.key for i in free_items(world.review("drafting")) if i.kind == "lesson" and i.question == 1}
    assert {key for key in keys if f'value="{key}"' in page.text} == shown


def test_the_page_of_messages_takes_few_statements(enter_as, address, statements):
    client = enter_as("rapporteur")
    statements.clear()

    client.get(address)

    assert len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 15


def test_a_text_with_markup_is_shown_as_text(app, world, enter_as, address):
    key, version, _headline = _message(app, world)
    client = enter_as("rapporteur")

    client.post(f"{address}/{key}", data={**FIELDS, "headline": "<script>alert(1)</script>", "version": version})

    assert "<script>alert(1)" not in client.get(address).text
    with app.app_context():
        assert db.session.scalar(select(messages.Message.headline).where(messages.Message.key == key)).startswith(
            "<script>"
        )


def test_the_rapporteur_says_in_english_what_a_message_says(app, world, enter_as, address):
    key, version, _headline = _message(app, world)
    client = enter_as("rapporteur")

    client.post(f"{address}/{key}", data={**FIELDS, "headline": "Det", "summary": "What it says", "version": version})

    assert 'lang="en">What it says</p>' in client.get(address).text
    assert "What it says</textarea>" in client.get(f"{address}/{key}").text
    assert "Only needed when the message is not written in English" in client.get(f"{address}/{key}").text
