"""The page on which the secretariat, and nobody else, reads who saw a review."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.services import audit

OTHERS = ("host coordinator", "host contributor", "peer", "lead reviewer", "rapporteur", "observer", "member")


def test_the_secretariat_reads_who_saw_a_review(app, enter_as, world):
    ref = world["drafting"]
    enter_as("lead reviewer").get(f"/reviews/{ref}/returns")
    secretariat = enter_as("secretariat")

    record = secretariat.get(f"/reviews/{ref}/record").text
    page = secretariat.get(f"/reviews/{ref}/seen").text

    with app.app_context():
        name = world.person("lead reviewer").name
    assert f'href="/reviews/{ref}/seen"' in record
    rows = [row.split("</tr>")[0] for row in page.split('<th class="govuk-table__header" scope="row">')[1:]]
    assert [(name in row, "Returns, with their cities" in row) for row in rows] == [(False, False), (True, True)]


def test_the_list_is_narrowed_by_what_was_seen(enter_as, world):
    ref = world["drafting"]
    enter_as("lead reviewer").get(f"/reviews/{ref}/returns")
    secretariat = enter_as("secretariat")
    secretariat.get(f"/reviews/{ref}/record")

    def rows(thing):
        page = secretariat.get(f"/reviews/{ref}/seen", query_string={"thing": thing}).text
        return page.count('scope="row"')

    assert [rows(thing) for thing in ("return", "draft report", "nonsense")] == [1, 0, 3]


def test_the_list_is_paged(app, enter_as, world):
    ref = world["drafting"]
    with app.app_context():
        people = db.session.scalars(select(Person)).all()
        audit.keep_views([audit.view("saw", one, review_ref=ref, thing="message") for one in people])
        assert len(people) > 20
    secretariat = enter_as("secretariat")

    pages = [secretariat.get(f"/reviews/{ref}/seen?page={number}").text.count('scope="row"') for number in (1, 2, 99)]

    assert pages[0] == 20
    assert 0 < pages[1] <= 20
    assert pages[2] > 0


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_learns_who_saw_what(enter_as, world, who):
    visitor = enter_as(who)

    assert visitor.get(f"/reviews/{world['drafting']}/seen").status_code == 404
    record = visitor.get(f"/reviews/{world['drafting']}/record")
    assert "/seen" not in record.text
