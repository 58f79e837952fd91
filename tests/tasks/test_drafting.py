"""The next draft is made before somebody asks: once all is quiet, for those who print drafts, and never left lying."""

import pytest
from huey import MemoryHuey
from sqlalchemy import select, update

from review_app.domain.printing import Basis, Lane
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.practice import PracticeSection
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries import reports
from review_app.queries.renderings import in_order
from review_app.services import ahead, papers, publishing, renderings
from review_app.services.publishing import Release
from review_app.tasks import Background, drafting
from review_app.tasks.drafting import Draft
from tests.synthesis_world import seat_of, sign_all

NUMBERED = ["highlights", "feedback"]
UNNUMBERED = ["slides", "fiche", "participants", "blank_form"]
THIS = Draft(Basis.REVIEW, 7)


@pytest.fixture
def queue():
    return MemoryHuey("drafts", results=False)


@pytest.fixture
def background(app, queue, monkeypatch):
    """The background work of the app, on a queue in memory."""
    monkeypatch.setattr("review_app.tasks.queue.at", lambda _address: queue)
    monkeypatch.setattr("review_app.tasks.rendering.print_waiting", lambda _app, _lane: 0)
    return Background(app, app.config["SETTINGS"])


def _seat(world, who="rapporteur"):
    return seat_of(world, "drafting", who)


def _ahead():
    return list(db.session.scalars(select(Report).where(Report.ahead).order_by(Report.id)))


def _digests():
    return {one.kind: one.digest for one in _ahead()}


def test_a_task_is_sent_once_and_comes_again_while_somebody_is_at_it(queue, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    sent = [drafting.note(queue, THIS, 1)]
    clock.shift(15)
    sent.append(drafting.note(queue, THIS, 2))
    clock.shift(10)
    left = drafting.left(queue, THIS)
    clock.shift(10)

    assert (sent, left, drafting.left(queue, THIS) <= 0) == ([True, False], pytest.approx(10), True)
    assert drafting.take(queue, THIS) == [2, 1]
    assert drafting.note(queue, THIS, 1)


def test_a_task_that_never_came_is_sent_anew(queue, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    drafting.note(queue, THIS, 1)
    clock.shift(drafting.REST + drafting.FORGOTTEN + 1)

    assert drafting.note(queue, THIS, 1)


def test_one_persons_hasty_saves_are_one_note(background, queue, monkeypatch):
    noted = []
    monkeypatch.setattr(drafting, "note", lambda _queue, *what: bool(noted.append(what)))

    for _save in range(5):
        background.changed(*THIS, 1)
    background.changed(*THIS, 2)

    assert noted == [(THIS, 1), (THIS, 2)]


def test_the_draft_is_made_when_all_is_quiet_for_who_changed_it_and_who_printed_one(app, world, background, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    with app.app_context():
        printed = publishing.print_draft(_seat(world, "lead reviewer"))
        review, maker = printed.review_id, printed.made_by_id
        rapporteur = world.person("rapporteur").id
        _seat(world).review.title = "Another title"
        db.session.commit()
    background.changed(Basis.REVIEW, review, rapporteur)
    background.draft(Basis.REVIEW, review)
    with app.app_context():
        too_early = _ahead()
    clock.shift(drafting.REST + 1)

    background.draft(Basis.REVIEW, review)

    with app.app_context():
        made = _ahead()
        asked = [renderings.find(one.digest).progress for one in made]
        assert too_early == []
        assert {(one.made_by_id, one.kind) for one in made} == {
            *((who, kind) for who in (rapporteur, maker) for kind in NUMBERED),
            *((None, kind) for kind in UNNUMBERED),
        }
        assert asked == [Progress.WAITING] * 8


@pytest.mark.parametrize("kind", NUMBERED)
def test_a_draft_made_ahead_is_shown_to_nobody_until_its_maker_asks(app, world, kind):
    with app.app_context():
        seat = _seat(world)
        ahead.drafts(seat)
        made = next(one for one in _ahead() if one.kind == kind)
        row, before = renderings.find(made.digest).id, (reports.find(made.key, seat, kind), reports.latest(seat, kind))

        report = publishing.print_draft(seat, kind)

        assert before == (None, None)
        assert (report.digest, report.ahead) == (made.digest, False)
        assert [one.kind for one in _ahead()] == [other for other in NUMBERED if other != kind]
        assert (renderings.find(report.digest).id, reports.latest(seat, kind)) == (row, report)


def test_every_numbered_kind_of_the_method_is_drafted_ahead_as_it_would_be_printed(app, world):
    with app.app_context():
        seat = _seat(world)
        ahead.drafts(seat)

        drafts = {kind: publishing.freeze_draft(seat.review, seat.person.name, kind=kind) for kind in NUMBERED}

        assert publishing.numbered_kinds(seat.review) == tuple(NUMBERED)
        assert _digests() == {kind: draft.sha256 for kind, draft in drafts.items()}


def test_somebody_of_the_same_name_is_not_handed_what_was_made_for_another(app, world):
    with app.app_context():
        seat, other = _seat(world), _seat(world, "lead reviewer")
        other.person.name = seat.person.name
        ahead.drafts(seat)
        draft = publishing.freeze_draft(seat.review, seat.person.name, kind="feedback")

        assert papers.printed_as(draft, seat) is not None
        assert papers.printed_as(draft, other) is None


def test_drafts_that_nobody_asked_for_go_when_the_next_ones_are_made(app, world):
    with app.app_context():
        seat = _seat(world)
        ahead.drafts(seat)
        first = set(_digests().values())
        seat.review.title = "Another title"
        db.session.flush()

        ahead.drafts(seat)

        second = set(_digests().values())
        left = set(db.session.scalars(select(Rendering.digest).where(Rendering.digest.in_(first | second))))
        assert (len(second), first & second) == (2, set())
        assert left == second


def test_a_change_that_one_kind_does_not_print_leaves_its_draft_and_its_print_alone(app, world):
    with app.app_context():
        seat = _seat(world)
        ahead.drafts(seat)
        before, rows = _digests(), {kind: renderings.find(digest).id for kind, digest in _digests().items()}
        _write_on_transfer(seat.review)

        ahead.drafts(seat)

        after = _digests()
        assert (after["highlights"], renderings.find(after["highlights"]).id) == (
            before["highlights"],
            rows["highlights"],
        )
        assert after["feedback"] != before["feedback"]
        assert renderings.find(before["feedback"]) is None


def _write_on_transfer(review):
    query = select(PracticeSection).where(PracticeSection.review_id == review.id, PracticeSection.section == "transfer")
    section = db.session.scalars(query).one()
    section.answers = {**section.answers, "transfer": "A river and two bridges."}
    db.session.flush()


def test_the_same_drafts_are_made_once_and_what_was_printed_stays(app, world):
    with app.app_context():
        seat = _seat(world)
        printed = publishing.print_draft(seat).id
        for _time in range(2):
            ahead.drafts(seat)
        publishing.print_draft(seat, "feedback")
        ahead.drafts(seat)

        assert _ahead() == []
        assert db.session.get(Report, printed) is not None


def test_what_somebody_asked_for_is_printed_before_every_kind_that_is_made_ahead(app, world):
    with app.app_context():
        db.session.execute(update(Rendering).values(progress=Progress.FAILED))
        ahead.drafts(_seat(world))
        made = set(_digests().values())

        asked = publishing.print_draft(_seat(world, "lead reviewer"), "feedback").digest

        turns = [db.session.get(Rendering, number).digest for number in db.session.scalars(in_order(Lane.QUICK))]
        assert (turns[0], set(turns[1:])) == (asked, made)


def test_nothing_made_ahead_is_left_waiting_once_the_review_is_published(app, world):
    with app.app_context():
        seat = seat_of(world, "sign_off", "secretariat")
        sign_all(seat.review, seat.person)
        ahead.drafts(seat)
        made = set(_digests().values())

        publishing.publish(Release(seat.review.ref, Level.MEMBERS), seat)

        left = db.session.scalars(select(Rendering.id).where(Rendering.digest.in_(made))).all()
        assert (len(made), _ahead(), left) == (2, [], [])


def test_who_prints_no_drafts_gets_none(app, world):
    with app.app_context():
        ahead.drafts(_seat(world, "host coordinator"))

        assert _ahead() == []


def test_a_review_that_is_gone_is_no_trouble(app):
    for of in Basis:
        drafting.make(app, Draft(of, 10**6), [1])

    with app.app_context():
        assert _ahead() == []
