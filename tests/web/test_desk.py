"""The desk: what is late in words, who owes what, one click to remind one city."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from review_app.extensions.database import db
from review_app.models.feedback import Return
from review_app.models.letters import Letter
from review_app.models.review import ReviewCity, ReviewDeadline
from review_app.queries import desk


def lines_of(in_context, world, **asked):
    return {line.ref: line for line in desk.desk_of(world.person("secretariat"), **asked).lines}


def test_the_desk_counts_the_returns_received(in_context, world):
    sent = db.session.scalar(
        select(func.count(Return.id)).where(
            Return.review_id == world.review("feedback").id, Return.submitted_at.is_not(None)
        )
    )

    line = lines_of(in_context, world)[world["feedback"]]

    assert (line.returns, line.returns + len(line.owing)) == (sent, line.cities)


def test_the_desk_says_in_words_how_late_a_review_is(app, enter_as, world, travel_to):
    with app.app_context():
        due = db.session.scalar(
            select(ReviewDeadline.at).where(
                ReviewDeadline.review_id == world.review("feedback").id, ReviewDeadline.name == "feedback"
            )
        )
    travel_to(due + timedelta(hours=36))

    page = enter_as("secretariat").get("/desk", query_string={"stage": "feedback"}).text

    assert re.findall(r'app-late">([^<]+)<', page) == ["2 days late"]


@pytest.mark.parametrize(("hours", "late"), [(-1, 0), (1, 1), (49, 3)])
def test_lateness_counts_days_where_the_host_is(in_context, world, travel_to, hours, late):
    review = world.review("feedback")
    due = db.session.scalar(
        select(ReviewDeadline.at).where(ReviewDeadline.review_id == review.id, ReviewDeadline.name == "feedback")
    )
    travel_to(due).shift(hours * 3600)

    assert desk.days_late(due, review.timezone) == late


def test_the_desk_shows_one_stage_when_asked(in_context, world):
    found = desk.desk_of(world.person("secretariat"), "feedback")

    assert ({line.stage for line in found.lines}, found.total) == ({"feedback"}, found.stages["feedback"])


def test_imported_reviews_owe_no_returns(in_context, world):
    line = lines_of(in_context, world, stage="closed")["ghent-2019"]

    assert (line.returns, line.owing) == (None, ())


def test_only_the_secretariat_has_a_desk(client, enter_as):
    answers = {who: enter_as(who).get("/desk").status_code for who in ("secretariat", "host coordinator", "peer")}

    assert answers == {"secretariat": 200, "host coordinator": 404, "peer": 404}


def test_the_secretariat_reminds_a_city_once_a_day(app, enter_as, world):
    secretariat = enter_as("secretariat")
    page = secretariat.get("/desk", query_string={"stage": "feedback"}).text
    address = re.findall(r'action="(/reviews/[^"]+/remind/[^"]+)"', page)[0]

    answers = [secretariat.post(address, data={"nonce": f"reminder-{number}"}) for number in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [flash in secretariat.get("/desk").text for flash in ("A reminder goes to", "No new letter")] == [
        True,
        False,
    ]
    with app.app_context():
        assert db.session.scalar(select(func.count(Letter.id)).where(Letter.once.like("reminder:%"))) > 0


def test_a_city_of_another_review_cannot_be_reminded_here(app, enter_as, world):
    with app.app_context():
        key = db.session.scalar(select(ReviewCity.key).where(ReviewCity.review_id == world.review("recruiting").id))

    answer = enter_as("secretariat").post(f"/reviews/{world['feedback']}/remind/{key}", data={"nonce": "strange-city"})

    assert answer.status_code == 404


def test_a_peer_cannot_remind(enter_as, world):
    answer = enter_as("peer").post(f"/reviews/{world['feedback']}/remind/anything", data={"nonce": "a-peer-reminds"})

    assert answer.status_code == 404


def test_the_desk_takes_few_statements(enter_as, statements):
    secretariat = enter_as("secretariat")
    secretariat.get("/desk")  # the first look of a day is written down as well
    statements.clear()

    secretariat.get("/desk")

    assert len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]) <= 9
