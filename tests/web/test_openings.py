"""Opening a review on its page."""

import re

import pytest
from sqlalchemy import func, select

from review_app.extensions.database import db
from review_app.models.review import Review

NEW = "/reviews/new"
GOOD = {"title": "A desk for everybody", "theme": "skills", "starts_on": "2028-05-04", "ends_on": "2028-05-06"}


def _count(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Review.id)))


def _errors(answer):
    return re.findall(r'<li>\s*<a href="(#[^"]+)">([^<]+)</a>', answer.text)


def test_a_member_opens_a_review_for_their_own_city(enter_as):
    member = enter_as("peer")

    answer = member.post(NEW, data=GOOD)

    assert (answer.status_code, answer.location) == (303, "/reviews/norrvik-2028")
    assert "A desk for everybody" in member.get("/reviews/norrvik-2028").text


def test_a_member_is_not_asked_which_city(enter_as):
    assert 'name="host"' not in enter_as("peer").get(NEW).text


def test_a_member_cannot_open_a_review_for_another_city(enter_as):
    answer = enter_as("peer").post(NEW, data={**GOOD, "host": "aldermere"})

    assert answer.location == "/reviews/norrvik-2028"


def test_the_secretariat_opens_a_review_for_any_city(enter_as):
    data = {**GOOD, "host": "weidenhafen", "coordinator": "somebody@weidenhafen.example"}

    answer = enter_as("secretariat").post(NEW, data=data)

    assert answer.location == "/reviews/weidenhafen-2028"


def test_the_form_sent_twice_opens_one_review(app, enter_as):
    member, before = enter_as("peer"), _count(app)
    data = {**GOOD, "nonce": "0123456789abcdef"}

    answers = [member.post(NEW, data=data).location for _again in range(2)]

    assert answers == ["/reviews/norrvik-2028"] * 2
    assert _count(app) == before + 1


def test_days_may_be_written_in_three_fields(enter_as):
    member = enter_as("peer")
    days = {"starts_on-day": "4", "starts_on-month": "5", "starts_on-year": "2028"}

    answer = member.post(NEW, data={"title": "A desk", **days})

    assert answer.location == "/reviews/norrvik-2028"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": ""}, ("#title", "Give the review a title.")),
        ({"ends_on": "2028-05-01"}, ("#ends_on-day", "The last day of the visit cannot be before the first.")),
        (
            {"starts_on": "31 2 2028"},
            ("#starts_on-day", "First day of the visit: write a day that exists, like 20 5 2026."),
        ),
        (
            {"starts_on": "9999-12-31"},
            ("#starts_on-day", "First day of the visit: write a day that exists, like 20 5 2026."),
        ),
        ({"theme": "nonsense"}, ("#theme", "Theme: choose one of the answers offered.")),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(app, enter_as, change, error):
    before = _count(app)

    answer = enter_as("peer").post(NEW, data={**GOOD, "title": "Kept title", **change})

    assert answer.status_code == 422
    assert _errors(answer) == [error]
    assert ("Kept title" in answer.text) == ("title" not in change)
    assert _count(app) == before


def test_somebody_without_a_city_is_told_whom_to_ask(app, enter_as, world):
    with app.app_context():
        world.person("member").organisation_id = None
        db.session.commit()

    answer = enter_as("member").post(NEW, data=GOOD)

    assert answer.status_code == 422
    assert _errors(answer) == [("#title", "You belong to no city yet. Ask the secretariat to add you to yours.")]


def test_a_stranger_signs_in_first(client):
    answer = client.get(NEW)

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/reviews/new")
