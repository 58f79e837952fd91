"""kill -9 of server and worker while people save and letters leave (RELIABILITY 56, 57, 69)."""

import random

import pytest

from tests.faults.posting import KEPT, Posting, compare

pytestmark = [pytest.mark.faults, pytest.mark.drill]
# The promise is five seconds on a machine that does nothing else; the quick half runs beside other tests.
READY = {"quick": 20, "full": 5}


def test_what_was_told_to_be_saved_survives_every_kill_and_is_there_once(site, world, amount, promise):
    """Server and worker are killed together at a moment of chance while six people save."""
    dice, kills, waits, wounds = random.Random(69), amount(quick=3, full=20), [], []
    site.start_again()
    with Posting(site, world) as posting:
        for _kill in range(kills):
            posting.wait_for_more(dice.randrange(10, 30))
            site.kill()
            wounds += site.wounds()
            waits.append(site.start_again())
        posting.wait_for_more(10)
    found = compare(posting.saved, site.rows(KEPT))

    promise("acked_lost", len(found.lost), of=len(posting.saved))
    promise("duplicates", len(found.twice), of=len(posting.saved))
    promise("restart_s", round(max(waits), 2), of=kills)
    assert (found.lost, found.twice, posting.refused, wounds, site.wounds()) == ([], [], [], [], [])
    assert max(waits) < amount(**READY)
