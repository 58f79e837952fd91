"""`flask backup make` and `verify`: what an operator types, and what comes back; every refusal is a sentence."""

import json
import shutil
from pathlib import Path

import pytest

from review_app.config import Settings
from review_app.extensions import disk
from review_app.factory import create_app
from review_app.services import backup_database, backups
from tests import backup_world, brand_folder
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


def test_a_backup_is_made_looked_through_and_restored_with_all_that_belongs_to_it(site, tmp_path):
    printed, code = site.run("backup", "make", "--to", tmp_path / "kept")
    (path,) = [one for one in (tmp_path / "kept").iterdir() if one.is_dir()]
    verified = site.run("backup", "verify", path)
    told, done = site.run("backup", "restore", path, "--data", tmp_path / "new")

    assert (code, verified[1], done) == (0, 0, 0)
    assert printed.startswith(f"{path}\nMade ")
    assert verified[0].startswith(f"{path} is whole. Made ")
    assert told.startswith(f"{tmp_path / 'new'} holds the backup {path.name} again.")
    assert told.endswith(ENDING)
    assert names_in(tmp_path / "new") == [".in-use", "files", "methods", "reports", "reviews.sqlite"]
    for folder in ("files", "methods", "reports"):
        for kept in (site.data / folder).iterdir():
            assert (tmp_path / "new" / folder / kept.name).read_bytes() == kept.read_bytes()
    for query in (
        "SELECT * FROM person",
        "SELECT * FROM feedback_item",
        "SELECT * FROM revision",
        "SELECT * FROM report",
    ):
        assert rows(tmp_path / "new" / "reviews.sqlite", query) == rows(site.data / "reviews.sqlite", query)


def test_the_look_of_the_network_is_in_its_backup_and_comes_back(site, tmp_path):
    brand_folder.put(site.data / "brand")

    site.run("backup", "make", "--to", tmp_path / "kept")
    (path,) = [one for one in (tmp_path / "kept").iterdir() if one.is_dir()]
    _told, done = site.run("backup", "restore", path, "--data", tmp_path / "new")

    assert done == 0
    assert names_in(tmp_path / "new" / "brand") == ["brand.toml", "logo.png"]
    for kept in (site.data / "brand").iterdir():
        assert (tmp_path / "new" / "brand" / kept.name).read_bytes() == kept.read_bytes()


def test_a_stolen_backup_opens_nothing(backup):
    found = {
        path.name for path in backup.rglob("*") if path.is_file() and backup_world.CANARY.encode() in path.read_bytes()
    }

    database = backup / "database.sqlite"
    assert found == set()
    assert [rows(database, f"SELECT count(*) FROM {table}") for table in backup_database.DOORS] == [[(0,)]] * 4
    assert rows(database, "SELECT count(*) FROM letter WHERE sent_at IS NULL") == [(0,)]
    assert rows(database, "SELECT \"values\" FROM letter WHERE once = 'left already'") == [("{}",)]
    assert backup_world.as_plain(backup)["left_out"]["sign_in"] == 1
    assert not [path for path in backup.rglob("*") if "secret" in path.name or "queue" in path.name]


def test_no_column_that_smells_of_a_secret_is_in_a_backup(backup):
    database, smells = backup / "database.sqlite", ("token", "secret", "nonce")
    tables = [name for (name,) in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    smelling = {
        table
        for table in tables
        for column in rows(database, f"PRAGMA table_info({table})")
        if any(word in column[1] for word in smells)
    }

    assert smelling - set(backup_database.DOORS) == set()


def test_a_backup_is_its_owners_alone(backup):
    modes = {path.stat().st_mode & 0o077 for path in [backup, *backup.rglob("*")]}

    assert modes == {0}


def test_only_files_that_rows_name_are_backed_up(site):
    (site.data / "reports" / f"{'0' * 64}.pdf").write_bytes(b"an orphan")
    (site.data / "files" / "orphan").write_bytes(b"an orphan")

    parts = {part["path"] for part in backup_world.as_plain(site.make())["parts"]}

    assert len(parts) == backup_world.REPORTS + backup_world.ATTACHMENTS + 2
    assert not any("orphan" in path or "0000" in path for path in parts)


def test_a_lost_attachment_is_told_and_backed_up_around_only_when_asked(site):
    lost = min((site.data / "files").iterdir())
    lost.unlink()

    refused = site.run("backup", "make")
    made = site.run("backup", "make", "--incomplete")

    told = f"the database names files that are not there: files/{lost.name}. Put them back, delete what they belong to"
    assert refused == (f"Error: The backup was not made: {told}, or say --incomplete.\n", 1)
    assert made[0].endswith(f"Missing, here as there: files/{lost.name}\n")
    path = Path(made[0].splitlines()[0])
    assert backup_world.as_plain(path)["missing"] == [f"files/{lost.name}"]
    assert site.run("backup", "verify", path)[1] == 0


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "files/../../x", "files/.hidden", "elsewhere/x", "files/a\\b"]
)
def test_a_manifest_that_points_outside_of_its_backup_is_refused(site, backup, path):
    plain = backup_world.as_plain(backup)
    plain["parts"][0]["path"] = path
    (backup / "manifest.json").write_text(json.dumps(plain))

    assert site.run("backup", "verify", backup) == ("Error: manifest.json is damaged: it cannot be read.\n", 1)


def test_there_is_nothing_to_back_up_where_there_is_no_database(tmp_path):
    app = create_app(Settings(testing=True, demo=True, data_dir=tmp_path / "none"))

    output = app.test_cli_runner().invoke(args=["backup", "make"]).output

    assert output == f"Error: There is no database at {tmp_path / 'none' / 'reviews.sqlite'}.\n"


def test_two_backups_are_not_made_at_once(site):
    with disk.hold(site.backups / backups.LOCK):
        output, code = site.run("backup", "make")

    assert (output, code) == (f"Error: Another backup is being made in {site.backups}.\n", 1)


def test_on_postgresql_the_files_are_backed_up_and_the_line_for_the_database_is_said(site, tmp_path):
    settings = site.app.config["SETTINGS"]
    settings.database_url = "postgresql+psycopg://reviews:pass@db.example:5433/reviews"

    output, code = site.run("backup", "make", "--to", tmp_path / "kept")

    (path,) = [one for one in (tmp_path / "kept").iterdir() if one.is_dir()]
    line = (
        "  pg_dump --format=custom --exclude-table-data=sign_in --exclude-table-data=personal_link"
        " --exclude-table-data=failed_try --exclude-table-data=submission"
        f" --file={path.with_suffix('.dump')} postgresql://reviews@db.example:5433/reviews\n"
    )
    assert (code, output.endswith(line)) == (0, True)
    assert site.run("backup", "verify", path)[1] == 0
    assert (
        "Copy its folders reports, files, methods" in site.run("backup", "restore", path, "--data", tmp_path / "x")[0]
    )


def test_old_backups_give_way_to_new_ones(site):
    made = [*(path for path in site.backups.iterdir() if path.is_dir()), *(site.make() for _time in range(3))]
    shutil.copytree(made[0], site.backups / "by hand")
    (site.backups / "by hand" / "manifest.json").write_text("not ours")

    gone = backups.prune(site.backups, 2)

    assert sorted(gone) == sorted(made[:2])
    assert {path for path in site.backups.iterdir() if path.is_dir()} == {*made[2:], site.backups / "by hand"}
