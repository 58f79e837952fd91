"""A letter queued before and refused by now does not leave: every kind of letter x everything that can change."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from review_app.domain.vocabulary import Role
from review_app.domain.workflow import CANCELLED, ON_HOLD
from review_app.extensions.database import db
from review_app.models.access import PersonalLink
from review_app.models.base import utc_now
from review_app.models.feedback import Return
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole
from review_app.models.review import Participant, Review
from review_app.queries import seats
from review_app.services import access, invitations, letters, links, outbox, team
from review_app.tasks.letters import LEASE
from tests import letter_box

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters"


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


class Desk:
    """One letter that waits, the person it is for, and what may happen to both."""

    def __init__(self, world, kind):
        self.world, self.review = world, world.review("feedback")
        self.peer = world.person("member" if "invitation" in kind else "peer")

    def queue_moved(self):
        outbox.queue("moved", self.peer.email, person=self.peer, review=self.review, values={"action": "end the visit"})

    def queue_reminder(self):
        db.session.execute(update(Return).where(Return.review_id == self.review.id).values(submitted_at=None))
        city = next(row for row in self.review.cities if row.organisation_id == self.peer.organisation_id)
        assert letters.remind(self.review, city, self.world.person("secretariat"))

    def queue_invitation(self):
        self._invite(self.peer.email)

    def queue_invitation_of_a_stranger(self):
        self._invite("nobody.yet@example.org")

    def _invite(self, email):
        invitations.invite(email=email, role=Role.RAPPORTEUR, review=self.review, by=self.world.person("secretariat"))

    def queue_network_invitation(self):
        invitations.invite(email=self.peer.email, role=Role.SECRETARIAT, by=self.world.person("secretariat"))

    def queue_sign_in(self):
        access.ask_sign_in_link(self.peer.email)

    def queue_reset(self):
        access.ask_reset(self.peer.email)

    def nothing(self):
        pass

    def dismiss(self):
        seat = seats.seat_at(self.review, self.world.person("secretariat"))
        for row in db.session.scalars(_roles(self)).all():
            team.dismiss(row, seat)

    def another_role(self):
        db.session.execute(
            update(Participant)
            .where(Participant.person_id == self.peer.id, Participant.review_id == self.review.id)
            .values(role=Role.OBSERVER)
        )

    def publish_and_dismiss(self):
        """The review opens to everybody: seeing it is no sign any more that the letter is wanted."""
        self.dismiss()
        self.review.stage, self.review.level, self.review.published_at = "published", "public", utc_now()

    def hold(self):
        self.review.stage_before, self.review.stage = self.review.stage, ON_HOLD

    def cancel(self):
        self.review.stage_before, self.review.stage = self.review.stage, CANCELLED

    def close_account(self):
        self.peer.is_active = False

    def take_right(self):
        for row in db.session.scalars(select(NetworkRole).where(NetworkRole.person_id == self.peer.id)).all():
            db.session.delete(row)

    def new_password(self):
        access.set_password(self.peer, "a hash")

    def new_address(self):
        self.peer.email = self.peer.identity = "moved.away@example.org"

    def use_link(self):
        letter = db.session.scalars(select(Letter)).one()
        assert links.use(db.session.get(PersonalLink, letter.values["link"]))

    def send_return(self):
        db.session.execute(update(Return).where(Return.review_id == self.review.id).values(submitted_at=utc_now()))


def _roles(desk):
    return select(Participant).where(Participant.review_id == desk.review.id, Participant.person_id == desk.peer.id)


STAYS = {
    "moved": ("dismiss", "another_role", "publish_and_dismiss", "hold", "cancel", "close_account"),
    "reminder": ("dismiss", "another_role", "publish_and_dismiss", "hold", "cancel", "close_account", "send_return"),
    "invitation": ("dismiss", "another_role", "publish_and_dismiss", "hold", "cancel", "close_account", "new_address"),
    "invitation_of_a_stranger": ("hold", "cancel", "use_link"),
    "network_invitation": ("take_right", "close_account", "new_address", "use_link"),
    "sign_in": ("close_account", "new_password", "new_address", "use_link"),
    "reset": ("close_account", "new_password", "new_address", "use_link"),
}


@pytest.mark.drill
def test_a_letter_whose_right_has_gone_stays(app, world, again, promise):
    cases = [(kind, change) for kind, changes in STAYS.items() for change in changes]
    left = [case for case in cases if _delivered(app, world, again, case)]

    promise("leaks", len(left), of=len(cases))
    assert left == []


def test_the_same_letter_leaves_when_nothing_has_changed(app, world, again):
    assert [kind for kind in STAYS if len(_delivered(app, world, again, (kind, "nothing"))) != 1] == []


def _delivered(app, world, again, case):
    again()
    letter_box.empty(app)
    _happens(app, world, *case)
    return letter_box.delivered(app)


def _happens(app, world, kind, change):
    with app.app_context():
        getattr(Desk(world, kind), f"queue_{kind}")()
        # The city has a second person; here it is about one letter.
        db.session.execute(update(Letter).where(Letter.address.like("%colleague%")).values(sent_at=utc_now()))
        db.session.commit()
    with app.app_context():
        getattr(Desk(world, kind), change)()
        db.session.commit()


def test_every_kind_of_letter_is_in_the_table():
    templates = {path.stem for path in FOLDER.glob("*.txt")}
    kinds = {"invitation" if "invitation" in kind else kind for kind in STAYS}

    assert kinds == templates


@pytest.mark.parametrize("kind", ["moved", "reminder", "invitation"])
def test_a_letter_waits_while_the_review_is_on_hold_and_leaves_afterwards(app, world, kind, travel_to):
    now = utc_now()
    travel_to(now)
    _happens(app, world, kind, "hold")
    assert letter_box.delivered(app) == []
    with app.app_context():
        assert db.session.scalars(select(Letter.tries).where(Letter.sent_at.is_(None))).all() == [0]
        review = db.session.scalars(select(Review).where(Review.ref == world["feedback"])).one()
        review.stage, review.stage_before = review.stage_before, None
        db.session.commit()

    travel_to(now + LEASE + timedelta(seconds=1))

    assert len(letter_box.delivered(app)) == 1
