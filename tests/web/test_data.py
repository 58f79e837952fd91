"""The data of a report and of a network as files: who gets them, what is in them, who is told of it."""

import pytest
from sqlalchemy import select

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Attribution, Level, Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries import export_rows, reports
from review_app.queries.seats import seat_at
from review_app.queries.sight import reader_of
from review_app.reports.kinds import registry
from tests import audit_rows as trail
from tests.reports.reading import book_of, data_of, rows_of

FORMS = ("csv", "xlsx", "json")
DESK = ("/desk/statements.csv", "/desk/statements.xlsx")


def data(client, ref, form, **more):
    return client.get(f"/reviews/{ref}/papers/highlights.{form}", query_string=more)


def _counting(review):
    return Report.review_id == review.id, Report.kind == reports.HIGHLIGHTS, Report.number.is_not(None)


def as_dicts(rows):
    header, *lines = rows
    return [dict(zip(header, line, strict=True)) for line in lines]


def statements_of(app, person):
    """What an export yields to somebody, as dictionaries."""
    with app.app_context():
        rows = list(export_rows.statements(reader_of(person() if person else None)))
    return [dict(zip(export_rows.COLUMNS, row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_whoever_reads_a_published_report_gets_its_data(client, world, form):
    answer = data(client, world["closed"], form)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={world['closed']}-highlights-1.{form}"
    assert len(answer.data) > 200


def test_the_three_files_say_the_same(app, client, world):
    ref = world["closed"]
    told = data_of([data(client, ref, "json").data])
    rows = as_dicts(rows_of([data(client, ref, "csv").data]))
    book = book_of([data(client, ref, "xlsx").data])

    headlines = [one["headline"] for one in told["data"]["messages"]]
    with app.app_context():
        code = db.session.scalar(select(Report.digest).where(Report.review_id == world.review("closed").id))[:12]
    assert (told["ref"], told["number"], told["code"]) == (ref, 1, code)
    assert [row["headline"] for row in rows] == headlines
    assert [row[4] for row in book.rows["Messages"]] == headlines
    assert headlines


def test_another_table_comes_when_it_is_asked_for(client, world):
    rows = rows_of([data(client, world["closed"], "csv", table="places").data])

    assert rows[0] == ["position", "name", "country", "kind", "side", "latitude", "longitude"]


@pytest.mark.parametrize(("form", "more"), [("csv", {"table": "secrets"}), ("novel", {})])
def test_what_there_is_not_is_missing(client, world, form, more):
    assert data(client, world["closed"], form, **more).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_comes_to_those_who_read_drafts_and_says_that_it_is_one(enter_as, world, form):
    answer = data(enter_as("rapporteur"), world["drafting"], form)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f"-highlights-draft.{form}")
    assert [data(enter_as(who), world["drafting"], form).status_code for who in ("member", "host coordinator")] == [
        404,
        404,
    ]


@pytest.mark.parametrize("form", FORMS)
def test_data_of_a_hidden_review_are_missing_like_those_of_none(client, world, form):
    hidden, nowhere = data(client, world["drafting"], form), data(client, "no-such-review", form)

    assert (hidden.status_code, hidden.data.replace(world["drafting"].encode(), b"no-such-review")) == (
        404,
        nowhere.data,
    )


def test_taking_data_along_is_noted(app, enter_as, world):
    data(enter_as("rapporteur"), world["drafting"], "json")

    with app.app_context():
        assert trail.views(world.email("rapporteur")) == [(world["drafting"], "draft report", "", "downloaded")]


@pytest.mark.parametrize("address", DESK)
def test_only_the_secretariat_takes_all_statements_along(client, enter_as, address):
    people = ("host coordinator", "peer", "lead reviewer", "rapporteur", "observer", "member")

    assert [enter_as(who).get(address).status_code for who in people] == [404] * len(people)
    assert (client.get(address).status_code, enter_as("secretariat").get(address).status_code) == (303, 200)


def test_an_export_of_all_statements_is_noted(app, enter_as, world):
    enter_as("secretariat").get(DESK[0])

    with app.app_context():
        assert trail.views(world.email("secretariat")) == [("", "statements", "", "downloaded")]


def test_all_statements_come_in_both_forms(app, enter_as, world):
    secretariat = enter_as("secretariat")
    rows = rows_of([secretariat.get(DESK[0]).data])
    book = book_of([secretariat.get(DESK[1]).data])

    expected = statements_of(app, lambda: world.person("secretariat"))
    assert rows[0] == list(export_rows.COLUMNS)
    assert [row["headline"] for row in as_dicts(rows)] == [one["headline"] for one in expected]
    assert [row[11] for row in book.rows["Statements"]] == [one["headline"] for one in expected]
    assert book.heads["Statements"][:4] == ("Review", "Title", "Host", "Theme")
    assert book.rows["Statements"][0][10] in {"Success factor", "Challenge"}
    assert len(expected) > 100


def test_every_statement_of_the_published_report_that_counts_is_there_once(app, world):
    found = statements_of(app, lambda: world.person("secretariat"))

    with app.app_context():
        review = world.review("closed")
        row = db.session.scalars(select(Report).where(*_counting(review))).one()
        paper = registry.read(row.snapshot)
    said = [one.headline for part in paper.sections for one in (*part.messages, *part.singles)]
    mine = [one for one in found if one["review"] == world["closed"]]
    assert [one["headline"] for one in mine] == said
    assert {(one["state"], one["report"]) for one in mine} == {("published", 1)}


def test_released_items_come_without_their_city_and_others_not_at_all(app, world):
    with app.app_context():
        number = world.review("drafting").id
        items = db.session.scalars(select(FeedbackItem).join(Return).where(Return.review_id == number)).all()
        one, other, *rest = items
        one.attribution, other.use = Attribution.CITY, Use.TEAM_ONLY
        headlines = sorted(item.headline for item in (one, *rest) if item.use is Use.REPORT)
        city = db.session.get(Organisation, one.city_return.organisation_id).name
        db.session.commit()

    mine = [
        row for row in statements_of(app, lambda: world.person("secretariat")) if row["review"] == world["drafting"]
    ]

    assert sorted(row["headline"] for row in mine) == headlines
    assert {row["state"] for row in mine} == {"released"}
    assert {(row["named"], row["cities"], row["report"]) for row in mine} == {(None, None, None)}
    assert city not in {value for row in mine for name, value in row.items() if name not in ("title", "hosts")}


def test_nothing_comes_of_returns_that_are_not_sent(app, world):
    with app.app_context():
        review = world.review("feedback").id
        query = select(FeedbackItem.headline).join(Return)
        unsent = set(db.session.scalars(query.where(Return.review_id == review, Return.submitted_at.is_(None))))

    told = {row["headline"] for row in statements_of(app, lambda: world.person("secretariat"))}

    assert unsent
    assert told & unsent == set()


@pytest.mark.parametrize("who", ["secretariat", "peer", "member", "host coordinator", "lead reviewer", None])
def test_an_export_says_what_the_visibility_table_lets_each_person_read_and_no_more(app, world, who):
    with app.app_context():
        world.review("published").level = Level.PARTICIPANTS
        db.session.commit()

    rows = statements_of(app, (lambda: world.person(who)) if who else None)

    with app.app_context():
        person = world.person(who) if who else None
        seats_there = [seat_at(review, person) for review in db.session.scalars(select(Review))]
        read = {seat.review.ref for seat in seats_there if reports.sees_published(seat) and _says_something(seat)}
        sent = {seat.review.ref for seat in seats_there if seat.sees(Thing.RETURN) is Reach.ALL and _has_released(seat)}
    assert {row["review"] for row in rows if row["state"] == "published"} == read
    assert {row["review"] for row in rows if row["state"] == "released"} == sent


def _says_something(seat):
    report = reports.published(seat.review)
    return report is not None and bool(registry.read(report.snapshot).sections)


def _has_released(seat):
    """Whether the review has no report yet, but items for it that were sent."""
    query = (
        select(FeedbackItem.id).join(Return).where(Return.review_id == seat.review.id, FeedbackItem.use == Use.REPORT)
    )
    has = db.session.scalar(query.where(Return.submitted_at.is_not(None)).limit(1)) is not None
    return has and seat.review.published_at is None


def test_all_statements_take_as_many_questions_to_the_database_as_one(app, world, statements):
    with app.app_context():
        reader = reader_of(world.person("secretariat"))
        statements.clear()
        rows = sum(1 for _row in export_rows.statements(reader))

    assert rows > 100
    assert len([one for one in statements if one.startswith("SELECT") and "method_edition.definition" not in one]) == 3
