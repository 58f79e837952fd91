"""The power fails while people save: what the disk itself holds is all that is left (RELIABILITY 70)."""

import contextlib
import random
import signal
import sqlite3

import pytest

from tests.faults.disks import disk, mounted
from tests.faults.installation import DATABASE
from tests.faults.posting import KEPT, Posting, compare

pytestmark = [pytest.mark.faults, pytest.mark.drill]


def test_what_was_told_to_be_saved_survives_the_power_going_off(install, world, tmp_path, amount, promise):
    lost, twice, wounds, told = _cut(install, world, tmp_path, cuts=amount(quick=1, full=20))

    promise("acked_lost", len(lost), of=told)
    promise("duplicates", len(twice), of=told)
    assert (lost, twice, wounds) == ([], [], [])


@pytest.mark.usefixtures("in_full")
def test_a_database_that_does_not_wait_for_the_disk_loses_texts(install, world, tmp_path, promise):
    """The control: with synchronous=OFF the same cuts must lose something."""
    lost, _twice, wounds, told = _cut(install, world, tmp_path, cuts=4, wsgi="tests.faults.careless")

    promise("control_lost", len(set(lost)), of=told)
    assert lost or wounds, "the power cut of these tests would not see a database that does not write down"


def _cut(install, world, tmp_path, *, cuts, wsgi="wsgi"):
    """Cut the power again and again under load; return what was lost, what is there twice, wounds, how many told."""
    dice, lost, twice, wounds = random.Random(70), [], [], []
    with disk(tmp_path / "power") as place, install(place.path / "site") as site:
        site.wsgi = wsgi
        site.migrate()
        site.start("serve")
        site.wait_until_ready()
        with Posting(site, world, people=4) as posting:
            posting.wait_for_more(4)
            place.settle()
            for number in range(cuts):
                posting.wait_for_more(dice.randrange(5, 25))
                copy = tmp_path / f"cut-{number}"
                told = _freeze(site, posting, place, copy)
                found, more = _look_into(copy, tmp_path / f"after-{number}", told)
                lost, twice, wounds = lost + found.lost, twice + found.twice, wounds + more
                copy.unlink()
            return lost, twice, wounds, len(posting.saved)


def _freeze(site, posting, place, copy):
    """Stop the server in the middle of whatever it does and copy its disk; return what people were told by then."""
    site.signal("serve", signal.SIGSTOP)
    try:
        told = posting.saved
        place.cut(copy)
    finally:
        site.signal("serve", signal.SIGCONT)
    return told


def _look_into(copy, folder, told):
    """Mount what is left, which replays the journal of the disk, and let SQLite recover as at any start."""
    with mounted(copy, folder) as path:
        try:
            with contextlib.closing(sqlite3.connect(path / "site" / DATABASE)) as file:
                rows = file.execute(KEPT).fetchall()
                wounds = [row for row in file.execute("PRAGMA integrity_check").fetchall() if row != ("ok",)]
                wounds += file.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as broken:
            return compare(told, []), [str(broken)]
    return compare(told, rows), wounds
