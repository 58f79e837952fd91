"""Publication: frozen and numbered at once, corrected by a new edition, opened to more readers, never to fewer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from review_app.domain.errata import Change, Erratum
from review_app.domain.printing import Form
from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.vocabulary import Attribution, Level
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem
from review_app.models.publishing import Progress, Rendering, Report
from review_app.models.review import JournalEntry
from review_app.queries import reports, seats
from review_app.reports.frozen.snapshot import Snapshot
from review_app.services import publishing
from review_app.services.publishing import Release
from tests.synthesis_world import seat_of, sign_all


@pytest.fixture
def seat(in_context, world):
    seat = seat_of(world, "sign_off", "secretariat")
    sign_all(seat.review, seat.person)
    return seat


def _again(seat):
    return seats.seat_at(seat.review, seat.person)


def _release(seat, **more):
    return Release(**({"confirmed": seat.review.title, "level": Level.MEMBERS} | more))


def _snapshot(report):
    return Snapshot.model_validate_json(report.snapshot)


def test_the_secretariat_publishes_number_one(seat):
    report = publishing.publish(_release(seat, funding="Paid by the city."), seat)

    review, snapshot = seat.review, _snapshot(report)
    assert (review.stage, review.level, review.funding) == ("published", Level.MEMBERS, "Paid by the city.")
    assert (snapshot.number, snapshot.level, snapshot.draft) == (1, Level.MEMBERS, None)
    assert snapshot.funding == "Paid by the city."
    assert snapshot.frozen_on == publishing.today(review)


def test_its_print_is_asked_for_in_the_same_transaction(seat):
    report = publishing.publish(_release(seat), seat)

    asked = select(Rendering.form, Rendering.progress).where(Rendering.digest == report.digest)
    assert {tuple(row) for row in db.session.execute(asked)} == {
        (Form.PDF, Progress.WAITING),
        (Form.PDFA, Progress.WAITING),
    }


@pytest.mark.parametrize("typed", ["Walk", "", "another-review"])
def test_nothing_is_published_without_the_name_of_the_review(seat, typed):
    with pytest.raises(Unacceptable, match="Type the title of the review"):
        publishing.publish(_release(seat, confirmed=typed), seat)

    assert (seat.review.stage, seat.review.published_at) == ("sign_off", None)


def test_the_reference_confirms_as_well(seat):
    publishing.publish(_release(seat, confirmed=f"  {seat.review.ref.upper()} "), seat)

    assert seat.review.stage == "published"


def test_an_embargo_ends_in_the_future(seat):
    yesterday = datetime.now(UTC) - timedelta(days=1)

    with pytest.raises(Unacceptable, match="must end in the future"):
        publishing.publish(_release(seat, embargo_until=yesterday), seat)


def test_nothing_is_published_before_all_have_signed(in_context, world):
    seat = seat_of(world, "sign_off", "secretariat")

    with pytest.raises(Refused, match="must each sign the report"):
        publishing.publish(_release(seat), seat)


def test_the_host_cannot_publish(in_context, world):
    seat = seat_of(world, "sign_off", "host coordinator")

    with pytest.raises(Refused, match="not for you"):
        publishing.publish(_release(seat), seat)


def test_nothing_is_published_without_a_funding_line(seat):
    seat.review.funding = ""

    with pytest.raises(Refused, match="funding line"):
        publishing.publish(_release(seat), seat)
    publishing.fund(" Nobody outside pays. ", seat)
    publishing.publish(_release(seat), _again(seat))

    assert seat.review.funding == "Nobody outside pays."


def test_an_erratum_is_a_new_edition_and_the_old_one_stays(seat):
    first = publishing.publish(_release(seat), seat)
    before = first.snapshot

    second = publishing.correct("2 140 people, not 2 410.", _again(seat))
    third = publishing.correct("And in 2025.", _again(seat))

    assert (first.snapshot, _snapshot(second).number, _snapshot(third).number) == (before, 2, 3)
    assert [line.text for line in _snapshot(third).erratum] == [
        "2 140 people, not 2 410.",
        "And in 2025.",
    ]
    assert reports.published(seat.review) is third


def test_an_erratum_says_something(seat):
    publishing.publish(_release(seat), seat)

    with pytest.raises(Unacceptable, match="what was wrong"):
        publishing.correct(" ", _again(seat))


def test_the_level_is_raised_and_the_new_edition_says_so(seat):
    publishing.publish(_release(seat), seat)

    report = publishing.raise_level(Level.PUBLIC, _again(seat))

    snapshot = _snapshot(report)
    assert (seat.review.level, snapshot.number, snapshot.level) == (Level.PUBLIC, 2, Level.PUBLIC)
    assert snapshot.erratum == (Erratum(Change.OPENED_TO_ALL, publishing.today(seat.review)),)


@pytest.mark.parametrize("level", [Level.PARTICIPANTS, Level.MEMBERS])
def test_the_level_is_never_lowered(seat, level):
    publishing.publish(_release(seat), seat)

    with pytest.raises(Unacceptable, match="not to fewer"):
        publishing.raise_level(level, _again(seat))


def test_each_step_stands_in_the_record(seat):
    publishing.publish(_release(seat), seat)
    publishing.correct("One line.", _again(seat))
    publishing.raise_level(Level.PUBLIC, _again(seat))

    lines = db.session.execute(
        select(JournalEntry.action, JournalEntry.note)
        .where(JournalEntry.review_id == seat.review.id)
        .order_by(JournalEntry.id.desc())
        .limit(3)
    ).all()
    assert [tuple(line) for line in reversed(lines)] == [
        ("publish", "members"),
        ("issue an erratum", "One line."),
        ("raise the level", "public"),
    ]


def test_the_same_draft_is_the_same_report(in_context, world):
    seat = seat_of(world, "drafting", "rapporteur")

    first, second = publishing.print_draft(seat), publishing.print_draft(seat)

    assert first is second
    assert (first.number, _snapshot(first).draft.made_by) == (None, seat.person.name)


def test_another_person_s_draft_is_another_one(in_context, world):
    mine = publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
    yours = publishing.print_draft(seat_of(world, "drafting", "lead reviewer"))

    assert mine.digest != yours.digest


def test_a_published_review_that_came_without_a_report_gets_one(in_context, world):
    review = world.review("closed")
    for report in db.session.scalars(select(Report).where(Report.review_id == review.id)):
        db.session.delete(report)
    db.session.flush()

    snapshot = publishing.snapshot_of(review, made_by="nobody")
    made = publishing.issue_missing()

    assert (made, snapshot.number, snapshot.draft) == (1, 1, None)
    assert reports.published(review).digest == snapshot.sha256


def test_consent_withdrawn_before_freezing_is_kept(in_context, world):
    seat = seat_of(world, "drafting", "rapporteur")
    before = publishing.freeze_draft(seat.review, "x")
    from_all = [
        name for section in before.sections for one in (*section.messages, *section.singles) for name in one.named
    ]
    for row in db.session.scalars(select(FeedbackItem)):
        row.attribution = Attribution.ANONYMOUS
    db.session.flush()

    after = publishing.freeze_draft(seat.review, "x")

    assert from_all != []
    assert [one.named for section in after.sections for one in (*section.messages, *section.singles) if one.named] == []
    assert {one.city for one in after.take_homes} == {None}


def test_everything_released_is_in_the_report_and_nothing_else(in_context, world):
    snapshot = publishing.freeze_draft(world.review("feedback"), "x")
    text = snapshot.to_bytes().decode()

    assert "The safety course is in English only" not in text
    assert "One skipper's name came up three times" not in text
