"""The start page: what waits for me, most urgent first; and the pages that say how things are."""

import re

import pytest
from sqlalchemy import insert, select

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.review import MethodEdition, Participant, Review
from review_app.queries import next_steps


def heading_of(page: str) -> str:
    return "".join(re.findall(r'<h2 class="govuk-heading-m" id="next-step">([^<]+)</h2>', page))


def test_somebody_who_is_not_signed_in_sees_what_is_published(client, world):
    page = client.get("/").text

    assert page.count('class="app-reviews__one"') == 6


def test_the_most_urgent_step_stands_first(in_context, world):
    steps = next_steps.steps_of(world.person("rapporteur"))

    mine = [step for step in steps if not step.is_waiting]
    assert [step.due for step in mine] == sorted(step.due for step in mine)


def test_home_and_the_page_of_the_review_say_the_same(enter_as, world):
    visitor = enter_as("rapporteur")

    page = visitor.get("/").text
    review = re.findall(r'app-next__review"><a class="govuk-link" href="([^"]+)"', page)[0]

    assert heading_of(visitor.get(review).text) == heading_of(page)


def test_a_person_without_reviews_is_told_that_nothing_waits(enter_as):
    page = enter_as("member").get("/").text

    assert (page.count("Nothing waits for you now"), heading_of(page)) == (1, "")


def test_only_the_secretariat_sees_counts_by_stage(enter_as):
    counts = {who: enter_as(who).get("/").text.count("app-figures--counts") for who in ("secretariat", "peer")}

    assert counts == {"secretariat": 1, "peer": 0}


def test_home_takes_as_many_statements_for_many_reviews_as_for_few(app, enter_as, world, statements):
    visitor = enter_as("rapporteur")
    visitor.get("/")
    statements.clear()
    visitor.get("/")
    few = len(statements)
    _take_part_in_many(app, world)
    statements.clear()

    visitor.get("/")

    assert (len(statements), few <= 16) == (few, True)


def _take_part_in_many(app, world) -> None:
    with app.app_context():
        edition = db.session.scalar(select(MethodEdition.id).limit(1))
        person = db.session.scalar(select(Person.id).where(Person.email == world.email("rapporteur")))
        for number in range(30):
            made = insert(Review).values(
                ref=f"more-{number}", edition_id=edition, stage="drafting", title="More", version=1
            )
            review = db.session.execute(made.returning(Review.id)).scalar_one()
            db.session.execute(insert(Participant).values(review_id=review, person_id=person, role="rapporteur"))
        db.session.commit()


def test_every_duty_of_every_demo_seat_leads_to_a_page(in_context, world):
    people = list(db.session.scalars(select(Person)))

    steps = [step for person in people for step in next_steps.steps_of(person) if step.endpoint]

    assert {step.endpoint for step in steps} <= set(in_context.view_functions)


def test_every_running_stage_waits_for_somebody(in_context, world):
    people = list(db.session.scalars(select(Person)))

    steps = [step for person in people for step in next_steps.steps_of(person) if not step.is_waiting]

    stages = {
        "draft",
        "scoping",
        "recruiting",
        "preparing",
        "visiting",
        "feedback",
        "drafting",
        "fact_check",
        "sign_off",
    }
    assert stages - {step.seat.review.stage for step in steps} == set()


@pytest.mark.parametrize("address", ["/accessibility", "/privacy", "/how-it-works"])
def test_anybody_reads_how_things_are(client, address):
    page = client.get(address)

    assert (page.status_code, page.text.count("<h1")) == (200, 1)


def test_no_page_asks_anything_of_another_site(client):
    addresses = re.findall(r'(?:src|href)="(https?://[^"]+)"', client.get("/").text)

    assert addresses == []
