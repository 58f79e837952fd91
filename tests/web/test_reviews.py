"""The list of reviews and the page of one: everybody sees what the visibility table says, no more and no less."""

import re

import pytest
from sqlalchemy import select, update

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Organisation
from review_app.models.review import Review, ReviewCity
from review_app.queries import reviews, seats
from review_app.queries.reviews import Wanted

MOST_STATEMENTS = 15


def refs_in(page: str) -> list[str]:
    return re.findall(r'<h\d class="govuk-heading-s"><a class="govuk-link" href="/reviews/([^"]+)"', page)


ROLES = (
    "secretariat",
    "host coordinator",
    "host contributor",
    "peer",
    "lead reviewer",
    "rapporteur",
    "observer",
    "member",
)


def test_the_query_and_the_table_agree_for_everybody(in_context, world):
    rows = list(db.session.scalars(select(Review).where(Review.fictional)))
    people = [None, *(world.person(role) for role in ROLES)]

    by_query = {
        (person.email if person else "", ref, thing)
        for person in people
        for thing in Thing
        for ref in db.session.scalars(select(Review.ref).where(reviews.seen(thing, person), Review.fictional))
    }

    assert by_query == {
        (person.email if person else "", review.ref, thing)
        for person in people
        for review in rows
        for thing in _seen_by_table(review, person)
    }


def _seen_by_table(review, person) -> list[Thing]:
    seat = seats.seat_at(review, person)
    return [thing for thing in Thing if seat.sees(thing) is not Reach.NONE]


def test_the_public_finds_nothing_unpublished_by_search(client, world):
    answers = {
        stage: client.get("/reviews", query_string={"q": ref.split("-")[0]}) for stage, ref in world.refs.items()
    }

    listed = {stage for stage, answer in answers.items() if world[stage] in refs_in(answer.text)}

    assert listed <= {"published", "responding", "following_up", "closed"}


def test_the_public_sees_no_stage_and_no_filter_by_it(client):
    page = client.get("/reviews").text

    assert re.findall(r'name="(\w+)"', page.split("<main")[1]) == ["q", "theme", "country", "year"]


def test_a_review_under_embargo_is_missing_for_the_public(app, client, world):
    with app.app_context():
        later = utc_now().replace(year=utc_now().year + 1)
        db.session.execute(update(Review).where(Review.ref == world["published"]).values(embargo_until=later))
        db.session.commit()

    page = client.get(f"/reviews/{world['published']}")
    missing = client.get("/reviews/no-such-review")

    assert (page.status_code, page.data) == (404, missing.data)


def test_a_member_reads_what_is_published_for_members(app, client, enter_as, world):
    with app.app_context():
        db.session.execute(update(Review).where(Review.ref == world["published"]).values(level=Level.MEMBERS))
        db.session.commit()
    address = f"/reviews/{world['published']}"

    answers = [client.get(address).status_code, enter_as("member").get(address).status_code]

    assert answers == [404, 200]


@pytest.mark.parametrize(
    "asked", ["page=0", "page=-1", "page=x", "page=999999999999", "year=²²²²", "year=99999", "stage=%00"]
)
def test_a_strange_question_gets_a_list(client, asked):
    assert client.get(f"/reviews?{asked}").status_code == 200


def test_a_search_for_wildcards_looks_for_them_as_letters(in_context):
    assert reviews.listed(None, Wanted("%")).total == 0


def test_the_list_can_be_narrowed_by_country_and_year(in_context):
    found = reviews.listed(None, Wanted(country="BE", year=2019))

    assert [line.ref for line in found.lines] == ["ghent-2019"]


def test_a_search_by_city_finds_the_reviews_in_which_it_took_part(in_context, world):
    name = db.session.scalar(
        select(Organisation.name)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .join(Review, Review.id == ReviewCity.review_id)
        .where(Review.ref == "ghent-2019", ReviewCity.side == "peer")
        .limit(1)
    )

    assert "ghent-2019" in {line.ref for line in reviews.listed(None, Wanted(name)).lines}


def test_pages_of_the_list_hold_every_review_once(in_context):
    first, second = (reviews.listed(None, Wanted(page=page), size=15) for page in (1, 2))

    together = [line.ref for found in (first, second) for line in found.lines]
    assert len(together) == len(set(together)) == min(first.total, 30)


def test_the_host_is_told_to_check_the_facts(enter_as, world):
    page = enter_as("host coordinator").get(f"/reviews/{world['fact_check']}").text

    assert re.findall(r'id="next-step">([^<]+)<', page) == ["Check the facts in the draft"]


def test_the_stage_bar_marks_exactly_one_stage_as_now(enter_as, world):
    page = enter_as("secretariat").get(f"/reviews/{world['feedback']}").text

    assert re.findall(r'data-state="now" aria-current="step">([\w -]+)', page) == ["Feedback"]


def test_a_refused_action_says_why(enter_as, world):
    page = enter_as("host coordinator").get(f"/reviews/{world['preparing']}").text

    refused = re.findall(
        r'data-state="refused">\s*<span class="app-actions__name">([^<]+)</span>\s*<span[^>]*>([^<]+)', page
    )
    assert dict(refused)["Everything is ready for the visit"] == (
        "First the host city must release the practice description to the peers."
    )


@pytest.mark.parametrize(
    ("stage", "said"), [("on_hold", "This review is on hold"), ("cancelled", "This review is cancelled")]
)
def test_a_paused_review_says_so_with_its_reason(enter_as, world, stage, said):
    page = enter_as("secretariat").get(f"/reviews/{world[stage]}").text

    assert (re.findall(r'id="next-step">([^<]+)<', page), page.count("Reason: ")) == ([said], 1)


def test_the_public_page_of_a_published_review_is_its_report(client, world):
    page = client.get(f"/reviews/{world['published']}").text

    assert (page.count("<h1"), page.count('<article class="report-article"'), page.count("app-stages")) == (1, 1, 0)


def test_the_record_is_for_those_who_may_read_it(enter_as, world):
    address = f"/reviews/{world['feedback']}/record"

    answers = {who: enter_as(who).get(address).status_code for who in ("secretariat", "peer", "member")}

    assert answers == {"secretariat": 200, "peer": 404, "member": 404}


def test_the_record_gives_the_reason_of_a_pause(enter_as, world):
    page = enter_as("secretariat").get(f"/reviews/{world['on_hold']}/record").text

    assert page.count("Reason: ") == 1


@pytest.mark.parametrize(
    "address", ["/reviews", "/reviews/{feedback}", "/reviews/{fact_check}", "/reviews/{published}/record"]
)
def test_a_page_takes_few_statements(enter_as, world, statements, address):
    secretariat = enter_as("secretariat")
    secretariat.get("/privacy")
    statements.clear()

    secretariat.get(address.format(**world.refs))

    assert len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]) <= MOST_STATEMENTS
