"""Roles x stages x routes: who gets in is worked out from the tables and then tried over HTTP."""

import pytest
from flask import url_for
from sqlalchemy import select

from review_app.domain import visibility
from review_app.domain.network_rights import allows
from review_app.domain.text import email_identity
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import NetworkRight, Role, Side
from review_app.extensions.database import db
from review_app.models.network import NetworkRole, Person
from review_app.models.review import Participant, Review, ReviewCity
from review_app.queries import seats
from review_app.services import sessions
from review_app.web import gate as gates

ROLES = [None, *(role for role in Role if role is not Role.PUBLIC)]
STAGES = [
    "draft", "scoping", "recruiting", "preparing", "ready", "visiting", "feedback", "drafting", "fact_check",
    "sign_off", "published", "responding", "following_up", "closed", "on_hold", "cancelled",
]  # fmt: skip
SOMETHING = {"kind": "lesson", "section": "summary", "slug": "put-on-hold", "number": 1}
IN, OUT, NOT_NOW, SIGN_IN = "let in", "missing", "not now", "asked to sign in"


def _routes(app, method):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint != "static" and "ref" in rule.arguments and method in rule.methods:
            yield rule, view.gate


def _person(review, role):
    """Somebody who holds exactly this role in this review."""
    if role is None:
        return None
    email = f"{role.value}-{review.ref}@example.org".replace("_", "-")
    person = Person(email=email, identity=email_identity(email), name=f"The {role.value}")
    db.session.add(person)
    db.session.flush()
    if role is Role.SECRETARIAT:
        db.session.add(NetworkRole(person_id=person.id, right=NetworkRight.SECRETARIAT))
    elif role is not Role.MEMBER:
        side = Side.HOST if role in (Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR) else Side.PEER
        city = db.session.scalar(
            select(ReviewCity.organisation_id).where(ReviewCity.review_id == review.id, ReviewCity.side == side)
        )
        db.session.add(Participant(review_id=review.id, person_id=person.id, role=role, organisation_id=city))
    db.session.flush()
    return person


def _enter(app, person):
    client = app.test_client()
    if person is not None:
        token = sessions.begin(person)
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _expected(gate, seat, method):
    """What the tables say about this seat before this gate."""
    if seat.person is None and gate.kind not in ("public", "sees"):
        return SIGN_IN
    if seat.person is None and method == "POST" and seat.sees(Thing.REVIEW) is Reach.NONE:
        return SIGN_IN
    return _expected_inside(gate, seat)


def _expected_inside(gate, seat):
    if gate.kind in ("public", "signed in"):
        return IN
    if gate.kind == "network":
        return IN if allows(gate.name, seat.roles) else OUT
    if seat.sees(Thing.REVIEW) is Reach.NONE:
        return OUT
    if gate.kind == "sees":
        return OUT if visibility.reach(Thing(gate.name), seat.roles, seat.moment) is Reach.NONE else IN
    if not seat.has_row(gate.name):
        return OUT
    return IN if seat.may(gate.name) or gate.to_look else NOT_NOW


def _outcome(answer):
    if answer.status_code == 401 or (answer.status_code == 303 and "/sign-in" in answer.location):
        return SIGN_IN
    return {404: OUT, 403: NOT_NOW}.get(answer.status_code, IN)


def _address(app, rule, ref):
    values = {name: SOMETHING.get(name, "AAAAAAAAAAAAAAAAAAAAAA") for name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, **(values | {"ref": ref}))


def _has_key(rule):
    """A route with a key of something: whether that exists is another question than who may ask."""
    return bool(rule.arguments - {"ref", "kind", "section"})


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_route_lets_in_whom_the_tables_let_in(app, world, stage, method, monkeypatch):
    monkeypatch.setattr(gates, "_commit", db.session.rollback)
    wrong = []
    with app.app_context():
        review = db.session.scalar(select(Review).where(Review.stage == stage, Review.fictional).order_by(Review.id))
        people = {role: _person(review, role) for role in ROLES}
        clients = {role: _enter(app, person) for role, person in people.items()}
        db.session.commit()
        ref = review.ref
        expectations = []
        for role, person in people.items():
            seat = seats.seat_at(review, person)
            for rule, gate in _routes(app, method):
                expectations.append((role, rule, gate, _expected(gate, seat, method)))
    for role, rule, gate, expected in expectations:
        answer = clients[role].open(_address(app, rule, ref), method=method)
        got = _outcome(answer)
        tolerated = {OUT, NOT_NOW} if _has_key(rule) and expected is IN else set()
        tolerated |= {NOT_NOW} if gate.kind == "signed in" else set()
        # A report that is still being printed says so: 503 with the time to come back.
        broken = answer.status_code >= 500 and "Retry-After" not in answer.headers
        if (got != expected and got not in tolerated) or broken:
            wrong.append(f"{role} {method} {rule}: {expected}, but {got} ({answer.status_code})")
    assert wrong == []


def test_every_route_has_a_gate(app):
    bare = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"]

    assert [name for name in bare if not hasattr(app.view_functions[name], "gate")] == []


def test_an_app_with_an_unguarded_route_refuses_to_start(app):
    app._got_first_request = False
    app.add_url_rule("/open", "open", lambda: "open")

    with pytest.raises(RuntimeError, match="open has no gate"):
        gates.check(app)


def test_hidden_and_missing_are_the_same_to_the_byte(app, world, enter_as):
    with app.app_context():
        hidden = db.session.scalar(select(Review.ref).where(Review.stage == "draft", Review.fictional))
    for client in (app.test_client(), enter_as("member")):
        for page in ("", "/practice", "/messages", "/report", "/report.pdf", "/feedback", "/returns", "/record"):
            there = client.get(f"/reviews/{hidden}{page}")
            nowhere = client.get(f"/reviews/no-such-review{page}")

            assert there.status_code == nowhere.status_code
            assert there.data.replace(hidden.encode(), b"X") == nowhere.data.replace(b"no-such-review", b"X")
            assert _lasting(there.headers, hidden) == _lasting(nowhere.headers, "no-such-review")


def _lasting(headers, ref):
    return {
        name: value.replace(ref, "X") for name, value in headers if name not in ("Date", "Set-Cookie", "Content-Length")
    }
