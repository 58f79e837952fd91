"""What a hostile or unlucky request must not do: break a page, hang the site, or leave somebody without an answer."""

import sqlite3
import time

import pytest
import time_machine

from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem
from review_app.reports.frozen import told
from review_app.reports.printing.failures import Reason
from review_app.services.renderings import WORTH_ANOTHER_TRY
from tests import feedback_world as town
from tests.web.feedback_pages import DRAFT, count, heading, item, says, written

KEY = "a-key-the-page-made-01"
AFTER = town.CLOSES.timestamp() + 60


@pytest.fixture
def site(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        yield town.app_in(tmp_path)


@pytest.fixture
def ada(site):
    return town.enter(site, "Ada")


@pytest.mark.parametrize("version", ["²", "٣", "-1", "9" * 400, "NaN"])
def test_a_version_that_is_no_number_is_no_bug_of_ours(site, ada, version):
    [key] = written(site, "Ada", whole=False)

    answer = ada.post(item(key), data=DRAFT | {"kind": "success_factor", "version": version})

    assert answer.status_code < 500


@pytest.mark.parametrize("referrer", ["http://[::1", "http://[x]/"])
def test_a_broken_referrer_does_not_break_the_way_in(site, referrer):
    assert site.test_client().get("/sign-in", headers={"Referer": referrer}).status_code == 200


def test_asking_for_the_head_of_a_closed_page_leads_to_the_way_in(site):
    assert site.test_client().head("/account").status_code == 303


def test_marks_piled_on_a_letter_do_not_hang_the_site(site):
    began = time.perf_counter()

    answer = site.test_client().post("/sign-in", data={"email": "e" + "\u0301\u0323" * 100_000, "password": "x"})

    assert answer.status_code == 422
    assert time.perf_counter() - began < 5


def test_a_save_on_a_locked_storage_says_so_and_keeps_the_text(site, ada):
    with site.app_context():
        file = db.engine.url.database
        db.session.remove()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with site.app_context():
        _wait_shortly()

    answer = ada.post(item(KEY), data=DRAFT | {"headline": "Kept words"})
    other.execute("ROLLBACK")
    other.close()

    assert (answer.status_code, heading(answer)) == (503, "Not saved")
    assert answer.headers["Retry-After"] == "5"
    assert "Kept words" in answer.text
    assert count(site, FeedbackItem) == 0


def test_what_is_for_the_host_alone_is_not_shown_to_other_cities(site):
    with site.app_context():
        items = town.write_the_minimum("Cem")
        items[0].headline, items[0].use = "Only for the host", "host_only"
        items[1].headline = "For everybody"
        items[0].city_return.submitted_at = town.BEFORE
        db.session.commit()
    with time_machine.travel(AFTER, tick=True):
        peer, own, team = (
            says(town.enter(site, name).get(f"/reviews/{town.REF}/returns")) for name in ("Ada", "Cem", "Lea")
        )

    assert ("Only for the host" in peer, "For everybody" in peer) == (False, True)
    assert "Only for the host" in own
    assert "Only for the host" in team


def test_an_imported_address_that_nobody_can_open_is_told_as_it_stands():
    page = told.Page(url="https://[::1", published=None, note="")

    assert told._site(page) == "https://[::1"


def test_a_print_that_took_too_long_is_not_tried_for_three_minutes():
    assert {Reason.TIMEOUT, Reason.MEMORY}.isdisjoint(WORTH_ANOTHER_TRY)


def _wait_shortly():
    """Let the connections of the pool give up a lock after a moment: the site itself waits five seconds."""
    connection = db.engine.raw_connection()
    connection.execute("PRAGMA busy_timeout=50")
    connection.close()
