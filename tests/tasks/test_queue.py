"""The queue: woken after a commit, forgiving when it is away."""

from datetime import datetime

import pytest
from flask import Flask
from huey import MemoryHuey, SqliteHuey

from review_app.config import Settings
from review_app.extensions import queue
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.base import Base
from review_app.tasks import ENOUGH, Background


@pytest.fixture
def background(tmp_path):
    settings = Settings(testing=True, demo=True, data_dir=tmp_path / "data", base_url="http://localhost")
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    found = app.extensions["background"]
    yield found
    found.queue.storage.close()
    with app.app_context():
        db.engine.dispose()


def test_a_queue_is_a_file_beside_the_data_unless_said_otherwise(tmp_path):
    settings = Settings(testing=True, data_dir=tmp_path)

    assert queue.address_of(settings) == str(tmp_path / "queue.sqlite")
    assert queue.address_of(settings.model_copy(update={"queue_url": "redis://elsewhere"})) == "redis://elsewhere"


def test_the_queue_is_made_when_it_is_first_needed(background):
    path = background.app.config["SETTINGS"].data_dir / "queue.sqlite"
    assert not path.exists()

    background.wake()

    assert isinstance(background.queue, SqliteHuey)
    assert path.exists()


def test_waking_asks_for_letters_and_renderings(background):
    background.wake()

    names = [task.name for task in background.queue.pending()]
    assert names == ["drain_letters", "print_waiting", "print_long"]


def test_waking_again_and_again_does_not_fill_the_queue(background):
    for _time in range(30):
        background.wake()

    assert background.queue.pending_count() == ENOUGH


def test_every_task_runs_to_its_end(background):
    background.wake()
    while (task := background.queue.dequeue()) is not None:
        background.queue.execute(task)
    background.sweep()

    assert background.queue.pending_count() == 0


def test_the_sweeper_comes_every_minute(background):
    periodic = {task.name: task for task in background.queue._registry.periodic_tasks}
    hour = [datetime(2026, 5, 18, 12, minute) for minute in range(60)]
    runs = {name: sum(task.validate_datetime(minute) for minute in hour) for name, task in periodic.items()}

    assert (runs["sweep"], runs["sweep_files"]) == (60, 1)


def test_a_queue_that_is_away_spoils_no_answer(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "wake", _away)

    answer = client.post("/sign-in/link", data={"email": "peer@example.org"})

    assert (answer.status_code, answer.location) == (303, "/sign-in/sent")


def _away():
    raise ConnectionError("no queue")


def test_two_apps_have_two_queues(background, tmp_path):
    other = Background(Flask("other"), Settings(testing=True, data_dir=tmp_path / "other"))

    assert other.address != background.address
    assert not isinstance(background.queue, MemoryHuey)
