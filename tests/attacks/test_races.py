"""Sending, withdrawing, saving and closing at the same moment: only states of the model come out (RELIABILITY 66)."""

import threading
from collections import Counter

import pytest
import time_machine
from sqlalchemy import delete, func, select, update

from review_app.extensions.database import db, writing
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.review import JournalEntry, Review
from tests import feedback_world as town

pytestmark = pytest.mark.drill
FOLDER = f"/reviews/{town.REF}"
DONE, REFUSED = 303, {403, 409, 422}
ITEM = {"kind": "lesson", "question": "1", "attribution": "city", "use": "report", "language": "en"}


@pytest.fixture
def review_app(tmp_path):
    before = writing.set(True)
    app = town.app_in(tmp_path)
    with time_machine.travel(town.BEFORE, tick=False):
        with app.app_context():
            town.write_the_minimum("Ada")
            town.write_the_minimum("Cem")
            db.session.commit()
        yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    writing.reset(before)


def test_of_four_people_at_the_same_moment_each_is_told_what_is_so(review_app, amount, promise):
    """Ada sends the return of her city, Bo still saves into it, Cem takes his back, and Lea closes the feedback."""
    people = {name: town.enter(review_app, name) for name in ("Ada", "Bo", "Cem", "Lea")}
    rounds, wrong, seen = amount(quick=8, full=200), [], Counter()
    for number in range(rounds):
        _begin_again(review_app)
        key = new_key()
        told = _all_at_once(
            sends=(people["Ada"], f"{FOLDER}/feedback/send", {"nonce": new_key()}),
            saves=(people["Bo"], f"{FOLDER}/feedback/items/{key}", ITEM | {"headline": key, "nonce": new_key()}),
            reopens=(people["Cem"], f"{FOLDER}/feedback/reopen", {"nonce": new_key()}),
            closes=(people["Lea"], f"{FOLDER}/actions/close-feedback", {"nonce": new_key()}),
        )
        seen[tuple(sorted(name for name, status in told.items() if status == DONE))] += 1
        wrong += [f"{number}: {what} {told}" for what in _contradictions(review_app, told, key)]

    promise("states_outside_the_model", len(wrong), of=rounds)
    promise("outcomes_seen", len(seen), of=rounds)
    assert wrong == []


def _begin_again(app):
    """Feedback is open, Norrvik has not sent yet, Brackwater has, and nobody else wrote anything."""
    with app.app_context():
        db.session.execute(update(Review).values(stage="feedback"))
        db.session.execute(update(Return).values(submitted_at=None))
        db.session.execute(
            update(Return).where(Return.id == _return_of("Brackwater").id).values(submitted_at=town.BEFORE)
        )
        db.session.execute(delete(FeedbackItem).where(FeedbackItem.headline == FeedbackItem.key))
        db.session.execute(delete(JournalEntry))
        db.session.commit()


def _return_of(city):
    return db.session.scalars(select(Return).join(Organisation).where(Organisation.name == city)).one()


def _all_at_once(**requests):
    """Send every form at the same moment; return the status of each."""
    told, start = {}, threading.Barrier(len(requests))

    def send(name, client, path, fields):
        start.wait(10)
        told[name] = client.post(path, data=fields).status_code

    threads = [threading.Thread(target=send, args=(name, *request)) for name, request in requests.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


def _contradictions(app, told, key):
    """Return where what people were told is not what stands there, or what stands there cannot be."""
    with app.app_context():
        stage = db.session.scalars(select(Review.stage)).one()
        moves = db.session.scalar(select(func.count(JournalEntry.id)))
        sent, kept = (_return_of(city).submitted_at is not None for city in ("Norrvik", "Brackwater"))
        saved = db.session.scalar(select(func.count(FeedbackItem.id)).where(FeedbackItem.key == key))
    stands = {"sends": sent, "saves": saved == 1, "reopens": not kept, "closes": stage == "drafting"}
    wrong = [name for name, is_so in stands.items() if is_so != (told[name] == DONE)]
    wrong += [f"{name} was answered {status}" for name, status in told.items() if status not in {DONE, *REFUSED}]
    if stage == "drafting" and not (sent or kept):
        wrong.append("closed, and no city has answered")
    if moves != (stage == "drafting"):
        wrong.append(f"{moves} entries in the journal")
    return wrong
