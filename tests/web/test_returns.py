"""The page with all returns: who reads it, and what it tells them."""

import pytest
import time_machine

from tests import feedback_world as town
from tests.web.feedback_pages import says, written


@pytest.fixture
def review_app(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        yield town.app_in(tmp_path)


@pytest.fixture
def ada(review_app):
    return town.enter(review_app, "Ada")


@pytest.fixture
def bo(review_app):
    return town.enter(review_app, "Bo")


@pytest.mark.parametrize(("name", "status"), [("Sven", 200), ("Lea", 200), ("Ada", 200), ("Hugo", 404), ("Mia", 404)])
def test_returns_are_read_by_the_team_and_never_by_the_host(review_app, name, status):
    keys = written(review_app, "Cem", whole=False)

    page = town.enter(review_app, name).get(f"/reviews/{town.REF}/returns")

    assert page.status_code == status
    assert (f'id="item-{keys[0]}"' in page.text) is (name in ("Sven", "Lea"))


def test_the_team_reads_wishes_and_what_is_not_sent_yet(review_app):
    written(review_app, "Cem", whole=False)

    page = says(town.enter(review_app, "Lea").get(f"/reviews/{town.REF}/returns"))

    assert "Not sent yet: Brackwater, Castelline, Norrvik." in page
    assert "Not sent yet: it can still change" in page
    assert "May your city be named with it? Yes, name our city" in page
