"""A storage that is locked or refuses: pages leave without delay, acts are not done, views are made up for."""

import sqlite3
import time

import structlog
from sqlalchemy import select, text

from review_app.extensions.database import db
from review_app.models.review import Review
from tests import audit_rows as trail


def test_a_storage_that_is_locked_delays_no_page_and_the_view_is_made_up_for(app, enter_as, world):
    lead = enter_as("lead reviewer")
    lead.get("/privacy")
    holder = sqlite3.connect(app.config["SETTINGS"].data_dir / "reviews.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with structlog.testing.capture_logs() as lines:
        begun = time.monotonic()
        first = lead.get(f"/reviews/{world['drafting']}/record")
        middle = time.monotonic()
        second = lead.get(f"/reviews/{world['drafting']}/team")
        waited, again = middle - begun, time.monotonic() - middle
    holder.execute("ROLLBACK")
    holder.close()

    assert (first.status_code, second.status_code) == (200, 200)
    assert waited < 4, "far below the five seconds for which a form would wait"
    assert again < waited + 1
    told = [(line["event"], line["review"], line["thing"]) for line in lines]
    assert told == [("view not recorded yet", world["drafting"], thing) for thing in ("journal", "team")]
    app.extensions["sights"].rests_until = 0.0
    lead.get(f"/reviews/{world['drafting']}/cities")
    with app.app_context():
        assert {thing for _ref, thing, _key, _action in trail.views()} == {"journal", "team"}
    assert app.extensions["sights"].owed == {}


def test_a_storage_that_refuses_is_said_in_the_log_and_not_on_the_page(app, enter_as, world):
    lead = enter_as("lead reviewer")
    with app.app_context():
        db.session.execute(text("ALTER TABLE audit_head RENAME TO lost"))
        db.session.commit()

    with structlog.testing.capture_logs() as lines:
        answer = lead.get(f"/reviews/{world['drafting']}/record")

    assert answer.status_code == 200
    assert [line["event"] for line in lines] == ["view not recorded yet"]
    assert lines[0]["trouble"] == "OperationalError"


def test_an_act_that_cannot_be_written_down_is_not_done(app, enter_as, world):
    secretariat = enter_as("secretariat")
    with app.app_context():
        db.session.execute(text("ALTER TABLE audit_head RENAME TO lost"))
        db.session.commit()

    answer = secretariat.post(
        f"/reviews/{world['drafting']}/actions/put-on-hold", data={"reason": "Elections", "nonce": "hold-it"}
    )

    assert answer.status_code == 503
    with app.app_context():
        assert db.session.scalar(select(Review.stage).where(Review.ref == world["drafting"])) == "drafting"
