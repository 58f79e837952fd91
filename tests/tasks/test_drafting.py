"""The next draft is made before somebody asks: once all is quiet, for those who print drafts, and never left lying."""

import pytest
from huey import MemoryHuey
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries import reports
from review_app.services import publishing, renderings
from review_app.tasks import Background, drafting
from tests.synthesis_world import seat_of


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


def test_a_task_is_sent_once_and_comes_again_while_somebody_is_at_it(queue, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    sent = [drafting.note(queue, 7, 1)]
    clock.shift(15)
    sent.append(drafting.note(queue, 7, 2))
    clock.shift(10)
    left = drafting.left(queue, 7)
    clock.shift(10)

    assert (sent, left, drafting.left(queue, 7) <= 0) == ([True, False], pytest.approx(10), True)
    assert drafting.take(queue, 7) == [2, 1]
    assert drafting.note(queue, 7, 1)


def test_a_task_that_never_came_is_sent_anew(queue, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    drafting.note(queue, 7, 1)
    clock.shift(drafting.REST + drafting.FORGOTTEN + 1)

    assert drafting.note(queue, 7, 1)


def test_one_persons_hasty_saves_are_one_note(background, queue, monkeypatch):
    noted = []
    monkeypatch.setattr(drafting, "note", lambda _queue, *what: bool(noted.append(what)))

    for _save in range(5):
        background.changed(7, 1)
    background.changed(7, 2)

    assert noted == [(7, 1), (7, 2)]


def test_the_draft_is_made_when_all_is_quiet_for_who_changed_it_and_who_printed_one(app, world, background, travel_to):
    clock = travel_to("2026-06-01T10:00:00Z")
    with app.app_context():
        printed = publishing.print_draft(_seat(world, "lead reviewer"))
        review, maker = printed.review_id, printed.made_by_id
        rapporteur = world.person("rapporteur").id
        _seat(world).review.title = "Another title"
        db.session.commit()
    background.changed(review, rapporteur)
    background.draft(review)
    with app.app_context():
        too_early = _ahead()
    clock.shift(drafting.REST + 1)

    background.draft(review)

    with app.app_context():
        made = _ahead()
        asked = [renderings.find(one.digest).progress for one in made]
        assert too_early == []
        assert {one.made_by_id for one in made} == {rapporteur, maker}
        assert asked == [Progress.WAITING] * 2


def test_a_draft_made_ahead_is_shown_to_nobody_until_its_maker_asks(app, world):
    with app.app_context():
        seat = _seat(world)
        publishing.draft_ahead(seat)
        (made,) = _ahead()
        row, before = renderings.find(made.digest).id, (reports.find(made.key, seat), reports.latest(seat))

        report = publishing.print_draft(seat)

        assert before == (None, None)
        assert (report.digest, report.ahead, _ahead()) == (made.digest, False, [])
        assert (renderings.find(report.digest).id, reports.latest(seat)) == (row, report)


def test_a_draft_that_nobody_asked_for_goes_when_the_next_one_is_made(app, world):
    with app.app_context():
        seat = _seat(world)
        publishing.draft_ahead(seat)
        (first,) = [one.digest for one in _ahead()]
        seat.review.title = "Another title"
        db.session.flush()

        publishing.draft_ahead(seat)

        (second,) = [one.digest for one in _ahead()]
        left = set(db.session.scalars(select(Rendering.digest).where(Rendering.digest.in_((first, second)))))
        assert first != second
        assert left == {second}


def test_the_same_draft_is_made_once_and_what_was_printed_stays(app, world):
    with app.app_context():
        seat = _seat(world)
        printed = publishing.print_draft(seat).id
        for _time in range(2):
            publishing.draft_ahead(seat)

        assert _ahead() == []
        assert db.session.get(Report, printed) is not None


def test_who_prints_no_drafts_gets_none(app, world):
    with app.app_context():
        publishing.draft_ahead(_seat(world, "host coordinator"))

        assert _ahead() == []


def test_a_review_that_is_gone_is_no_trouble(app):
    drafting.make(app, 10**6, [1])

    with app.app_context():
        assert _ahead() == []
