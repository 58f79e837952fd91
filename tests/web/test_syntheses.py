"""The pages of syntheses: the secretariat writes and publishes; readers read what is for them."""

import re

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.reports.exports.forms import FORMS
from review_app.services import synthesis_publishing
from review_app.services.synthesis_publishing import Release
from tests import network_synthesis_world as made
from tests.web.feedback_pages import heading

KEY = "A" * 22
SHOWN = "meeting-people-where-they-are-what-three-reviews-say"
DRAFT = "city-reviews-on-the-public-record"
OF_ONE = ("", "/texts", "/reviews", "/themes", "/themes/new", "/statements", "/preview", "/publish", "/delete")


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def ref(app, world):
    return made.being_written(app, world)


def _publish(app, world, ref, level=Level.MEMBERS):
    def now(synthesis):
        synthesis_publishing.publish(Release(synthesis.title, level, "New."), synthesis, world.person("secretariat"))
        db.session.commit()

    made.told_of(app, ref, now)


@pytest.mark.parametrize("page", ["/new", *(f"/{{0}}{page}" for page in OF_ONE)])
def test_nobody_but_the_secretariat_opens_the_pages_of_writing(enter_as, client, secretariat, ref, page):
    address = f"/syntheses{page.format(ref)}"

    assert secretariat.get(address).status_code == 200
    for who in ("member", "host coordinator", "rapporteur", "observer"):
        assert enter_as(who).get(address).status_code == 404
    assert "/sign-in" in client.get(address).location


@pytest.mark.parametrize("page", ["/{0}/texts", "/{0}/reviews", "/{0}/reviews/all", "/{0}/statements", "/{0}/publish"])
def test_nobody_but_the_secretariat_sends_a_form(enter_as, ref, page):
    assert enter_as("member").post(f"/syntheses{page.format(ref)}").status_code == 404


@pytest.mark.parametrize("page", [*OF_ONE, "/report", "/report.pdf", "/report/print"])
def test_a_synthesis_that_is_not_there_is_not_found(secretariat, page):
    assert secretariat.get(f"/syntheses/nothing{page}").status_code == 404


def test_the_secretariat_begins_a_synthesis_and_chooses_reviews(secretariat, app, world):
    begun = secretariat.post(f"/syntheses/new/{KEY}", data=made.BEGUN)
    again = secretariat.post(f"/syntheses/new/{KEY}", data=made.BEGUN)

    assert begun.location == again.location == "/syntheses/work-for-newcomers/reviews"
    page = secretariat.get(f"{begun.location}?country=SE").text
    assert re.findall(r'name="ref" type="checkbox" value="([^"]+)"', page)
    data = {"ref": [world["published"], "ghent-2019"], "shown": [world["published"], "ghent-2019"]}
    saved = secretariat.post(begun.location, data={**data, "theme": "skills", "page": "1"})
    assert saved.location == "/syntheses/work-for-newcomers/reviews?page=1&theme=skills"
    secretariat.post(begun.location, data={"ref": ["ghent-2019"], "shown": [world["published"], "ghent-2019"]})
    assert "1 review is in it." in secretariat.get(begun.location).text


@pytest.mark.parametrize(
    "data", [{"title": "", "level": "public"}, {"title": "A", "level": "participants"}, {"title": "A"}]
)
def test_a_beginning_that_cannot_be_comes_back_with_its_text(secretariat, data):
    answer = secretariat.post(f"/syntheses/new/{KEY}", data=data)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert secretariat.post("/syntheses/new/short", data=data).status_code == 404


def test_all_that_fit_are_taken_in_from_every_page(secretariat, app):
    begun = secretariat.post(f"/syntheses/new/{KEY}", data={**made.BEGUN, "level": "public"})

    secretariat.post(f"{begun.location}/all", data={"theme": "governance"})
    chosen = secretariat.get(begun.location).text

    assert "7 reviews are in it." in chosen
    secretariat.post(f"{begun.location}/all", data={})
    assert "28 reviews are in it." in secretariat.get(begun.location).text


def test_what_is_not_out_to_the_readers_is_refused_with_a_sentence(secretariat, world):
    begun = secretariat.post(f"/syntheses/new/{KEY}", data={**made.BEGUN, "level": "public"})

    answer = secretariat.post(begun.location, data={"ref": [world["responding"]]})

    assert answer.status_code == 422
    assert "is not out to everybody who will read the synthesis" in answer.text


def test_the_texts_are_saved_and_a_stale_page_shows_both(secretariat, ref):
    page = secretariat.get(f"/syntheses/{ref}/texts").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    mine = {"title": "What our reviews say", "findings": "One\nTwo", "version": version}

    first = secretariat.post(f"/syntheses/{ref}/texts", data=mine)
    stale = secretariat.post(f"/syntheses/{ref}/texts", data={**mine, "findings": "Three"})

    assert first.location == f"/syntheses/{ref}"
    assert "2 key findings" in secretariat.get(first.location).text
    assert (stale.status_code, heading(stale)) == (409, "Somebody else saved a newer version")
    assert "Three" in stale.text
    assert "One\nTwo" in stale.text


def test_the_texts_save_themselves_while_somebody_types(secretariat, ref):
    page = secretariat.get(f"/syntheses/{ref}/texts").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    data = {"title": "What our reviews say", "foreword": "Hello", "version": version}

    answer = secretariat.post(f"/syntheses/{ref}/texts", data=data, headers={"X-Autosave": "1"})

    assert answer.json["version"] == int(version) + 1
    assert secretariat.post(f"/syntheses/{ref}/texts", data={"title": ""}).status_code == 422


def test_the_draft_is_read_on_a_page_and_marked_as_one(secretariat, ref):
    page = secretariat.get(f"/syntheses/{ref}/preview").text

    assert "Draft, not for circulation" in page
    assert page.count("<h1") == 1
    assert "This synthesis brings together 4 reviews" in page


def test_publishing_asks_for_the_title_and_leads_to_the_report(secretariat, ref, app):
    wrong = secretariat.post(f"/syntheses/{ref}/publish", data={"level": "members", "confirm": "yes"})
    none = secretariat.post(f"/syntheses/{ref}/publish", data={"confirm": "yes"})
    right = secretariat.post(f"/syntheses/{ref}/publish", data={"level": "members", "confirm": "what OUR reviews say"})

    assert (wrong.status_code, none.status_code) == (422, 422)
    assert "Type the title of the synthesis" in wrong.text
    assert right.location == f"/syntheses/{ref}/report"
    assert "Work on the next edition" in secretariat.get(right.location).text
    assert "What is new in this edition?" in secretariat.get(f"/syntheses/{ref}/publish").text
    assert "no. 1," in secretariat.get(f"/syntheses/{ref}").text


def test_a_synthesis_for_everybody_refuses_a_report_for_members(secretariat, ref, app, world):
    with app.app_context():
        title = made.members_only(world).title

    answer = secretariat.post(f"/syntheses/{ref}/publish", data={"level": "public", "confirm": ref})

    assert answer.status_code == 422
    assert title in answer.text


def test_members_read_what_is_for_members_and_others_find_nothing(app, world, client, enter_as, ref):
    nothing = client.get(f"/syntheses/{ref}/report")
    _publish(app, world, ref)

    assert nothing.status_code == 404
    for page in ("report", "report/print", *(f"report.{form}" for form in FORMS)):
        hidden, missing = client.get(f"/syntheses/{ref}/{page}"), client.get(f"/syntheses/nothing/{page}")
        assert hidden.status_code == 404
        assert hidden.text.replace(ref, "nothing") == missing.text
    assert enter_as("member").get(f"/syntheses/{ref}/report").status_code == 200
    assert ref not in client.get("/syntheses").text
    assert ref in enter_as("member").get("/syntheses").text


def test_everybody_reads_the_published_one_and_nobody_outside_the_draft(client, enter_as):
    listed = client.get("/syntheses").text
    page = client.get(f"/syntheses/{SHOWN}/report")

    assert (SHOWN in listed, DRAFT in listed) == (True, False)
    assert "Begin a synthesis" not in listed
    assert (page.status_code, "Work on the next edition" in page.text) == (200, False)
    assert DRAFT in enter_as("secretariat").get("/syntheses").text
    assert client.get(f"/syntheses/{DRAFT}/report").status_code == 404


def test_who_reads_a_synthesis_for_members_is_noted(app, world, enter_as, ref):
    _publish(app, world, ref)
    enter_as("member").get(f"/syntheses/{ref}/report")
    enter_as("member").get(f"/syntheses/{SHOWN}/report")

    trail = app.test_cli_runner().invoke(args=["audit", "show"]).output

    assert len(re.findall(r"saw.*synthesis|synthesis.*saw", trail)) == 1


def test_a_review_that_was_closed_meanwhile_is_named_on_the_pages(app, world, secretariat, ref):
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.ref == world["published"])).one()
        review.level, title = Level.PARTICIPANTS, review.title
        db.session.commit()

    for page in ("", "/reviews"):
        text = secretariat.get(f"/syntheses/{ref}{page}").text
        assert "These reviews are left out" in text
        assert title in text


def test_the_desk_and_the_list_of_reviews_lead_to_the_syntheses(secretariat, client):
    assert 'href="/syntheses"' in secretariat.get("/desk").text
    assert 'href="/syntheses"' in client.get("/reviews").text
