"""Backups and restores that are killed, or meet a full disk: what is there is whole, or it is not there."""

import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest

from review_app.extensions import disk, storage
from review_app.services import backups, restoring
from review_app.services.backup_database import NotPossible
from tests import backup_world
from tests.backup_world import is_taken_for_whole, names_in, rows
from tests.faults import deaths

pytestmark = [pytest.mark.drill, pytest.mark.faults]


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


# ---- killed ------------------------------------------------------------------------------------


def make(data, to):
    """In a child: make a backup."""
    backups.make(
        backup_world.Source(backup_world.Settings(testing=True, data_dir=data), storage.Storage("", data / "files")), to
    )


def restore(backup, data):
    """In a child: restore a backup in the place of what is there."""
    restoring.restore(backup, data, lambda _folder, _gone: restoring.Settled(0), replace=True)


def test_a_backup_killed_at_any_moment_leaves_nothing_that_passes_for_one(site, tmp_path, promise, amount):
    to = tmp_path / "kept"
    moments, taken = deaths.moments_of(make, site.data, to), []

    # Between the manifest and the rename everything is there: those moments are tried each time.
    tried = {*deaths.spread(moments, amount(quick=4, full=200)), *range(moments - 8, moments + 1)}
    for moment in tried:
        shutil.rmtree(to, ignore_errors=True)
        assert deaths.killed_at(moment, make, site.data, to)
        for left in [path for path in to.iterdir() if path.is_dir()] if to.exists() else ():
            # In sight means whole, and nothing else does.
            taken += [moment] if is_taken_for_whole(left) == left.name.startswith(".") else []
    made = backups.make(site.source, to)

    promise("half_backups_accepted", len(taken), of=len(tried))
    assert taken == []
    assert is_taken_for_whole(made.path)
    assert [name for name in names_in(to) if name.startswith(".")] == [backups.LOCK]


def test_a_restore_killed_at_any_moment_is_all_of_it_or_nothing(site, backup, tmp_path, promise, amount):
    data = tmp_path / "old"
    moments, torn = _restore_over(data, backup), []

    tried = deaths.spread(moments, amount(quick=8, full=200))
    for moment in tried:
        _old_data(data)
        assert deaths.killed_at(moment, restore, backup, data)
        if restoring.is_unfinished(data):
            restoring.finish(data)
        torn += [moment] if _state(data) not in (_state_of_old(), _state(tmp_path / "whole")) else []

    promise("torn_restores", len(torn), of=len(tried))
    assert torn == []


def _restore_over(data, backup):
    restoring.restore(backup, data.parent / "whole", lambda _folder, _gone: restoring.Settled(0))
    _old_data(data)
    return deaths.moments_of(restore, backup, data)


def _old_data(data):
    shutil.rmtree(data, ignore_errors=True)
    disk.kept(data / "files" / "old", b"old")
    disk.kept(data / "queue.sqlite", b"old")
    with closing(sqlite3.connect(data / "reviews.sqlite")) as plain:
        plain.execute("CREATE TABLE old (id)")


def _state_of_old():
    return ["files/old", "queue.sqlite"], ["old"]


def _state(data):
    """Return what a data folder holds beside its database, and the first tables of that."""
    ours = [path for name in restoring.PLACES for path in [data / name, *(data / name).rglob("*")] if path.is_file()]
    tables = [name for (name,) in rows(data / "reviews.sqlite", "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return sorted(str(path.relative_to(data)) for path in ours if path.name != "reviews.sqlite"), sorted(tables)[:3]


# ---- full disks --------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A disk with room for less than a backup."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "none", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this test needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_while_a_backup_is_made_is_told_in_a_sentence_and_leaves_nothing(site, small_disk):
    output, code = site.run("backup", "make", "--to", small_disk)

    assert code == 1
    assert output.startswith("Error: The backup was not made: ")
    assert any(said in output for said in ("No space left on device", "database or disk is full", "disk I/O error"))
    assert names_in(small_disk) == [backups.LOCK]


def test_a_full_disk_while_a_backup_is_restored_is_told_in_a_sentence_and_leaves_nothing(site, backup, small_disk):
    output, code = site.run("backup", "restore", backup, "--data", small_disk)

    assert (output.splitlines()[0].split(" (")[0], code) == (
        "Error: The backup was not restored: No space left on device.",
        1,
    )
    assert names_in(small_disk) == [restoring.IN_USE]


def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(site, tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(NotPossible, match=r"^The backup was not made: (File exists|Not a directory) \(.*\)\.$"):
        backups.make(site.source, tmp_path / "file")


def test_a_database_that_is_damaged_is_told_in_a_sentence(site):
    file = site.data / "reviews.sqlite"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\0" * 4096 * 37
    file.write_bytes(content)

    with pytest.raises(NotPossible, match=r"(damaged|malformed)"):
        site.make()


def test_two_programs_that_back_up_at_once_make_one_backup(site):
    outcomes = []

    def go():
        try:
            outcomes.append(site.make())
        except NotPossible as reason:
            outcomes.append(str(reason))

    threads = [threading.Thread(target=go) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    refused = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(outcomes) == 4
    assert set(refused) <= {f"Another backup is being made in {site.backups}."}
    assert all(is_taken_for_whole(outcome) for outcome in outcomes if outcome not in refused)
