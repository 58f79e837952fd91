"""Peer cities on their page."""

import re

import pytest

from review_app.queries import cities
from review_app.queries.cities import Standing


def _peers(app, world, stage="draft"):
    with app.app_context():
        return {peer.row.organisation.slug: peer.standing for peer in cities.peers(world.review(stage))}


def _page(world, stage="draft"):
    return f"/reviews/{world[stage]}/cities"


def test_a_host_invites_a_city(app, enter_as, world):
    data = {"organisation": "norrvik", "email": "new@norrvik.example"}

    answer = enter_as("host coordinator").post(_page(world), data=data)

    assert (answer.status_code, answer.location) == (303, _page(world))
    assert _peers(app, world) == {"norrvik": Standing.INVITED}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"organisation": "aldermere", "email": "x@a.example"}, "#organisation"),
        ({"organisation": "atlantis", "email": "x@a.example"}, "#organisation"),
        ({"organisation": "norrvik", "email": "nobody"}, "#email"),
        ({"organisation": "norrvik", "email": ""}, "#email"),
    ],
)
def test_what_cannot_be_invited_is_said_at_its_field(app, enter_as, world, data, field):
    answer = enter_as("host coordinator").post(_page(world), data=data)

    assert answer.status_code == 422
    assert re.findall(r'<li>\s*<a href="(#[^"]+)">', answer.text) == [field]
    assert _peers(app, world) == {}


def test_a_withdrawn_city_is_out_on_its_next_request(app, enter_as, world):
    with app.app_context():
        review = world.review("recruiting")
        key = next(one.row.key for one in cities.peers(review) if one.row.organisation.slug == "norrvik")
    peer = enter_as("peer")
    assert peer.get(f"/reviews/{world['recruiting']}").status_code == 200

    answer = enter_as("secretariat").post(f"{_page(world, 'recruiting')}/{key}/withdraw", data={"reason": "Too many"})

    assert answer.status_code == 303
    assert peer.get(f"/reviews/{world['recruiting']}").status_code == 404
    assert "norrvik" not in _peers(app, world, "recruiting")


def test_a_city_of_another_review_is_missing(app, enter_as, world):
    with app.app_context():
        key = cities.peers(world.review("ready"))[0].row.key

    pages = [f"{_page(world, stage)}/{key}/withdraw" for stage in ("draft", "recruiting")]

    assert [enter_as("secretariat").post(page).status_code for page in pages] == [404, 404]
    assert len(_peers(app, world, "ready")) == 5


def test_a_peer_sees_the_cities_and_no_addresses(enter_as, world):
    shown = enter_as("peer").get(_page(world, "recruiting")).text

    assert "Thalassara" in shown
    assert ("@" in shown, "<form" in shown) == (False, False)


def test_the_list_takes_few_statements(enter_as, world, statements):
    secretariat = enter_as("secretariat")
    statements.clear()

    secretariat.get(_page(world, "recruiting"))

    assert len(statements) <= 15
