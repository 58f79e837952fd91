"""The worker beside a server that writes without a pause: across processes SQLite alone rules, and it comes through."""

import pytest

from review_app.services import outbox
from tests.faults.installation import wait_for
from tests.faults.post_office import mail_server
from tests.faults.posting import Posting

pytestmark = [pytest.mark.faults, pytest.mark.drill, pytest.mark.usefixtures("in_full")]
NUMBER = 100


def test_letters_leave_while_eight_people_save_without_a_pause(install, world, promise):
    with mail_server() as post, install(MAIL_URL=post.address) as site:
        with site.arranged():
            person, review = world.person("rapporteur"), world.review("feedback")
            for one in range(NUMBER):
                values = {"action": "end the visit", "stage": "feedback"}
                outbox.queue("moved", person.email, once=f"one {one}", person=person, review=review, values=values)
        site.migrate()
        site.start("serve")
        site.wait_until_ready()
        with Posting(site, world, people=8) as posting:
            posting.wait_for_more(5)
            site.start("worker")
            wait_for(lambda: not site.rows("SELECT 1 FROM letter WHERE sent_at IS NULL"), patience=120)
        locked = site.said("worker").count("database is locked")
        busy = site.said("serve").count("database is locked")

    promise("worker_locked_out", locked, of=NUMBER)
    promise("people_locked_out", busy, of=len(posting.saved))
    assert (len(post.taken), locked, busy) == (NUMBER, 0, 0)
