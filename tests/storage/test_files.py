"""Where files lie: a folder by default, an S3 address by one setting; killed at any moment, no row without a file."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from review_app.config import ROOT, Settings
from review_app.domain.vocabulary import Media
from review_app.extensions.database import db
from review_app.extensions.storage import Storage, StorageDown
from review_app.factory import create_app
from review_app.models.attachments import Attachment
from review_app.services import attachments
from review_app.tasks import sweeping
from tests import fake_s3, storage_rows
from tests import feedback_world as town

HOUR = timedelta(hours=1, minutes=1)


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path, monkeypatch):
    if request.param == "folder":
        yield Storage("", tmp_path / "files")
        return
    with fake_s3.running() as server:
        for name, value in fake_s3.settings_of(server).items():
            monkeypatch.setenv(name, value)
        yield Storage("s3://a-bucket/reviews/files", tmp_path)


def test_a_file_is_kept_listed_read_and_deleted_alike_in_a_folder_and_on_s3(store):
    name = store.put(b"one")
    other = store.put(b"two")
    listed = {one.name: one.size for one in store.listed()}
    read = store.get(name)
    store.delete(other)
    store.delete(other)

    assert (listed, read) == ({name: 3, other: 3}, b"one")
    assert [one.name for one in store.listed()] == [name]
    assert len(name) == 40
    with pytest.raises(FileNotFoundError):
        store.get(other)


def test_a_file_comes_back_under_its_name_from_a_backup(store):
    name = store.put(b"one")
    store.delete(name)

    assert (store.put(b"one", name), store.get(name)) == (name, b"one")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b"])
def test_no_name_leads_out_of_the_storage(store, name):
    with pytest.raises((StorageDown, FileNotFoundError)):
        store.get(name)


def test_one_setting_switches_the_app_to_s3(tmp_path, monkeypatch):
    with fake_s3.running() as server:
        for name, value in fake_s3.settings_of(server).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("FILES_URL", "s3://a-bucket/reviews")
        app = create_app(Settings(testing=True, data_dir=tmp_path))
        with app.app_context():
            name = attachments.storage.put_with_commit(b"a photo")
            db.session.rollback()
            kept_after_rollback = dict(server.files)
            name = attachments.storage.put_with_commit(b"a photo")
            db.session.commit()

        assert (kept_after_rollback, server.files) == ({}, {f"reviews/{name}": b"a photo"})
    assert not (tmp_path / "files").exists()


def test_a_storage_that_is_away_says_so_in_time(tmp_path, monkeypatch):
    with fake_s3.running() as server:
        for name, value in fake_s3.settings_of(server).items():
            monkeypatch.setenv(name, value)
        server.is_down, began = True, time.monotonic()
        with pytest.raises(StorageDown):
            Storage("s3://a-bucket/x", tmp_path).put(b"x")

    assert time.monotonic() - began < 30


def test_nobody_else_on_the_machine_reads_the_folder(tmp_path):
    store = Storage("", tmp_path / "files")
    store.put(b"x")

    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


def _row(**changes):
    given = {
        "stored_as": "a" * 40,
        "media": Media.JPEG,
        "size": 1,
        "sha256": "0" * 64,
        "file_name": "a.jpg",
        "title": "A desk",
        "alternative": "A desk",
    }
    return Attachment(**(given | changes))


def test_the_database_itself_wants_words_for_a_picture(stored):
    db.session.add(_row(review_id=storage_rows.review().id, alternative=""))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_keeps_a_document_without_them(stored):
    db.session.add(_row(review_id=storage_rows.review().id, media=Media.PDF, alternative=""))
    db.session.commit()

    assert db.session.scalars(select(Attachment.media)).all() == [Media.PDF]
    assert attachments.missing() == ["a" * 40]


def test_what_a_kill_left_is_swept_after_an_hour_and_not_before(tmp_path):
    app = town.app_in(tmp_path)
    with app.app_context():
        attachments.storage.store().put(b"no row")
    (tmp_path / "files" / "half#1").write_bytes(b"half")
    at_once = sweeping.sweep_files(app)
    with time_machine.travel(datetime.now(UTC) + HOUR, tick=True):
        later = sweeping.sweep_files(app)

    assert (at_once, later) == ((0, []), (2, []))
    assert list((tmp_path / "files").iterdir()) == []


UPLOADER = """
import sys, time_machine
from pathlib import Path
from review_app.config import Settings
from tests import feedback_world as town
from tests.hostile import good
from tests.hostile.sending import form
from tests.web.feedback_pages import written
folder, start = Path(sys.argv[1]), int(sys.argv[2])
with time_machine.travel(town.BEFORE, tick=True):
    app = town._application(folder) if start else town.app_in(folder)
    app.config["SETTINGS"].most_files = 10_000
    [item] = written(app, "Ada", whole=False)
    ada, photo = town.enter(app, "Ada"), good.jpeg(size=(40, 30))
    print("ready", flush=True)
    for number in range(start * 1000, start * 1000 + 1000):
        key = f"key-{number:018d}"
        answer = ada.post(f"/reviews/{town.REF}/feedback/items/{item}/files/{key}", **form(photo))
        print(key if answer.status_code == 303 else answer.status_code, flush=True)
"""


@pytest.mark.drill
def test_killed_between_file_and_row_no_row_misses_its_file_and_no_file_stays_over(tmp_path, promise, amount):
    kills, acknowledged = amount(quick=3, full=20), []
    for number in range(kills):
        # Another moment of the work each time: from before the first file to the middle of the tenth.
        acknowledged += _upload_and_kill(tmp_path, number, after=0.2 * (number * 7 % 20))
    app = town._application(tmp_path)
    with time_machine.travel(datetime.now(UTC) + HOUR, tick=True):
        swept = sweeping.sweep_files(app)
    with app.app_context():
        rows = dict(db.session.execute(select(Attachment.key, Attachment.stored_as)).all())
        kept = {one.name for one in attachments.storage.store().listed()}

    promise("acked_lost", len(set(acknowledged) - set(rows)), of=len(acknowledged))
    promise("orphans", len(kept - set(rows.values())), of=len(kept))
    promise("danglers", len(set(rows.values()) - kept), of=len(rows))
    assert set(acknowledged) - set(rows) == set()
    assert (kept, swept.danglers) == (set(rows.values()), [])


def _upload_and_kill(folder, number, *, after):
    process = subprocess.Popen(
        [sys.executable, "-c", UPLOADER, str(folder), str(number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout.readline().strip() == "ready", process.stderr.read()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said, _trouble = process.communicate()
    keys = said.split()
    assert all(key.startswith("key-") for key in keys)
    return keys


def test_a_row_without_its_file_is_told_and_not_hidden(tmp_path):
    app = town.app_in(tmp_path)
    with time_machine.travel(town.BEFORE, tick=True), app.app_context():
        item = town.write("Ada")
        row = _row(review_id=item.city_return.review_id, item_id=item.id)
        db.session.add(row)
        db.session.commit()

    assert sweeping.sweep_files(app) == (0, ["a" * 40])
    told = app.test_cli_runner().invoke(args=["files", "check"])
    assert (told.exit_code, "missing: " + "a" * 40 in told.output) == (1, True)
