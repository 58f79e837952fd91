"""The terms and the dates on their pages."""

import re

import pytest

from review_app.extensions.database import db
from review_app.models.review import Review

TERMS = {
    "title": "Night nursery",
    "theme": "employment",
    "purpose": "Two lines\nof purpose",
    "starts_on": "2027-06-01",
    "ends_on": "2027-06-02",
    "timezone": "Europe/Dublin",
    "language": "en",
    "regime": "chatham_house",
    "level": "members",
    "funding": "Nobody outside pays.",
}


def _version(page):
    return re.search(r'name="version" value="(\d+)"', page.text).group(1)


def _column(app, world, name, stage="draft"):
    with app.app_context():
        return getattr(world.review(stage), name)


def test_a_host_saves_the_terms(app, enter_as, world):
    host, page = enter_as("host coordinator"), f"/reviews/{world['draft']}/scope"

    answer = host.post(page, data={**TERMS, "version": _version(host.get(page))})

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['draft']}")
    assert _column(app, world, "purpose") == "Two lines\nof purpose"
    assert (_column(app, world, "regime"), _column(app, world, "level")) == ("chatham_house", "members")


def test_the_form_shows_what_stands(enter_as, world):
    host, page = enter_as("host coordinator"), f"/reviews/{world['draft']}/scope"
    host.post(page, data=TERMS)

    shown = host.get(page).text

    assert 'value="Night nursery"' in shown
    assert "Two lines\nof purpose</textarea>" in shown
    assert re.search(r'id="starts_on-day"[^>]*value="1"', shown)


def test_an_old_form_gets_both_texts_and_nothing_is_lost(app, enter_as, world):
    host, page = enter_as("host coordinator"), f"/reviews/{world['draft']}/scope"
    seen = _version(host.get(page))
    host.post(page, data={**TERMS, "title": "Theirs <b>", "version": seen})

    answer = host.post(page, data={**TERMS, "title": "Mine <i>", "version": seen})

    assert answer.status_code == 409
    assert "Theirs &lt;b&gt;" in answer.text
    assert 'value="Mine &lt;i&gt;"' in answer.text
    assert _column(app, world, "title") == "Theirs <b>"


def test_the_conflict_page_saves_on_the_newer_version(app, enter_as, world):
    host, page = enter_as("host coordinator"), f"/reviews/{world['draft']}/scope"
    seen = _version(host.get(page))
    host.post(page, data={**TERMS, "title": "Theirs", "version": seen})
    conflict = host.post(page, data={**TERMS, "title": "Mine", "version": seen})

    answer = host.post(page, data={**TERMS, "title": "Ours", "version": _version(conflict)})

    assert (answer.status_code, _column(app, world, "title")) == (303, "Ours")


def test_a_colleague_reads_the_terms_and_why_they_are_closed(enter_as, world):
    shown = enter_as("secretariat").get(f"/reviews/{world['recruiting']}/scope").text

    assert "This can be done at another stage: Draft, Scope and agreement." in shown
    assert "<form" not in shown


@pytest.mark.parametrize("who", ["peer", "member"])
def test_the_page_is_missing_for_others(enter_as, world, who):
    assert enter_as(who).get(f"/reviews/{world['draft']}/scope").status_code == 404


def test_the_secretariat_moves_the_visit_with_a_reason(app, enter_as, world):
    page = f"/reviews/{world['recruiting']}/dates"
    data = {"starts_on": "2027-10-05", "ends_on": "2027-10-07", "reason": "The hall is taken"}

    answer = enter_as("secretariat").post(page, data=data)

    assert (answer.status_code, answer.location) == (303, page)
    assert str(_column(app, world, "starts_on", "recruiting")) == "2027-10-05"


def test_a_visit_that_moves_without_a_reason_stays(app, enter_as, world):
    before = _column(app, world, "starts_on", "recruiting")

    answer = enter_as("secretariat").post(
        f"/reviews/{world['recruiting']}/dates", data={"starts_on": "2027-10-05", "ends_on": "2027-10-07"}
    )

    assert answer.status_code == 422
    assert _column(app, world, "starts_on", "recruiting") == before


def test_the_secretariat_moves_one_deadline(enter_as, world):
    secretariat, dates = enter_as("secretariat"), f"/reviews/{world['recruiting']}/dates"

    secretariat.post(f"{dates}/feedback", data={"day": "2027-12-24", "reason": "Holidays"})

    row = re.search(r"Feedback of the peer cities</a>.*?</tr>", secretariat.get(dates).text, re.DOTALL).group()
    assert re.findall(r"<td[^>]*>([^<]+)</td>", row) == ["Friday 24 December 2027", "moved by hand"]


def test_a_deadline_nobody_knows_is_missing(enter_as, world):
    page = f"/reviews/{world['recruiting']}/dates/lunch"

    assert [enter_as("secretariat").get(page).status_code, enter_as("secretariat").post(page).status_code] == [404, 404]


def test_the_dates_take_few_statements(enter_as, world, statements):
    secretariat = enter_as("secretariat")
    statements.clear()

    secretariat.get(f"/reviews/{world['recruiting']}/dates")

    assert len(statements) <= 15


def test_no_field_but_its_own_is_written(app, enter_as, world):
    with app.app_context():
        kept = {"stage", "ref", "edition_id", "fictional", "network", "published_at", "created_at"}
        before = {name: getattr(world.review("draft"), name) for name in kept}
        columns = {column.name: "1" for column in Review.__table__.columns if column.name in kept}
        db.session.rollback()

    enter_as("host coordinator").post(f"/reviews/{world['draft']}/scope", data={**TERMS, **columns})

    assert {name: _column(app, world, name) for name in kept} == before
