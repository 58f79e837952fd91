"""Papers without a number are made ahead once for everybody, in the languages of those who may ask next."""

import pytest
from sqlalchemy import select

from review_app.domain.printing import Basis, Lane
from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries.renderings import in_order
from review_app.services import ahead, keeping, papers, publishing, renderings
from review_app.tasks import drafting
from review_app.tasks.drafting import Draft
from tests.synthesis_world import seat_of

UNNUMBERED = {"slides", "fiche", "participants", "blank_form"}


def _seat(world, who="rapporteur"):
    return seat_of(world, "drafting", who)


def _ahead(kind=None):
    made = db.session.scalars(select(Report).where(Report.ahead).order_by(Report.id))
    return [one for one in made if kind in (None, one.kind)]


def _languages(digest):
    return set(db.session.scalars(select(Rendering.language).where(Rendering.digest == digest)))


def test_each_paper_says_what_whoever_asks_would_get(app, world):
    with app.app_context():
        seat, other = _seat(world), _seat(world, "lead reviewer")

        ahead.unnumbered(seat.review, [seat.person])

        made = {one.kind: one for one in _ahead()}
        assert set(made) == UNNUMBERED
        for who in (seat, other):
            kinds = [kind for kind in papers.kinds_for(who) if not kind.is_numbered]
            assert {kind.name for kind in kinds} == UNNUMBERED
            for kind in kinds:
                assert papers.printed_as(papers.paper_for(kind, who), who) is made[kind.name]


def test_they_are_printed_in_english_and_in_the_languages_of_the_people(app, world):
    with app.app_context():
        seat = _seat(world)
        seat.person.language = "fi"

        ahead.unnumbered(seat.review, [seat.person, _seat(world, "host coordinator").person])
        ahead.drafts(seat)

        assert {frozenset(_languages(one.digest)) for one in _ahead()} == {frozenset(("en", "fi"))}


def test_a_person_of_a_language_that_no_report_speaks_gets_english(app, world):
    with app.app_context():
        seat = _seat(world)
        seat.person.language = "tr"

        ahead.drafts(seat)

        assert {frozenset(_languages(one.digest)) for one in _ahead()} == {frozenset(("en",))}


def test_one_that_says_something_else_now_is_made_anew_and_the_others_stay(app, world):
    with app.app_context():
        seat = _seat(world)
        ahead.unnumbered(seat.review, [])
        before = {one.kind: (one.id, one.digest) for one in _ahead()}
        seat.person.name = "Another Name"
        db.session.flush()

        ahead.unnumbered(seat.review, [])

        after = {one.kind: (one.id, one.digest) for one in _ahead()}
        assert {kind for kind in after if after[kind] != before[kind]} == {"participants"}
        assert renderings.find(before["participants"][1]) is None


@pytest.mark.parametrize("who", ["rapporteur", "lead reviewer"])
def test_whoever_asks_makes_it_theirs_and_is_served_first(app, world, who):
    with app.app_context():
        seat = _seat(world, who)
        ahead.unnumbered(seat.review, [])
        kind = papers.find_kind("fiche", seat)
        row = renderings.find(_ahead("fiche")[0].digest).id
        for one in db.session.scalars(select(Rendering).where(Rendering.digest.not_in([r.digest for r in _ahead()]))):
            one.progress = Progress.FAILED

        report = papers.print_paper(kind, seat)

        assert (report.ahead, report.made_by_id, _ahead("fiche")) == (False, seat.person.id, [])
        assert renderings.find(report.digest).id == row
        assert next(iter(db.session.scalars(in_order(Lane.QUICK)))) == row


def test_what_somebody_cancelled_is_not_begun_again_by_itself(app, world):
    with app.app_context():
        seat = _seat(world)
        report = papers.print_paper(papers.find_kind("fiche", seat), seat)
        renderings.cancel(renderings.find(report.digest))

        ahead.unnumbered(seat.review, [seat.person])

        assert _ahead("fiche") == []
        assert renderings.find(report.digest).progress is Progress.CANCELLED


def test_what_was_made_ahead_of_somebodys_own_print_leaves_that_alone(app, world):
    with app.app_context():
        seat = _seat(world)
        mine = papers.print_paper(papers.find_kind("participants", seat), seat)
        seat.person.name = "Another Name"
        db.session.flush()
        ahead.unnumbered(seat.review, [])
        theirs = keeping.keep_asked(papers.paper_for(papers.find_kind("participants", seat), seat), seat)

        left = db.session.scalars(
            select(Report.id).where(Report.kind == "participants", Report.review_id == mine.review_id)
        )
        assert list(left) == [theirs.id]


def test_they_are_made_though_nobody_who_changed_something_prints_drafts(app, world):
    with app.app_context():
        seat = _seat(world, "host coordinator")
        review, person = seat.review.id, seat.person.id

    drafting.make(app, Draft(Basis.REVIEW, review), [person])

    with app.app_context():
        assert {one.kind for one in _ahead()} == UNNUMBERED


def test_none_is_left_when_the_review_is_published(app, world):
    with app.app_context():
        seat = _seat(world)
        ahead.unnumbered(seat.review, [])
        digests = {one.digest for one in _ahead()}

        keeping.forget_ahead(Report.review_id == seat.review.id)

        assert _ahead() == []
        assert {renderings.find(one) for one in digests} == {None}
        assert publishing.numbered_kinds(seat.review) == ("highlights", "feedback")
