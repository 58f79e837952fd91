"""The pages of publication: a confirmation before it, corrections and more readers after it."""

import pytest

from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.queries import reports
from tests.synthesis_world import sign_all

FIELDS = {"level": "members", "funding": "Paid by the city.", "embargo_time": ""}


@pytest.fixture
def ready(app, world):
    """The review at sign-off, signed by all three."""
    with app.app_context():
        sign_all(world.review("sign_off"), world.person("secretariat"))
        db.session.commit()
    return f"/reviews/{world['sign_off']}"


def _review(app, world, stage="sign_off"):
    with app.app_context():
        review = world.review(stage)
        return review.stage, review.level, review.embargo_until


def test_the_secretariat_publishes(app, world, enter_as, ready):
    answer = enter_as("secretariat").post(f"{ready}/publish", data={**FIELDS, "confirm": world["sign_off"]})

    assert (answer.status_code, answer.location) == (303, f"{ready}/report")
    assert _review(app, world) == ("published", Level.MEMBERS, None)


def test_the_page_asks_before_it(enter_as, ready, app, world):
    page = enter_as("secretariat").get(f"{ready}/publish")

    assert page.status_code == 200
    assert "gets its number and is never changed afterwards" in page.text
    assert _review(app, world)[0] == "sign_off"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"confirm": "another"}, "Type the title of the review, or its reference"),
        ({"level": ""}, "Choose who may read the report."),
        ({"level": "nobody"}, "choose one of the answers offered"),
        ({"funding": " "}, "Write the funding line"),
        ({"embargo_time": "25:00"}, "Write the time with hours and minutes"),
        ({"embargo_day-day": "31", "embargo_day-month": "2", "embargo_day-year": "2030"}, "write a day that exists"),
        ({"embargo_day": "2001-01-01"}, "The embargo must end in the future."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(app, world, enter_as, ready, wrong, sentence):
    data = {**FIELDS, "confirm": world["sign_off"], **wrong}

    answer = enter_as("secretariat").post(f"{ready}/publish", data=data)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert _review(app, world)[0] == "sign_off"


def test_under_embargo_only_the_team_and_the_host_read_it(app, world, enter_as, client, ready):
    year = utc_now().year + 1
    data = {**FIELDS, "level": "public", "confirm": world["sign_off"], "embargo_day": f"{year}-06-20"}
    data["embargo_time"] = "09:30"

    enter_as("secretariat").post(f"{ready}/publish", data=data)

    until = _review(app, world)[2]
    assert (until.date().isoformat(), until.minute) == (f"{year}-06-20", 30)
    readers = [client, *(enter_as(who) for who in ("member", "host coordinator", "lead reviewer"))]
    assert [one.get(f"{ready}/report").status_code for one in readers] == [404, 404, 200, 200]


def test_before_all_have_signed_the_page_says_so_and_has_no_form(world, enter_as):
    address = f"/reviews/{world['sign_off']}/publish"
    client = enter_as("secretariat")

    page = client.get(address)
    answer = client.post(address, data={**FIELDS, "confirm": world["sign_off"]})

    assert "must each sign the report" in page.text
    assert "<form" not in page.text.split("<main")[1]
    assert answer.status_code == 403


def test_a_missing_funding_line_is_written_first(app, world, enter_as, ready):
    with app.app_context():
        world.review("sign_off").funding = ""
        db.session.commit()
    client = enter_as("secretariat")
    page = client.get(f"{ready}/publish").text
    refused = client.post(f"{ready}/publish/funding", data={"funding": " "})

    answer = client.post(f"{ready}/publish/funding", data={"funding": "Nobody outside pays."})

    assert "First write the funding line" in page
    assert (refused.status_code, answer.location) == (422, f"{ready}/publish")
    assert 'value="Nobody outside pays."' in client.get(f"{ready}/publish").text


@pytest.mark.parametrize("who", ["host coordinator", "lead reviewer", "rapporteur", "member"])
def test_nobody_else_publishes(world, enter_as, ready, who):
    answer = enter_as(who).post(f"{ready}/publish", data={**FIELDS, "confirm": world["sign_off"]})

    assert answer.status_code == 404


def test_an_erratum_makes_edition_two(app, world, enter_as):
    address = f"/reviews/{world['published']}/publish/erratum"
    client = enter_as("secretariat")
    asked, empty = client.get(address), client.post(address, data={"erratum": ""})

    answer = client.post(address, data={"erratum": "2 140 people, not 2 410."})

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert "2 140 people, not 2 410." in client.get(answer.location).text
    with app.app_context():
        assert [report.number for report in reports.numbered(world.review("published"))] == [2, 1]


def test_the_level_is_raised_and_never_lowered(app, world, enter_as):
    with app.app_context():
        world.review("published").level = Level.PARTICIPANTS
        db.session.commit()
    address, client = f"/reviews/{world['published']}/publish/level", enter_as("secretariat")
    page = client.get(address).text

    client.post(address, data={"level": "members"})
    lowered = client.post(address, data={"level": "participants"})

    assert ["All members of the network" in page, "Those who took part" in page] == [True, True]
    assert (lowered.status_code, _review(app, world, "published")[1]) == (422, Level.MEMBERS)


def test_a_report_open_to_everybody_is_not_opened_further(world, enter_as):
    page = enter_as("secretariat").get(f"/reviews/{world['closed']}/publish/level")

    assert "Everybody may read it already." in page.text
