"""Erasure: who asks for it is gone for good, what is the city's stays and names nobody."""

import json

import pytest
from sqlalchemy import select

from review_app.domain.errata import Change
from review_app.domain.privacy import FORMER
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Attribution, NetworkRight, Role, Use
from review_app.extensions.database import db
from review_app.models.access import FailedTry, PersonalLink, Purpose, SignIn
from review_app.models.feedback import FeedbackItem
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole, Person
from review_app.models.privacy import Erasure
from review_app.models.publishing import Rendering, Report
from review_app.models.review import JournalEntry, Mark, Participant
from review_app.queries import reports
from review_app.reports.frozen.snapshot import Snapshot
from review_app.services import access, erasure, history, journal, links, outbox, publishing, sessions, throttle
from review_app.services import feedback as giving
from review_app.services.unsigning import FORMER_IDENTITY, items_of
from tests.synthesis_world import seat_of


@pytest.fixture
def settings(in_context):
    return in_context.config["SETTINGS"]


@pytest.fixture
def peer(in_context, world):
    return world.person("peer")


def _erase(person, settings):
    key = person.key
    erasure.erase(person, settings=settings)
    db.session.commit()
    return key


def _keys(items):
    return {item.key for item in items}


def _save(seat, key, **answers):
    city = next(one for one in seat.review.cities if one.organisation_id in seat.cities).organisation
    kept = {"headline": "A sentence", "attribution": "anonymous", "use": "report", "language": "en"} | answers
    return giving.save(key, seat, city=city, kind="lesson", answers=kept, seen_version=None)


def test_nobody_is_left_behind_a_name_or_an_address(peer, settings):
    key = _erase(peer, settings)

    assert db.session.scalars(select(Person).where(Person.key == key)).all() == []
    assert db.session.scalars(select(Participant.id).where(Participant.person_id == peer.id)).all() == []
    assert db.session.scalars(select(Letter.id).where(Letter.address == peer.email)).all() == []


def test_the_key_stands_in_the_table_and_in_the_file(peer, settings):
    key = _erase(peer, settings)

    row = db.session.scalars(select(Erasure)).one()
    lines = [json.loads(line) for line in (settings.data_dir / "erasures.jsonl").read_text().splitlines()]
    assert (row.key, lines) == (key, [{"key": key, "at": row.at.isoformat()}])


def test_every_way_in_is_closed(peer, settings):
    sessions.begin(peer)
    links.make(Purpose.RESET, email=peer.email, person=peer)
    throttle.count(throttle.subjects("password", peer.email, "198.51.100.7"))
    before = len(db.session.scalars(select(FailedTry)).all())
    _erase(peer, settings)

    assert db.session.scalars(select(SignIn)).all() == []
    assert db.session.scalars(select(PersonalLink).where(PersonalLink.identity == peer.identity)).all() == []
    # What counts for the network the tries came from names nobody and ends by itself.
    assert (before, len(db.session.scalars(select(FailedTry)).all())) == (2, 1)
    assert access.person_by_password("peer@example.org", "harbour-and-hill-2026") is None


def test_what_one_person_said_goes_and_what_the_city_said_stays(in_context, world, settings):
    seat = seat_of(world, "feedback", "peer")
    named = _save(seat, "N" * 22, attribution="city").key
    alone = _save(seat, "A" * 22).key
    both = _save(seat, "B" * 22).key
    colleague = seat_of(world, "feedback", "colleague@example.org")
    item = db.session.scalars(select(FeedbackItem).where(FeedbackItem.key == both)).one()
    history.keep(item, {"headline": "Two wrote this"}, colleague.person)
    db.session.flush()
    going, staying = items_of(seat.person)
    expected = (_keys(going) >= {alone}, _keys(staying) >= {named, both})

    _erase(seat.person, settings)

    left = set(db.session.scalars(select(FeedbackItem.key)))
    assert expected == (True, True)
    assert (alone in left, {named, both} <= left) == (False, True)


def test_no_earlier_version_of_theirs_is_left_and_the_one_that_stands_is_unsigned(in_context, world, settings):
    seat = seat_of(world, "feedback", "peer")
    item = _save(seat, "N" * 22, attribution="city", headline="First words")
    _save_again(seat, item, "Second words")
    number = item.id
    _erase(seat.person, settings)

    kept = db.session.execute(
        select(Revision.number, Person.name, Revision.content)
        .join(Person, Person.id == Revision.person_id)
        .where(Revision.thing == "feedback_item", Revision.thing_id == number)
    ).all()
    assert [(row.number, row.name, row.content["headline"]) for row in kept] == [(2, FORMER, "Second words")]


def _save_again(seat, item, headline):
    city = item.city_return.organisation
    answers = {"headline": headline, "attribution": "city", "use": "report", "language": "en"}
    giving.save(item.key, seat, city=city, kind=item.kind, answers=answers, seen_version=item.version)


def test_a_reused_number_never_costs_somebody_else_their_item(in_context, world, settings):
    seat = seat_of(world, "feedback", "peer")
    mine = _save(seat, "M" * 22)
    number, city = mine.id, mine.city_return.organisation
    giving.drop(mine, seat, city=city)
    other = seat_of(world, "feedback", "colleague@example.org")
    theirs = _save(other, "T" * 22)
    reused = theirs.id == number

    _erase(seat.person, settings)

    assert (reused, db.session.scalar(select(FeedbackItem.key).where(FeedbackItem.id == number))) == (True, "T" * 22)


def test_the_record_of_a_review_says_what_was_done_and_not_by_whom(in_context, world, settings):
    seat = seat_of(world, "feedback", "secretariat")
    peer = world.person("peer")
    journal.write("appoint people", seat, note=f"{peer.email} (peer)")
    journal.write("dismiss", seat, note=f"{peer.name} (peer)")
    mine = seat_of(world, "feedback", "peer")
    journal.write("decline the invitation", mine, reason="A private reason")
    _erase(peer, settings)

    lines = db.session.scalars(
        select(JournalEntry).where(JournalEntry.review_id == seat.review.id).order_by(JournalEntry.id.desc()).limit(4)
    ).all()
    told = [(line.action, line.person.name if line.person else "", line.note, line.reason) for line in lines]
    assert told == [
        (erasure.LEFT, FORMER, "peer", ""),
        ("decline the invitation", FORMER, "", ""),
        ("dismiss", seat.person.name, f"{FORMER} (peer)", ""),
        ("appoint people", seat.person.name, f"{FORMER} (peer)", ""),
    ]


def test_a_signature_stays_without_the_name(in_context, world, settings):
    coordinator = world.person("host coordinator")
    signed = set(db.session.scalars(select(Mark.id).where(Mark.person_id == coordinator.id)))
    _erase(coordinator, settings)

    names = set(db.session.scalars(select(Person.name).join(Mark).where(Mark.id.in_(signed))))
    assert (signed != set(), names) == (True, {FORMER})


def test_one_row_stands_for_everybody_who_was_erased(in_context, world, settings):
    for who in ("peer", "rapporteur", "host coordinator"):
        _erase(world.person(who), settings)

    rows = db.session.scalars(select(Person).where(Person.identity == FORMER_IDENTITY)).all()
    assert [(row.name, row.email, row.is_active) for row in rows] == [(FORMER, "", False)]


def test_a_draft_that_the_person_printed_goes(in_context, world, settings):
    seat = seat_of(world, "drafting", "rapporteur")
    digest = publishing.print_draft(seat).digest
    _erase(seat.person, settings)

    assert db.session.scalars(select(Report.id).where(Report.digest == digest)).all() == []
    assert db.session.scalars(select(Rendering.id).where(Rendering.digest == digest)).all() == []


def test_a_published_report_keeps_its_number_and_loses_the_name(in_context, world, settings):
    peer, review = world.person("peer"), world.review("published")
    report = reports.published(review)
    before = Snapshot.model_validate_json(report.snapshot)
    named = before.model_copy(update={"contact": f"Ask {peer.name}, {peer.email}."})
    report.snapshot, report.digest = named.to_bytes().decode(), named.sha256
    db.session.flush()
    _erase(peer, settings)

    report = reports.published(review)
    after = Snapshot.model_validate_json(report.snapshot)
    assert (after.contact, after.number, report.digest) == (f"Ask {FORMER}, {FORMER}.", before.number, after.sha256)
    assert after.erratum[-1].change is Change.NAME_TAKEN_OUT
    assert after.sections == before.sections
    assert db.session.scalar(select(Rendering.id).where(Rendering.digest == named.sha256)) is None
    assert db.session.scalar(select(Rendering.id).where(Rendering.digest == after.sha256)) is not None


def test_a_later_edition_says_what_was_published_though_its_material_is_gone(in_context, world, settings):
    review = world.review("published")
    before = Snapshot.model_validate_json(reports.published(review).snapshot)
    for row in db.session.scalars(select(FeedbackItem)).all():
        row.attribution, row.use = Attribution.ANONYMOUS, Use.TEAM_ONLY
    db.session.flush()

    after = Snapshot.model_validate_json(
        publishing.correct("One word.", seat_of(world, "published", "secretariat")).snapshot
    )

    assert (after.sections, after.take_homes, after.number) == (before.sections, before.take_homes, before.number + 1)


def test_an_inviter_who_is_erased_invites_as_a_former_participant(in_context, world, settings):
    secretariat, other = world.person("secretariat"), world.person("member")
    access.give_right(other, NetworkRight.SECRETARIAT)
    link = links.make(Purpose.INVITATION, email="new@example.org", by=secretariat)
    outbox.queue("invitation", "new@example.org", values={"link": link.id, "name": "A Newcomer"})
    _erase(secretariat, settings)

    by = db.session.scalar(select(Person.name).where(Person.id == link.invited_by_id))
    values = db.session.scalar(select(Letter.values).where(Letter.address == "new@example.org"))
    assert (by, values) == (FORMER, {"link": link.id, "name": "A Newcomer"})


def test_the_last_one_who_looks_after_the_network_is_told_what_to_do_first(in_context, world, settings):
    with pytest.raises(Unacceptable, match="Somebody must remain who looks after the network"):
        erasure.erase(world.person("secretariat"), settings=settings)

    assert db.session.scalars(select(Erasure)).all() == []
    assert not (settings.data_dir / "erasures.jsonl").exists()


def test_somebody_with_the_right_beside_others_is_erased(in_context, world, settings):
    access.give_right(world.person("member"), NetworkRight.SECRETARIAT)
    key = _erase(world.person("secretariat"), settings)

    assert [row.key for row in db.session.scalars(select(Erasure))] == [key]
    assert len(db.session.scalars(select(NetworkRole)).all()) == 1


def test_whoever_an_old_backup_brings_back_goes_again(in_context, world, settings):
    peer = world.person("peer")
    key, city = _erase(peer, settings), peer.organisation_id
    db.session.add(Person(key=key, email="peer@example.org", identity="peer@example.org", name="Linnea Sandgren"))
    db.session.execute(Erasure.__table__.delete())
    db.session.flush()

    back = erasure.reapply([key], settings=settings)
    again = erasure.reapply([key], settings=settings)

    assert (back, again, city is not None) == (1, 0, True)
    assert db.session.scalars(select(Person).where(Person.key == key)).all() == []
    assert [row.key for row in db.session.scalars(select(Erasure))] == [key]


def test_the_file_alone_is_enough_to_erase_again(in_context, world, settings):
    key = world.person("peer").key
    (settings.data_dir / "erasures.jsonl").write_text(json.dumps({"key": key, "at": ""}) + "\n")

    assert erasure.reapply((), settings=settings) == 1
    assert db.session.scalars(select(Person).where(Person.key == key)).all() == []


def test_a_line_that_a_crash_cut_short_is_written_again(in_context, world, settings):
    first = _erase(world.person("peer"), settings)
    path = settings.data_dir / "erasures.jsonl"
    path.write_bytes(path.read_bytes()[:-9])
    second = _erase(world.person("rapporteur"), settings)

    assert [json.loads(line)["key"] for line in path.read_text().splitlines()] == [first, second]


def test_a_name_of_one_word_is_left_alone_in_what_others_wrote(in_context, world, settings):
    peer = world.person("peer")
    peer.name = "May"
    review = world.review("drafting")
    review.purpose = "In May the peers may come."
    journal.write("dismiss", seat_of(world, "drafting", "secretariat"), note="May (peer)")
    _erase(peer, settings)

    last = db.session.scalar(select(JournalEntry.note).where(JournalEntry.action == "dismiss"))
    assert (world.review("drafting").purpose, last) == ("In May the peers may come.", f"{FORMER} (peer)")


def test_the_roles_of_others_stay(in_context, world, settings):
    others = select(Participant.id).where(Participant.role != Role.PEER).order_by(Participant.id)
    before = list(db.session.scalars(others))
    _erase(world.person("peer"), settings)

    assert list(db.session.scalars(others)) == before
