"""Reviews as facts: in, out, again, changed, refused."""

import json

import pytest
from sqlalchemy import func, select

from review_app.domain import review_file
from review_app.domain.review_document import Place
from review_app.domain.review_file import Faulty
from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.models.network import Organisation
from review_app.models.publishing import Report
from review_app.models.record import PublicRecord, RecordLine
from review_app.models.review import Review, ReviewCity
from review_app.queries import exporting
from review_app.services import importing
from review_app.services.openings import edition_of
from review_app.world import files, loader, network

SHIPPED = json.loads((files.DATA / "reviews.json").read_text(encoding="utf-8"))["reviews"]
SMALL = {
    "id": "invented-2020",
    "title": "A quay for everybody",
    "network": "Some network",
    "method": "critical friend review",
    "theme": "harbours",
    "host": {"name": "Norrvik", "country": "SE", "kind": "city"},
    "dates": {"start": "2020-05", "end": "2020-05", "precision": "month"},
}


def take_in(*reviews: dict) -> importing.Tally:
    read = review_file.read(json.dumps({"reviews": list(reviews)}).encode())
    return importing.take_in(read, edition_of(loader.definition()), gazetteer=network.gazetteer())


def review(ref: str) -> Review:
    return db.session.scalars(select(Review).where(Review.ref == ref)).one()


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def empty(empty_app):
    with empty_app.app_context():
        yield empty_app


@pytest.mark.parametrize("facts", SHIPPED, ids=lambda facts: facts["id"])
def test_every_real_review_goes_out_as_it_came_in(in_context, facts):
    out = exporting.facts(review(facts["id"])).as_plain()

    assert out == facts
    assert list(out) == list(facts)


def test_importing_the_same_file_twice_changes_nothing(in_context):
    rows = {model: count(model) for model in (Review, ReviewCity, Organisation, PublicRecord, RecordLine)}

    tally = take_in(*SHIPPED)

    assert str(tally) == "25 reviews: 0 new, 0 changed, 25 unchanged"
    assert {model: count(model) for model in rows} == rows


def test_a_changed_document_changes_the_review_it_names(in_context):
    facts = SHIPPED[0] | {"recommendations": ["Count the vacancies again"], "venue": None}

    tally = take_in(facts)

    assert str(tally) == "1 review: 0 new, 1 changed, 0 unchanged"
    assert exporting.facts(review("ghent-2019")).as_plain() == facts


def test_a_review_that_was_run_here_is_not_touched_by_an_import(empty):
    made = Review(ref="invented-2020", edition=edition_of(loader.definition()), stage="draft", title="Ours")
    db.session.add(made)
    db.session.flush()

    with pytest.raises(Faulty) as refusal:
        take_in(SMALL)

    assert refusal.value.problems == (
        "reviews[0].id: “invented-2020” was run here, and an import changes only what an import made.",
    )
    assert made.title == "Ours"


def test_several_hosts_come_in_and_go_out_in_order(empty):
    more = [
        {"name": "Brannholm", "country": "DK", "kind": "city"},
        {"name": "Orrin", "country": "IE", "kind": "region"},
    ]

    take_in(SMALL | {"co_hosts": more})

    out = exporting.facts(review("invented-2020")).as_plain()
    assert (out["host"], out["co_hosts"]) == (SMALL["host"], more)


def test_a_country_is_one_organisation_whatever_a_source_calls_it(empty):
    take_in(
        SMALL | {"visiting": [{"name": "FR", "country": "FR", "kind": "country"}]},
        SMALL | {"id": "invented-2021", "visiting": [{"name": "France", "country": "FR", "kind": "country"}]},
    )

    france = db.session.scalars(select(Organisation).where(Organisation.kind == "country")).one()
    named = [exporting.facts(review(ref)).visiting[0].name for ref in ("invented-2020", "invented-2021")]
    assert (france.name, named) == ("France", ["FR", "France"])


def test_a_known_place_comes_with_its_coordinates_and_an_unknown_one_without(empty):
    take_in(SMALL | {"visiting": [{"name": "Ghent", "country": "BE", "kind": "city"}]})

    places = {place.name: place.latitude for place in db.session.scalars(select(Organisation))}
    assert places == {"Norrvik": None, "Ghent": pytest.approx(51.05, abs=0.1)}


def test_an_old_review_is_archived_and_a_recent_one_is_published(empty, travel_to):
    travel_to("2022-04-30T12:00:00Z")

    take_in(SMALL, SMALL | {"id": "older", "dates": {"start": "2019", "end": "2019", "precision": "year"}})

    assert [review("invented-2020").stage, review("older").stage] == ["published", "closed"]


def test_what_is_not_in_the_file_is_not_made_up(empty):
    take_in(SMALL)

    out = exporting.facts(review("invented-2020")).as_plain()
    given = {key: value for key, value in out.items() if value not in (None, [], {})}
    assert set(given) == {*SMALL, "basis"}


def test_a_published_review_goes_out_with_its_messages_as_they_were_frozen(in_context, world):
    out = exporting.facts(world.review("published"))

    assert out.challenges == (
        "Half of the doors stay closed, and the coldest rooms lie behind them.",
        "Small landlords do not answer, and own most of the cold rooms.",
    )
    assert (out.participants, out.host.name, len(out.visiting)) == (15, "Norrvik", 5)


@pytest.mark.parametrize("stage", ["feedback", "sign_off", "responding"])
def test_what_the_public_may_not_read_stays_out_of_an_export(in_context, world, stage):
    out = exporting.facts(world.review(stage)).as_plain()

    hidden = ("practice", "challenges", "success_factors", "lessons", "recommendations", "participants")
    assert [out[key] for key in hidden] == [None, [], [], [], [], None]


def test_a_city_that_declined_is_no_visitor_in_an_export(in_context, world):
    names = [place.name for place in exporting.facts(world.review("recruiting")).visiting]

    assert names == ["Norrvik", "Aldermere", "Thalassara", "Zlatomyst"]


def test_a_review_without_days_goes_out_with_unknown_dates(empty):
    made = Review(ref="invented-2020", edition=edition_of(loader.definition()), stage="draft", title="Ours")
    host = importing.organisation_for(Place(name="Norrvik", country="SE", kind="city"), {})
    made.cities.append(ReviewCity(organisation=host, side="host"))
    db.session.add(made)
    db.session.flush()

    out = exporting.facts(made).as_plain()

    assert out["dates"] == {"start": None, "end": None, "precision": "unknown"}


def test_places_with_the_same_name_get_addresses_of_their_own(empty):
    places = [Place(name="Norrvik", country=country, kind="city") for country in ("SE", "FI", "SE")]
    places += [Place(name="Norrvik", country=country, kind="region") for country in ("SE", "FI")]

    slugs = [importing.organisation_for(place, {}).slug for place in places]

    assert slugs == ["norrvik", "norrvik-fi", "norrvik", "norrvik-se", "norrvik-region"]


def test_a_changed_record_gets_a_report_with_the_next_number(in_context):
    take_in(SHIPPED[0] | {"outcome": "A follow-up visit took place"})

    rows = select(Report.kind, Report.number).where(Report.review_id == review("ghent-2019").id)
    kept = [tuple(row) for row in db.session.execute(rows.order_by(Report.kind, Report.number))]
    assert kept == [("feedback", 1), ("feedback", 2), ("highlights", 1), ("highlights", 2)]
