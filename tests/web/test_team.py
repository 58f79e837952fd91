"""The team and the invitation on their pages."""

import re

import pytest

from review_app.queries import team
from review_app.queries.cities import Standing, peers

ACCEPT = {"paid": "no", "contracted": "no", "competing": "no", "personal": "no", "code": "accepted"}


def _invitation(world):
    return f"/reviews/{world['recruiting']}/invitation"


def _team(world, stage="recruiting"):
    return f"/reviews/{world[stage]}/team"


def _norrvik(app, world):
    with app.app_context():
        return next(one.standing for one in peers(world.review("recruiting")) if one.row.organisation.slug == "norrvik")


def _roles(app, world, email, stage="recruiting"):
    with app.app_context():
        return [row.role.value for row in team.people(world.review(stage)) if row.person.email == email]


def test_a_peer_accepts_the_code_and_the_city_is_in(app, enter_as, world):
    answer = enter_as("peer").post(_invitation(world), data=ACCEPT)

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['recruiting']}")
    assert _norrvik(app, world) is Standing.ACCEPTED


@pytest.mark.parametrize(
    ("change", "field"),
    [({"code": ""}, "#code"), ({"paid": ""}, "#paid"), ({"paid": "yes"}, "#note"), ({"paid": "maybe"}, "#paid")],
)
def test_an_incomplete_answer_is_asked_again(app, enter_as, world, change, field):
    answer = enter_as("peer").post(_invitation(world), data={**ACCEPT, **change})

    assert answer.status_code == 422
    assert re.findall(r'<li>\s*<a href="(#[^"]+)">', answer.text) == [field]
    assert _norrvik(app, world) is Standing.JOINED


def test_a_peer_who_declines_is_out(app, enter_as, world):
    peer = enter_as("peer")

    answer = peer.post(f"{_invitation(world)}/decline", data={"reason": "No time"})

    assert (answer.status_code, answer.location) == (303, "/")
    assert peer.get(_invitation(world)).status_code == 404
    assert _norrvik(app, world) is Standing.DECLINED


def test_only_the_secretariat_reads_what_is_declared(enter_as, world):
    enter_as("peer").post(_invitation(world), data={**ACCEPT, "paid": "yes", "note": "A lecture in 2024"})

    shown = {who: enter_as(who).get(_team(world)).text for who in ("secretariat", "lead reviewer", "peer")}

    assert {who: "A lecture in 2024" in text for who, text in shown.items()} == {
        "secretariat": True,
        "lead reviewer": False,
        "peer": False,
    }


def test_a_host_has_no_invitation_to_answer(enter_as, world):
    assert enter_as("andres.olmeda@example.org").get(_invitation(world)).status_code == 404


def test_the_secretariat_appoints_somebody(app, enter_as, world):
    data = {"role": "observer", "email": "member@example.org"}

    answer = enter_as("secretariat").post(_team(world), data=data)

    assert answer.status_code == 303
    assert _roles(app, world, "member@example.org") == ["observer"]


@pytest.mark.parametrize("role", ["secretariat", "peer", "public", ""])
def test_roles_that_are_not_on_offer_are_refused(app, enter_as, world, role):
    answer = enter_as("secretariat").post(_team(world), data={"role": role, "email": "member@example.org"})

    assert answer.status_code == 422
    assert _roles(app, world, "member@example.org") == []


def test_a_host_adds_a_colleague_and_nobody_else(app, enter_as, world):
    host = enter_as("host coordinator")

    answers = [
        host.post(f"{_team(world, 'draft')}/colleagues", data={"email": "member@example.org"}).status_code,
        host.post(_team(world, "draft"), data={"role": "observer", "email": "peer@example.org"}).status_code,
    ]

    assert answers == [303, 404]
    assert _roles(app, world, "member@example.org", "draft") == ["host_contributor"]


def test_a_dismissed_person_is_out_on_the_next_request(app, enter_as, world):
    with app.app_context():
        key = world.person("tiago.serrano@example.org").key
    rapporteur = enter_as("tiago.serrano@example.org")

    enter_as("secretariat").post(f"{_team(world)}/{key}/rapporteur/dismiss")

    assert rapporteur.get(_team(world)).status_code == 404


def test_a_role_that_somebody_does_not_have_is_missing(app, enter_as, world):
    with app.app_context():
        key = world.person("tiago.serrano@example.org").key

    assert enter_as("secretariat").get(f"{_team(world)}/{key}/observer/dismiss").status_code == 404


def test_the_team_takes_few_statements(enter_as, world, statements):
    secretariat = enter_as("secretariat")
    statements.clear()

    secretariat.get(_team(world))

    assert len(statements) <= 15
