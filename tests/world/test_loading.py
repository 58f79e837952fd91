"""The demonstration's world: whole, plausible, loaded once, and never put among real people."""

import json
from collections import defaultdict
from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import func, select

from review_app.config import Settings
from review_app.domain import method_file
from review_app.domain.text import clean_text
from review_app.domain.workflow import CANCELLED, ON_HOLD
from review_app.extensions.database import db
from review_app.models.base import new_key, utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.letters import Letter
from review_app.models.network import Organisation, Person
from review_app.models.publishing import Report
from review_app.models.review import JournalEntry, Review, ReviewDeadline
from review_app.queries.seats import seat_at
from review_app.services import publishing
from review_app.services.access import hasher
from review_app.world import accounts, files, loader
from review_app.world.network import PASSWORD

METHOD = loader.definition()
STAYS_OUT = (
    "This database has people of its own (1), so the demonstration stays out of it. Choose an empty data folder."
)


@pytest.fixture
def run(empty_app):
    runner = empty_app.test_cli_runner()
    return lambda *words: runner.invoke(args=[*words])


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_one_invented_review_stands_at_each_stage(world):
    stages = [stage["name"] for stage in METHOD["stage"]]

    assert sorted(world.refs) == sorted([*stages, ON_HOLD, CANCELLED])


def test_loading_again_changes_nothing(in_context: Flask):
    models = (Review, Person, Organisation, FeedbackItem, JournalEntry, Report, Letter)
    before = {model: count(model) for model in models}

    tally = loader.load(demo=True)

    assert (str(tally), {model: count(model) for model in models}) == (
        "25 reviews: 0 new, 0 changed, 25 unchanged",
        before,
    )


def _said(app: Flask, refs: Iterable[str]) -> dict[str, dict[str, object]]:
    """What the peers say in the reports of these reviews, in its order."""
    with app.app_context():
        rows = db.session.scalars(select(Review).where(Review.ref.in_(refs)).order_by(Review.ref)).all()
        papers = {row.ref: publishing.snapshot_of(row, made_by="", kind="highlights") for row in rows}
        return {ref: paper.model_dump(include={"sections", "take_homes"}) for ref, paper in papers.items()}


def test_two_loads_tell_the_same_reports_in_the_same_order(app: Flask, empty_app: Flask, world):
    with empty_app.app_context():
        loader.load(demo=True)
        db.session.commit()

    told = _said(app, world.refs.values())

    assert max(len(one["take_homes"]) for one in told.values()) > 3
    assert _said(empty_app, world.refs.values()) == told


def test_the_order_of_items_does_not_follow_the_order_in_which_they_were_written(in_context: Flask):
    rows = db.session.execute(
        select(Return.review_id, FeedbackItem.key)
        .join(Return, Return.id == FeedbackItem.return_id)
        .order_by(FeedbackItem.id)
    )
    written = defaultdict(list)
    for review, key in rows:
        written[review].append(key)

    long = [keys for keys in written.values() if len(keys) > 8]
    assert long
    assert all(sorted(keys) not in (keys, keys[::-1]) for keys in long)
    assert {len(key) for keys in written.values() for key in keys} == {len(new_key())}


def test_the_demo_goes_on_when_somebody_was_invited_into_it(in_context: Flask):
    db.session.add(Person(email="new@example.net", identity="new@example.net", name="New"))

    tally = loader.load(demo=True)

    assert tally.unchanged == 25


def test_the_demo_stays_out_of_a_database_with_people(empty_app: Flask, run):
    with empty_app.app_context():
        db.session.add(Person(email="real@example.net", identity="real@example.net", name="Real"))
        db.session.commit()

    answers = [run("demo", "load"), run("demo", "start")]

    assert [(answer.exit_code, answer.output) for answer in answers] == 2 * [
        (1, f"Error: {STAYS_OUT}\n"),
    ]


def test_the_demo_is_not_made_without_the_setting(empty_app: Flask, run):
    empty_app.config["SETTINGS"] = Settings(testing=True, demo=False)

    answers = [run("demo", "load"), run("demo", "accounts")]

    assert [(answer.exit_code, answer.output) for answer in answers] == [
        (1, "Error: The demonstration is made only with the setting DEMO=1, in a database of its own.\n"),
        (1, "Error: There are no demonstration accounts here.\n"),
    ]


def test_a_demo_without_sample_has_the_secretariat_alone(empty_app: Flask, run):
    run("demo", "start")

    listed = json.loads(run("demo", "accounts", "--json").output)

    with empty_app.app_context():
        assert (count(Person), count(Review)) == (1, 0)
    assert [(account["role"], account["email"], account["password"]) for account in listed] == [
        ("secretariat", "secretariat@example.org", PASSWORD)
    ]


@pytest.mark.slow
def test_the_sample_can_follow_later(empty_app: Flask, run):
    run("demo", "start")

    answer = run("demo", "load")

    assert (answer.exit_code, answer.output) == (
        0,
        "Demonstration ready. Real reviews: 25 reviews: 25 new, 0 changed, 0 unchanged.\n",
    )


def test_the_accounts_are_printed_with_password_and_purpose(app: Flask):
    lines = app.test_cli_runner().invoke(args=["demo", "accounts"]).output.splitlines()

    assert lines[0] == f"Sign in at http://localhost/sign-in. The password of every account: {PASSWORD}"
    assert [line.split()[0] for line in lines[1:]] == [row["email"] for row in files.people() if "demo" in row]


def test_every_account_opens_with_the_printed_password(in_context: Flask):
    hashes = set(db.session.scalars(select(Person.password_hash)))

    assert [hasher.verify(PASSWORD, kept) for kept in hashes] == [True]


@pytest.mark.parametrize(
    ("role", "stage", "action"),
    [
        ("host coordinator", "draft", "send to the secretariat"),
        ("host coordinator", "preparing", "describe the practice"),
        ("host coordinator", "fact_check", "comment on facts"),
        ("host coordinator", "sign_off", "sign the report"),
        ("host contributor", "preparing", "describe the practice"),
        ("peer", "recruiting", "answer the invitation"),
        ("peer", "feedback", "give feedback"),
        ("peer, second person of the same city", "feedback", "give feedback"),
        ("peer of another city", "feedback", "give feedback"),
        ("lead reviewer", "drafting", "write messages"),
        ("lead reviewer", "sign_off", "sign the report"),
        ("rapporteur", "fact_check", "answer comments"),
        ("secretariat", "scoping", "sign the terms"),
        ("secretariat", "feedback", "remind"),
    ],
)
def test_every_demo_account_has_something_to_do(in_context: Flask, world, role, stage, action):
    verdict = seat_at(world.review(stage), world.person(role)).may(action)

    assert (verdict.allowed, verdict.sentence) == (True, "")


def test_the_member_takes_part_in_no_review(in_context: Flask, world):
    accounts_roles = {account.role for account in accounts.listed()}
    member = world.person("member")

    reviews = db.session.scalars(select(Review).where(Review.fictional)).all()

    assert "member" in accounts_roles
    assert {role.value for review in reviews for role in seat_at(review, member).roles} == {"member", "public"}


def test_the_feedback_review_has_sent_begun_and_missing_returns(in_context: Flask, world):
    review = world.review("feedback")
    rows = db.session.execute(
        select(Organisation.name, Return.submitted_at.is_not(None))
        .join(Return, Return.organisation_id == Organisation.id)
        .where(Return.review_id == review.id)
    )
    deadline = db.session.scalars(
        select(ReviewDeadline.at).where(ReviewDeadline.review_id == review.id, ReviewDeadline.name == "feedback")
    ).one()

    assert dict(tuple(row) for row in rows) == {
        "Norrvik": False,
        "Bistrovets": False,
        "Valdora": True,
        "Thalassara": True,
        "Brannholm": True,
    }
    assert deadline > utc_now()


def test_items_stand_in_several_scripts_with_their_language(in_context: Flask):
    languages = set(db.session.scalars(select(FeedbackItem.language).distinct()))

    assert languages == {"en", "el", "bg", "fr", "de", "es"}


def test_the_story_never_lies_in_the_future_and_keeps_its_order(in_context: Flask):
    now = utc_now()

    for review in db.session.scalars(select(Review).where(Review.fictional)):
        told = db.session.scalars(
            select(JournalEntry.at).where(JournalEntry.review_id == review.id).order_by(JournalEntry.id)
        ).all()
        assert told == sorted(told)
        assert max(told) < now


def test_visits_fall_on_weekdays_but_for_todays(in_context: Flask):
    visits = db.session.scalars(select(Review).where(Review.fictional, Review.stage != "visiting"))

    days = {day.weekday() for visit in visits for day in (visit.starts_on, visit.ends_on)}

    assert days <= set(range(5))


def test_every_published_review_has_its_frozen_report(in_context: Flask):
    published = set(db.session.scalars(select(Review.id).where(Review.published_at.is_not(None))))

    frozen = set(db.session.scalars(select(Report.review_id).where(Report.number == 1)))

    assert (frozen, len(published)) == (published, 25 + 4)


def test_no_letter_of_the_story_waits_to_be_sent(in_context: Flask):
    waiting = db.session.scalar(select(func.count(Letter.id)).where(Letter.sent_at.is_(None)))

    assert (waiting, count(Letter) > 100) == (0, True)


@pytest.mark.parametrize("story", files.stories(), ids=lambda story: story["ref"])
def test_what_is_written_fits_the_forms(story):
    method = method_file.build(METHOD)
    questions = {
        (section.name, question.key): question
        for section in method.forms["practice"].sections
        for question in section.questions
    }
    item_questions = {question.key: question for question in method.forms["feedback_item"].questions}

    faults = [
        (section, key)
        for section, answers in story.get("practice", {}).items()
        for key, value in answers.items()
        if not _fits(questions.get((section, key)), value)
    ]
    faults += [
        (item["headline"], key)
        for written in story.get("returns", {}).values()
        for item in written["items"]
        for key, value in item.items()
        if key not in ("id", "kind", "q", "anonymous", "language") and not _fits(item_questions.get(key), value)
    ]

    assert faults == []


def _fits(question, value) -> bool:
    if question is None:
        return False
    if isinstance(value, str):
        chosen = not question.options or value in {option.value for option in question.options}
        return chosen and len(value) <= question.limit and clean_text(value) == value
    if question.options:
        return set(value) <= {option.value for option in question.options}
    columns = {column.key: column for column in question.columns}
    return all(_fits(columns.get(key), inner) for row in value for key, inner in row.items())
