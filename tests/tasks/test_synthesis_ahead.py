"""The next draft of a synthesis is made before a writer asks, and never stands before what somebody waits for."""

from itertools import pairwise

import pytest
from sqlalchemy import select, update

from review_app.domain.printing import Basis, Lane
from review_app.extensions.database import db
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Progress, Rendering
from review_app.queries import network_synthesis as reading
from review_app.queries.renderings import in_order
from review_app.services import (
    network_synthesis,
    renderings,
    synthesis_deleting,
    synthesis_drafts,
    synthesis_publishing,
)
from review_app.services.synthesis_publishing import Release
from review_app.tasks import drafting
from review_app.tasks.drafting import Draft
from tests import network_synthesis_world as made


@pytest.fixture
def writer(app, world):
    with app.app_context():
        yield world.person("secretariat")


@pytest.fixture
def synthesis(world, writer):
    return made.with_reviews(world, writer)


def _drafts(synthesis):
    mine = SynthesisEdition.synthesis_id == synthesis.id, SynthesisEdition.number.is_(None)
    return list(db.session.scalars(select(SynthesisEdition).where(*mine).order_by(SynthesisEdition.id)))


def _said_anew(synthesis):
    synthesis.foreword = f"{synthesis.foreword} Said anew."
    db.session.flush()


def test_it_is_the_draft_that_the_writer_would_get_in_english_and_their_own_language(synthesis, writer):
    writer.language = "da"

    synthesis_drafts.make_ahead(synthesis, writer)

    (draft,) = _drafts(synthesis)
    now = synthesis_publishing.draft_of(synthesis, made_by=writer.name)
    languages = set(db.session.scalars(select(Rendering.language).where(Rendering.digest == draft.digest)))
    assert (draft.digest, draft.ahead, draft.made_by_id) == (now.sha256, True, writer.id)
    assert languages == {"en", "da"}


def test_the_next_one_takes_the_place_of_the_one_before_with_its_print(synthesis, writer):
    seen = []
    for _time in range(3):
        synthesis_drafts.make_ahead(synthesis, writer)
        synthesis_drafts.make_ahead(synthesis, writer)
        seen += [one.digest for one in _drafts(synthesis)]
        _said_anew(synthesis)

    assert (len(seen), len(set(seen))) == (3, 3)
    assert [renderings.find(one) is not None for one in seen] == [False, False, True]


def test_whoever_asks_makes_it_theirs_and_keeps_it_when_the_next_is_made(synthesis, writer):
    synthesis_drafts.make_ahead(synthesis, writer)
    row = renderings.find(_drafts(synthesis)[0].digest).id

    asked = synthesis_drafts.freeze(synthesis, writer)
    _said_anew(synthesis)
    synthesis_drafts.make_ahead(synthesis, writer)

    assert (asked.ahead, renderings.find(asked.digest).id) == (False, row)
    assert [one.ahead for one in _drafts(synthesis)] == [False, True]
    assert all(one.digest != two.digest for one, two in pairwise(_drafts(synthesis)))


def test_what_somebody_asked_for_is_printed_first(synthesis, writer, world):
    db.session.execute(update(Rendering).values(progress=Progress.FAILED))
    synthesis_drafts.make_ahead(synthesis, writer)
    other = made.with_reviews(world, writer)
    asked = synthesis_drafts.freeze(other, writer)
    renderings.ask(asked.digest)

    turns = [db.session.get(Rendering, number).digest for number in db.session.scalars(in_order(Lane.QUICK))]

    assert turns == [asked.digest, _drafts(synthesis)[0].digest]


def test_nothing_is_made_of_what_could_not_be_published(world, synthesis, writer):
    network_synthesis.leave_out([world[stage] for stage in made.PUBLISHED[1:]], synthesis)

    synthesis_drafts.make_ahead(synthesis, writer)

    assert _drafts(synthesis) == []


def test_none_is_left_once_it_is_published(synthesis, writer):
    synthesis_drafts.make_ahead(synthesis, writer)
    digest = _drafts(synthesis)[0].digest

    synthesis_publishing.publish(Release(synthesis.ref, synthesis.level), synthesis, writer)

    assert (_drafts(synthesis), renderings.find(digest)) == ([], None)


def test_what_nobody_printed_is_not_counted_when_it_goes_with_the_synthesis(synthesis, writer):
    synthesis_drafts.make_ahead(synthesis, writer)
    digest = _drafts(synthesis)[0].digest

    counted = synthesis_deleting.going(synthesis).prints
    synthesis_deleting.remove(synthesis, writer)

    assert (counted, renderings.find(digest)) == (0, None)


def test_the_task_makes_them_for_writers_who_changed_or_printed_it_and_for_nobody_else(app, world, synthesis, writer):
    asked = synthesis_drafts.freeze(synthesis, writer)
    asked.snapshot = asked.snapshot.replace(writer.name, "Another Name")
    asked.digest = "0" * 64
    number, member = synthesis.id, world.person("member").id
    db.session.commit()

    drafting.make(app, Draft(Basis.SYNTHESIS, number), [member])

    db.session.expire_all()
    assert [(one.ahead, one.made_by_id) for one in _drafts(reading.find(synthesis.ref))] == [
        (False, writer.id),
        (True, writer.id),
    ]
