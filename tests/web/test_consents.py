"""Consents on the pages: each with its date, taken back by one button until the report is published."""

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import Attribution, Role, Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Person
from review_app.models.privacy import Consent, Matter
from review_app.models.publishing import Report
from review_app.models.review import JournalEntry, Participant, Review
from review_app.models.synthesis import MessageSource
from review_app.services import publishing
from tests.synthesis_world import seat_of


def _item(stage, who="peer@example.org", **wanted):
    """An item of the review at a stage, of a city that this person speaks for, with its key."""
    query = (
        select(FeedbackItem)
        .join(Return)
        .join(Review)
        .join(Participant, Participant.review_id == Return.review_id)
        .join(Person, Person.id == Participant.person_id)
        .where(Review.stage == stage, Review.fictional, Participant.organisation_id == Return.organisation_id)
        .where(Person.email == who, Participant.role == Role.PEER)
        .where(*(getattr(FeedbackItem, name) == value for name, value in wanted.items()))
        .order_by(FeedbackItem.id)
    )
    return db.session.scalars(query).first()


@pytest.fixture
def writer(app):
    """An address that speaks for a city whose named item is in a review at sign-off, and that item's key."""
    with app.app_context():
        return db.session.execute(
            select(Person.email, FeedbackItem.key, Review.ref)
            .join(Participant, Participant.person_id == Person.id)
            .join(Return, Return.review_id == Participant.review_id)
            .join(Review, Review.id == Return.review_id)
            .join(FeedbackItem, FeedbackItem.return_id == Return.id)
            .where(Participant.organisation_id == Return.organisation_id, Participant.role == Role.PEER)
            .where(Review.stage == "drafting", Review.fictional)
            .where(FeedbackItem.attribution == Attribution.CITY, FeedbackItem.use == Use.REPORT)
            .where(FeedbackItem.id.not_in(select(MessageSource.item_id)))
            .order_by(FeedbackItem.id)
        ).first()


def test_a_draft_agrees_to_nothing_until_its_author_says_so(app, enter_as, world):
    with app.app_context():
        db.session.execute(Consent.__table__.delete())
        db.session.commit()
    peer, key = enter_as("peer"), "Q" * 22
    address = f"/reviews/{world['feedback']}/feedback/items/{key}"
    first = {"kind": "lesson", "headline": "One sentence.", "language": "en"}
    peer.post(address, data=first)
    with app.app_context():
        before = db.session.scalars(select(Consent.matter)).all()
    peer.post(address, data=first | {"attribution": "city", "use": "report", "version": "1"})

    with app.app_context():
        after = {row.matter: row.withdrawn_at for row in db.session.scalars(select(Consent))}
    assert (before, after) == ([], {Matter.CITY: None, Matter.USE: None})


def test_the_author_sees_what_was_agreed_and_when(enter_as, writer):
    page = enter_as(writer.email).get("/account/consents").text

    assert page.count("Agreed on ") > 0
    assert f'action="/account/consents/{writer.key}"' in page


def test_a_consent_taken_back_is_gone_from_preview_and_print(app, enter_as, world, writer):
    before = _drafted(app, world)
    answer = enter_as(writer.email).post(f"/account/consents/{writer.key}", data={"matter": "use"})

    headline, after = _headline(app, writer.key), _drafted(app, world)
    preview = enter_as("rapporteur").get(f"/reviews/{writer.ref}/report").text
    assert (answer.status_code, headline in before, headline in after, headline in preview) == (303, True, False, False)


def _drafted(app, world):
    with app.app_context():
        return publishing.freeze_draft(world.review("drafting"), "x").to_bytes().decode()


def _headline(app, key):
    with app.app_context():
        return db.session.scalar(select(FeedbackItem.headline).where(FeedbackItem.key == key))


def test_drafts_printed_before_go_and_the_record_names_nobody(app, enter_as, world, writer):
    with app.app_context():
        publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
        db.session.commit()
    enter_as(writer.email).post(f"/account/consents/{writer.key}", data={"matter": "city"})

    with app.app_context():
        review = world.review("drafting")
        drafts = select(Report.id).where(Report.review_id == review.id, Report.number.is_(None))
        last = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
        consent = db.session.scalar(
            select(Consent).join(FeedbackItem).where(FeedbackItem.key == writer.key, Consent.matter == Matter.CITY)
        )
        assert db.session.scalars(drafts).all() == []
        assert (last.action, last.review_id, last.person_id, last.note) == ("withdraw consent", review.id, None, "")
        assert consent.withdrawn_at is not None
        assert consent.item_id is not None


def test_taking_it_back_twice_is_taking_it_back_once(app, enter_as, writer):
    client = enter_as(writer.email)
    for _time in range(2):
        client.post(f"/account/consents/{writer.key}", data={"matter": "use"})

    with app.app_context():
        lines = select(JournalEntry.id).where(JournalEntry.action == "withdraw consent")
        assert len(db.session.scalars(lines).all()) == 1


def test_after_publication_the_page_says_so_and_whom_to_ask(app, enter_as, world):
    with app.app_context():
        people = (
            select(Person.email)
            .join(Participant)
            .where(Participant.review_id == world.review("published").id, Participant.role == Role.PEER)
        )
        email = db.session.scalars(people.order_by(Person.id)).first()
        key = _item("published", email, use=Use.REPORT).key
    client = enter_as(email)

    page, answer = client.get("/account/consents").text, None
    answer = client.post(f"/account/consents/{key}", data={"matter": "use"})

    assert "cannot be taken back here any more. Write to reviews@localhost." in page
    assert f'action="/account/consents/{key}"' not in page
    assert answer.status_code in (403, 409, 422)
    with app.app_context():
        assert db.session.scalar(select(FeedbackItem.use).where(FeedbackItem.key == key)) is Use.REPORT


@pytest.mark.parametrize("who", ["member", "host coordinator", "rapporteur", "secretariat", "peer"])
def test_nobody_takes_back_what_another_city_agreed_to(app, enter_as, writer, who):
    hidden = enter_as(who).post(f"/account/consents/{writer.key}", data={"matter": "use"})
    missing = enter_as(who).post(f"/account/consents/{'A' * 22}", data={"matter": "use"})

    assert (hidden.status_code, hidden.data) == (missing.status_code, missing.data)
    assert hidden.status_code == 404


def test_an_unknown_matter_is_nothing(enter_as, writer):
    assert enter_as(writer.email).post(f"/account/consents/{writer.key}", data={"matter": "soul"}).status_code == 404


def test_the_list_of_consents_is_paged_and_takes_few_statements(app, enter_as, writer, statements):
    client = enter_as(writer.email)
    client.get("/account/consents")
    statements.clear()
    client.get("/account/consents")

    assert len(statements) <= 10
