"""`flask backup restore`: all of it or nothing, only where there is room, and nobody comes back who was erased."""

import json
import sqlite3
from contextlib import closing

import pytest
from flask_migrate import downgrade
from sqlalchemy import text

from review_app.cli import backups as commands
from review_app.domain import manifest
from review_app.extensions import disk, storage
from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.services import backups, restoring, schema
from review_app.services.backup_parts import Source
from tests import backup_world
from tests.backup_world import ENDING, names_in, rows


@pytest.fixture
def made(template, tmp_path):
    return backup_world.site_in(tmp_path, template)


@pytest.fixture
def site(made):
    yield made[0]
    made[0].rest()


@pytest.fixture
def backup(made):
    return made[1]


def changed(manifest_file, **new):
    """Write another manifest whose checksum fits."""
    found = manifest.read(manifest_file.read_bytes()).model_copy(update=new)
    manifest_file.write_bytes(found.to_bytes())


def test_a_restored_site_serves_its_people(site, backup, tmp_path, world):
    site.run("backup", "restore", backup, "--data", tmp_path / "new")
    again = backup_world.application(tmp_path / "new")
    client = again.test_client()

    signed_in = client.post("/sign-in", data={"email": "peer@example.org", "password": "harbour-and-hill-2026"})

    assert signed_in.status_code == 303
    assert client.get(f"/reviews/{world['feedback']}").status_code == 200
    with again.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_report_whose_print_was_lost_waits_for_the_press_after_a_restore(site, tmp_path):
    lost = min((site.data / "reports").iterdir())
    lost.unlink()

    backup_world.restored(site.make(), tmp_path / "new")

    query = f"SELECT progress FROM rendering WHERE digest = '{lost.stem}'"
    assert rows(tmp_path / "new" / "reviews.sqlite", query) == [("waiting",)]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda path: (path / "manifest.json").unlink(), "is no backup that can be read: No such file or directory"),
        (lambda path: (path / "manifest.json").write_text("{}"), "manifest.json is damaged: it cannot be read."),
        (
            lambda path: (path / "manifest.json").write_text("[" * 100_000),
            "manifest.json is damaged: it cannot be read.",
        ),
        (lambda path: (path / "database.sqlite").unlink(), "database.sqlite is missing."),
        (lambda path: (path / "files" / "more").write_text("x"), "files/more does not belong to this backup."),
        (
            lambda path: changed(path / "manifest.json", format=2),
            "This backup has the format 2; this version reads format 1.",
        ),
        (lambda path: changed(path / "manifest.json", schema_revision="0000"), "The database has another schema"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_and_not_restored(site, backup, tmp_path, harm, told):
    harm(backup)

    verified = site.run("backup", "verify", backup)
    restored = site.run("backup", "restore", backup, "--data", tmp_path / "new")

    assert (verified[1], restored[1]) == (1, 1)
    assert told in verified[0]
    assert told in restored[0]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a folder of photos"])
def test_a_foreign_folder_is_no_backup(site, tmp_path, what):
    foreign = tmp_path / "foreign"
    if what != "nothing":
        foreign.mkdir()
    if what == "a folder of photos":
        (foreign / "beach.jpg").write_bytes(b"\xff\xd8")

    output, code = site.run("backup", "restore", foreign, "--data", tmp_path / "new")

    assert (output, code) == (
        f"Error: {foreign} is no backup that can be read: No such file or directory ({foreign / 'manifest.json'}).\n",
        1,
    )


def test_a_folder_with_data_in_it_is_restored_into_only_when_told_and_asked(site, backup):
    before = (site.data / "reviews.sqlite").read_bytes()

    refused, code = site.run("backup", "restore", backup)
    asked, no = site.run("backup", "restore", backup, "--replace", input="n\n")

    assert (code, no) == (1, 1)
    assert f"{site.data} is not empty: it holds files, methods, reports, reviews.sqlite." in refused
    assert asked.endswith("Aborted!\n")
    assert (site.data / "reviews.sqlite").read_bytes() == before


def test_replaced_data_is_kept_beside(site, backup):
    with site.app.app_context():
        db.session.execute(text("UPDATE person SET name = 'Later' WHERE id = 1"))
        db.session.commit()

    output, code = site.run("backup", "restore", backup, "--replace", input="y\n")

    (old,) = site.data.glob("replaced-*")
    query = "SELECT count(*) FROM person WHERE name = 'Later'"
    assert (code, f"What was there before lies in {old};" in output) == (0, True)
    assert rows(old / "reviews.sqlite", query) == [(1,)]
    assert rows(site.data / "reviews.sqlite", query) == [(0,)]
    assert names_in(old) == ["files", "methods", "reports", "reviews.sqlite"]
    assert backup.exists()


def test_nothing_is_restored_under_a_running_site(site, backup):
    with disk.hold(site.data / restoring.IN_USE, shared=True):
        output, code = site.run("backup", "restore", backup, "--replace", "--yes")

    assert (output, code) == (f"Error: The site or its worker is running on {site.data}. Stop both first.\n", 1)


def test_nothing_is_restored_under_another_program_that_has_the_database_open(site, backup):
    with closing(sqlite3.connect(site.data / "reviews.sqlite")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM person").fetchone()
        output, code = site.run("backup", "restore", backup, "--replace", "--yes")

    file = site.data / "reviews.sqlite"
    assert (output, code) == (f"Error: Another program has {file} open. Stop it first.\n", 1)


def test_a_backup_of_an_older_schema_is_migrated_when_it_is_restored(site, tmp_path):
    older = schema.known()[0]
    with site.app.app_context():
        if "attachment" not in Base.metadata.tables:
            db.session.execute(text("DROP TABLE attachment"))
            db.session.commit()
        db.session.remove()
        downgrade(revision=older)
    backup = site.make()

    output, code = site.run("backup", "restore", backup, "--data", tmp_path / "new")

    assert (code, f"schema {older}." in output) == (0, True)
    assert rows(tmp_path / "new" / "reviews.sqlite", "SELECT version_num FROM alembic_version") == [
        (schema.known()[-1],)
    ]


def test_a_backup_of_a_newer_schema_is_refused(site, backup, tmp_path):
    with closing(sqlite3.connect(backup / "database.sqlite")) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
        plain.commit()
    content = disk.measured(backup / "database.sqlite")
    parts = manifest.read((backup / "manifest.json").read_bytes()).parts
    parts = tuple(
        part.model_copy(update={"size": content.size, "sha256": content.sha256})
        if part.path == "database.sqlite"
        else part
        for part in parts
    )
    changed(backup / "manifest.json", schema_revision="9999", parts=parts)

    output, code = site.run("backup", "restore", backup, "--data", tmp_path / "new")

    assert (output, code) == (f"Error: {schema.foreign('9999')}\n", 1)
    assert not (tmp_path / "new").exists()


def test_what_goes_wrong_while_migrating_leaves_the_folder_as_it_was(site, backup, tmp_path):
    def fail(_folder, _gone):
        raise restoring.NotPossible("The migration failed.")

    with pytest.raises(restoring.NotPossible, match="The migration failed"):
        backup_world.restored(backup, tmp_path / "new", fail)

    assert names_in(tmp_path / "new") == [".in-use"]


# ---- erased people -----------------------------------------------------------------------------


def key_and_name(site):
    return rows(site.data / "reviews.sqlite", "SELECT key, name FROM person ORDER BY id LIMIT 1")[0]


def line(key):
    return json.dumps({"key": key, "at": "2026-05-20T16:00:00+00:00"}) + "\n"


@pytest.mark.drill
@pytest.mark.parametrize("known_by", ["a newer backup", "the replaced data", "a list"])
def test_whoever_was_erased_since_the_backup_stays_erased(site, backup, tmp_path, promise, known_by):
    key, name = key_and_name(site)
    words = ["backup", "restore", backup]
    if known_by == "a list":
        (tmp_path / "list.jsonl").write_text(line(key))
        words += ["--data", tmp_path / "new", "--erasures", tmp_path / "list.jsonl"]
    else:
        (site.data / "erasures.jsonl").write_text(line(key))
        words += ["--replace", "--yes"]
    if known_by == "a newer backup":
        site.make()
        (site.data / "erasures.jsonl").unlink()

    output, code = site.run(*words)

    data = tmp_path / "new" if known_by == "a list" else site.data
    there = rows(data / "reviews.sqlite", f"SELECT count(*) FROM person WHERE name = '{name}' AND key = '{key}'")[0][0]
    promise("erased_come_back", there, of=1)
    assert (code, "Erased again: 1." in output, there) == (0, True, 0)
    assert name.encode() not in (data / "reviews.sqlite").read_bytes()
    assert (data / "erasures.jsonl").read_text().splitlines() == [line(key).strip()]


def test_the_next_backup_knows_the_erasures_of_the_one_before(site, backup, tmp_path):
    key, _name = key_and_name(site)
    (site.data / "erasures.jsonl").write_text(line(key) + '{"key": "cut sh')
    site.run("backup", "restore", site.make(), "--data", tmp_path / "new")

    again = backup_world.application(tmp_path / "new")
    made = backups.make(
        Source(again.config["SETTINGS"], storage.Storage("", tmp_path)), tmp_path / "kept", incomplete=True
    )

    assert [one.key for one in made.manifest.erasures] == [key]


def test_a_list_of_erasures_that_cannot_be_read_stops_the_restore(site, backup, tmp_path):
    (tmp_path / "list.jsonl").write_text("no json\n")

    output, code = site.run(
        "backup", "restore", backup, "--data", tmp_path / "new", "--erasures", tmp_path / "list.jsonl"
    )

    assert (output, code) == (
        "Error: The backup was not restored: Line 1 of the list of erasures cannot be read.\n",
        1,
    )
    assert names_in(tmp_path / "new") == [".in-use"]


def test_attachments_kept_outside_of_the_data_folder_are_handed_over_there(site, backup, tmp_path, monkeypatch):
    elsewhere = storage.Storage("", tmp_path / "elsewhere")
    monkeypatch.setattr(commands, "files_of", lambda _settings: elsewhere)

    output, code = site.run("backup", "restore", backup, "--data", tmp_path / "new")

    assert (code, output.endswith(ENDING)) == (0, True)
    assert names_in(elsewhere.folder) == names_in(backup / "files")
    assert names_in(tmp_path / "new") == [".in-use", "methods", "reports", "reviews.sqlite"]
