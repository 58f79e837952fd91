"""kill -9 of server and worker while people save and letters leave (RELIABILITY 56, 57, 69)."""

import hashlib
import random
import re
import time

import pytest
from sqlalchemy import update

from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.publishing import Progress, Rendering
from review_app.services import outbox, publishing
from review_app.tasks import letters
from tests.faults.installation import wait_for
from tests.faults.post_office import mail_server
from tests.faults.posting import KEPT, Posting, compare
from tests.synthesis_world import seat_of

pytestmark = [pytest.mark.faults, pytest.mark.drill]
# The promise is five seconds on a machine that does nothing else; the quick half runs beside other tests.
REPORT_DEADLINE = 120
WORKERS = 2
DONE = "SELECT 1 FROM rendering WHERE progress = 'done' AND digest = ?"
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


def test_a_worker_killed_at_any_moment_of_a_report_prints_it_once_and_whole(site, world, amount, promise):
    """Each report is a new one; the worker dies at a moment of its printing and a new one is started."""
    kills, folder = amount(quick=1, full=20), site.data / "reports"
    _forget_other_prints(site)
    site.start("worker")
    _printed_in(site, _ask_to_print(site, world, "The first one"))
    usual = _printed_in(site, _ask_to_print(site, world, "With a warm press"))
    wrong, waits, in_time = [], [], 0
    for number in range(kills):
        digest = _ask_to_print(site, world, f"Report {number}")
        time.sleep(usual * (number + 0.5) / kills)
        site.kill("worker")
        seen = _content(folder / f"{digest}.pdf")
        in_time += not site.rows(DONE, digest)
        site.start("worker")
        waits.append(_printed_in(site, digest))
        content = _content(folder / f"{digest}.pdf")
        (sha256,) = site.rows("SELECT sha256 FROM rendering WHERE digest = ? AND progress = 'done'", digest)[0]
        if seen not in (b"", content) or hashlib.sha256(content).hexdigest() != sha256:
            wrong.append(digest)
    left = [one.name for one in folder.iterdir() if not re.fullmatch(r"\w{64}\.pdf|\.printing-\w+", one.name)]

    promise("half_reports", len(wrong) + len(left), of=kills)
    promise("killed_before_the_report_was_done", in_time, of=kills)
    promise("report_again_s", round(max(waits), 1), of=kills)
    assert (wrong, left) == ([], [])


def _forget_other_prints(site):
    with site.arranged():
        db.session.execute(update(Rendering).values(progress=Progress.FAILED))


def _ask_to_print(site, world, title):
    """Ask for the print of a draft that nobody asked for before, and return its digest."""
    with site.arranged():
        seat = seat_of(world, "drafting", "rapporteur")
        seat.review.title = title
        digest = publishing.print_draft(seat).digest
    site.wake()
    return digest


def _printed_in(site, digest):
    """Wait until a report is printed; return how many seconds it took."""
    begun = time.monotonic()
    wait_for(lambda: site.rows(DONE, digest), patience=REPORT_DEADLINE)
    return time.monotonic() - begun


def _content(path):
    return path.read_bytes() if path.exists() else b""


def test_a_worker_killed_while_letters_leave_loses_none_and_makes_no_second_one(install, world, amount, promise):
    """A letter in the hands of a killed worker may leave twice: then it is the same letter, by its Message-ID."""
    kills, each = amount(quick=1, full=20), 8
    with mail_server(pause=0.05) as post, install(MAIL_URL=post.address) as site:
        for number in range(kills):
            _queue_letters(site, world, f"round {number}", each)
            site.start("worker")
            post.wait_for_more(1 + number % (each - 2))
            site.kill("worker")
        with site.arranged():
            _let_leases_end()
        site.start("worker")
        wait_for(lambda: not site.rows("SELECT 1 FROM letter WHERE sent_at IS NULL"))
        wrong = site.wounds()
    names = [letter["Message-ID"] for letter in post.taken]
    lost, again = kills * each - len(set(names)), len(names) - len(set(names))

    promise("letters_lost", lost, of=kills * each)
    promise("letters_sent_again", again, of=kills * each)
    assert (lost, wrong) == (0, [])
    assert again <= kills * WORKERS


def _queue_letters(site, world, occasion, number):
    with site.arranged():
        person, review = world.person("peer"), world.review("feedback")
        for one in range(number):
            values = {"action": "end the visit", "stage": "feedback"}
            outbox.queue("moved", person.email, once=f"{occasion} {one}", person=person, review=review, values=values)


def _let_leases_end():
    db.session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(due_at=utc_now() - letters.LEASE))
