"""Every page behind a gate says what it shows: no door is left out of the audit trail by forgetting it."""

import pytest
from flask import url_for

from review_app.domain import method_file
from review_app.domain.network_rights import TABLE
from review_app.web import sights

METHOD = "critical_friend_review"
SHOWS_NOTHING_OF_OTHERS = {"openings.new"}


def _pages(app):
    for rule in app.url_map.iter_rules():
        gate = getattr(app.view_functions[rule.endpoint], "gate", None)
        if gate is not None and "GET" in rule.methods and (gate.kind == "network" or "ref" in rule.arguments):
            yield rule


def test_every_page_of_a_review_or_the_network_leaves_a_sight(app):
    silent = set()
    for rule in _pages(app):
        values = {name: 1 if name == "number" else "something" for name in rule.arguments}
        with app.test_request_context():
            address = url_for(rule.endpoint, **values)
        with app.test_request_context(address):
            if not sights._by_gate(rule.endpoint):
                silent.add(rule.endpoint)

    assert silent == sights.SAYS_ITSELF | SHOWS_NOTHING_OF_OTHERS


def test_the_map_names_only_what_there_is(app):
    method = method_file.load(method_file.FOLDER / f"{METHOD}.toml")

    assert set(sights.BY_ACTION) <= set(method.actions)
    assert set(sights.BY_NETWORK_ACTION) <= set(TABLE)
    assert {*sights.BY_PAGE, *sights.SAYS_ITSELF} <= set(app.view_functions)


@pytest.mark.parametrize("endpoint", ["home.health", "access.account", "access.sign_in", "home.index"])
def test_what_is_public_or_a_persons_own_leaves_none(app, endpoint):
    with app.test_request_context("/"):
        assert sights._by_gate(endpoint) == ""
