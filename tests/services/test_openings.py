"""Opening a review: what stands there at once, and what is refused."""

from datetime import date

import pytest
from sqlalchemy import func, select

from review_app.domain import method_file
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.models.network import Organisation
from review_app.models.review import JournalEntry, MethodEdition, Participant, Review
from review_app.services import openings
from review_app.services.openings import Opening

METHOD = method_file.read(method_file.FOLDER / "critical_friend_review.toml")


def _opening(slug="norrvik", **values):
    host = db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
    return Opening(**{"definition": METHOD, "host": host, "title": "A desk for everybody", **values})


def _roles(review):
    rows = db.session.scalars(select(Participant).where(Participant.review_id == review.id))
    return [(row.person.email, row.role) for row in rows]


def test_a_host_opens_a_review_in_the_first_stage_with_the_defaults_of_the_method(in_context, world):
    opener = world.person("peer")

    review = openings.open_review(_opening(theme="skills"), opener)

    assert (review.stage, review.regime, review.level, review.theme) == ("draft", "mixed", "public", "skills")
    assert review.timezone == opener.organisation.timezone
    assert [(city.organisation.slug, city.side) for city in review.cities] == [("norrvik", Side.HOST)]
    assert _roles(review) == [("peer@example.org", Role.HOST_COORDINATOR)]


def test_opening_writes_the_first_line_of_the_record(in_context, world):
    opener = world.person("peer")

    review = openings.open_review(_opening(), opener)

    lines = db.session.scalars(select(JournalEntry).where(JournalEntry.review_id == review.id)).all()
    assert [(line.action, line.led_to, line.person_id) for line in lines] == [("open", "draft", opener.id)]


def test_two_reviews_of_one_method_share_its_edition(in_context):
    first = openings.open_review(_opening(), None)
    before = db.session.scalar(select(func.count(MethodEdition.id)))

    second = openings.open_review(_opening("aldermere"), None)

    assert first.edition_id == second.edition_id
    assert db.session.scalar(select(func.count(MethodEdition.id))) == before


def test_days_of_the_visit_give_every_deadline(in_context):
    opening = _opening(starts_on=date(2027, 5, 4), ends_on=date(2027, 5, 6))

    review = openings.open_review(opening, None)

    known = {row.name: row.at.date() for row in review.deadlines}
    assert len(known) == len(METHOD["deadline"])
    assert (known["scope"], known["feedback"]) == (date(2026, 12, 15), date(2027, 5, 20))


def test_without_days_there_are_no_deadlines_yet(in_context):
    review = openings.open_review(_opening(), None)

    assert (review.starts_on, review.deadlines) == (None, [])


def test_a_second_review_of_a_year_gets_a_number(in_context):
    days = {"starts_on": date(2029, 5, 4)}

    refs = [openings.open_review(_opening(**days), None).ref for _again in range(3)]

    assert refs == ["norrvik-2029", "norrvik-2029-2", "norrvik-2029-3"]


def test_the_secretariat_names_a_coordinator_by_letter(in_context, world):
    opening = _opening(coordinator="new.officer@norrvik.example")

    review = openings.open_review(opening, world.person("secretariat"))

    letter = db.session.scalars(select(Letter).where(Letter.review_id == review.id)).one()
    assert (letter.kind, letter.address) == ("invitation", "new.officer@norrvik.example")
    assert _roles(review) == []


def test_a_coordinator_with_an_account_has_the_role_at_once(in_context, world):
    review = openings.open_review(_opening(coordinator="Peer@Example.org"), world.person("secretariat"))

    assert _roles(review) == [("peer@example.org", Role.HOST_COORDINATOR)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"ends_on": date(2027, 5, 4)}, "starts_on"),
        ({"starts_on": date(2027, 5, 4), "ends_on": date(2027, 5, 3)}, "ends_on"),
        ({"ref": "Not a ref"}, "ref"),
        ({"ref": "new"}, "ref"),
        ({"ref": "aldermere-night-nursery"}, "ref"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(in_context, values, field):
    before = db.session.scalar(select(func.count(Review.id)))

    with pytest.raises(Unacceptable) as refusal:
        openings.open_review(_opening(**values), None)

    assert refusal.value.field == field
    assert db.session.scalar(select(func.count(Review.id))) == before


def test_a_wanted_reference_is_kept(in_context):
    review = openings.open_review(_opening(ref="norrvik-harbour"), None)

    assert review.ref == "norrvik-harbour"
