"""A cookie that somebody kept fails at once: after sign-out, a new password, a changed right, an un-invitation."""

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.network import NetworkRole, Person
from review_app.models.review import Participant, ReviewCity
from review_app.services import access
from review_app.world.network import PASSWORD
from tests import letter_box

NEW = "lantern quiet seven brook"
PEER, LEAD = "peer@example.org", "lead@example.org"
WITHDRAWN = {"reason": "The city has no time"}


def _account(path, **data):
    return lambda case: case.own.post(path, data=data)


def _by_the_secretariat(path, **data):
    return lambda case: case.secretariat.post(case.filled(path), data=data)


def _signs_in_again(case):
    return case.own.post("/sign-in", data={"email": PEER, "password": PASSWORD})


def _resets_the_password(case):
    letter_box.empty(case.app)
    case.app.test_client().post("/forgot", data={"email": PEER})
    path = letter_box.link_in(letter_box.delivered(case.app)[-1])
    return case.app.test_client().post(path, data={"new_password": NEW})


def _closes_the_account(case):
    with case.app.app_context():
        case.world.person(case.who).is_active = False
        db.session.commit()


ENDS = {
    "sign-out": ("peer", _account("/sign-out")),
    "sign-out everywhere": ("peer", _account("/account/sessions/end")),
    "a new sign-in on the same device": ("peer", _signs_in_again),
    "a new password": ("peer", _account("/account/password", password=PASSWORD, new_password=NEW)),
    "a password reset by letter": ("peer", _resets_the_password),
    "the right of the secretariat given": ("peer", _by_the_secretariat("/network/people/{key}/secretariat")),
    "the right of the secretariat taken": ("deputy", _by_the_secretariat("/network/people/{key}/secretariat/end")),
    "a role in a review taken": ("lead reviewer", _by_the_secretariat("{review}/team/{key}/lead_reviewer/dismiss")),
    "the city un-invited": ("peer", _by_the_secretariat("{review}/cities/{city}/withdraw", **WITHDRAWN)),
    "the account closed": ("peer", _closes_the_account),
}


class Case:
    """One person with the cookie of a signed-in browser, and a second one of another device."""

    def __init__(self, app, world, enter_as, who):
        self.app, self.world, self.enter_as = app, world, enter_as
        self.who = LEAD if who == "deputy" else who
        self.review = f"/reviews/{world['recruiting']}"
        if who == "deputy":
            with app.app_context():
                access.give_right(world.person(LEAD), NetworkRight.SECRETARIAT)
                db.session.commit()
        self.own, self.other, self.secretariat = enter_as(self.who), enter_as(self.who), enter_as("secretariat")
        self.cookies = [client.get_cookie("session").value for client in (self.own, self.other)]

    def filled(self, path):
        """Return a path with the keys of this person and this person's city in it."""
        with self.app.app_context():
            person = self.world.person(self.who)
            review = self.world.review("recruiting")
            query = select(ReviewCity.key).where(
                ReviewCity.review_id == review.id, ReviewCity.organisation_id == person.organisation_id
            )
            return path.format(key=person.key, review=self.review, city=db.session.scalar(query))

    def replayed(self, number=0, page="/account"):
        """What somebody gets who kept the cookie."""
        thief = self.app.test_client()
        thief.set_cookie("session", self.cookies[number])
        return thief.get(page).status_code


@pytest.fixture
def case(app, world, enter_as):
    return lambda who: Case(app, world, enter_as, who)


@pytest.mark.drill
def test_a_kept_cookie_fails_at_once(case, again, promise):
    wrong = []
    for event, (who, act) in ENDS.items():
        again()
        one = case(who)
        before = [one.replayed(0), one.replayed(1)]
        answer = act(one)
        assert answer is None or answer.status_code in (200, 303), event
        after = [one.replayed(0), one.replayed(1)]
        here_only = event in ("sign-out", "a new sign-in on the same device")
        if (before, after) != ([200, 200], [303, 200 if here_only else 303]):
            wrong.append(f"{event}: {before}, then {after}")

    promise("leaks", len(wrong), of=2 * len(ENDS))
    assert wrong == []


@pytest.mark.drill
def test_who_was_taken_out_finds_nothing_after_signing_in_again(case, again, promise):
    found = []
    for event in ("a role in a review taken", "the city un-invited"):
        again()
        who, act = ENDS[event]
        one = case(who)
        assert one.own.get(one.review).status_code == 200
        act(one)
        back = one.enter_as(one.who)
        pages = [f"{one.review}{page}" for page in ("", "/team", "/cities", "/practice")]
        found += [page for page in pages if back.get(page).status_code != 404]

    promise("leaks", len(found), of=8)
    assert found == []


def test_who_declines_is_out_of_the_review_from_the_next_request_on(case):
    one = case("peer")

    one.own.post(f"{one.review}/invitation/decline", data={"reason": "No time"})

    assert (one.replayed(1, one.review), one.replayed(1)) == (404, 200)


def test_a_role_changed_in_the_database_counts_from_the_next_request_on(case, app, world):
    one = case("peer")
    assert one.own.get(f"{one.review}/record").status_code == 404

    with app.app_context():
        row = db.session.scalar(
            select(Participant)
            .join(Person)
            .where(Person.identity == PEER, Participant.review_id == world.review("recruiting").id)
        )
        row.role = Role.RAPPORTEUR
        db.session.commit()

    assert one.own.get(f"{one.review}/record").status_code == 200


def test_whoever_takes_their_own_role_away_stays_signed_in(case, app, world):
    one = case("secretariat")
    with app.app_context():
        person, review = world.person("secretariat"), world.review("recruiting")
        db.session.add(Participant(review_id=review.id, person_id=person.id, role=Role.OBSERVER))
        db.session.commit()

    answer = one.own.post(one.filled("{review}/team/{key}/observer/dismiss"))

    assert (answer.status_code, one.own.get("/account").status_code) == (303, 200)


def test_the_last_right_of_the_secretariat_cannot_be_taken(case, app):
    one = case("secretariat")

    one.own.post(one.filled("/network/people/{key}/secretariat/end"))

    with app.app_context():
        assert len(db.session.scalars(select(NetworkRole)).all()) == 1
    assert one.replayed(0) == 200
