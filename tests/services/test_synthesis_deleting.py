"""A draft of a synthesis is deleted with all that was written in it; one that was published stays."""

import pytest
from sqlalchemy import func, select

from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.audit import AuditEntry
from review_app.models.history import Revision
from review_app.models.network_synthesis import (
    Synthesis,
    SynthesisCode,
    SynthesisEdition,
    SynthesisFinding,
    SynthesisReview,
    SynthesisTheme,
)
from review_app.models.publishing import Rendering
from review_app.models.review import Review
from review_app.queries import network_synthesis as reading
from review_app.services import (
    network_synthesis,
    renderings,
    synthesis_deleting,
    synthesis_drafts,
    synthesis_publishing,
    synthesis_themes,
)
from review_app.services.network_synthesis import Texts
from review_app.services.synthesis_deleting import Going
from review_app.services.synthesis_publishing import Release
from tests import network_synthesis_world as made

TABLES = (
    Synthesis, SynthesisCode, SynthesisEdition, SynthesisFinding, SynthesisReview, SynthesisTheme, Revision, Rendering,
)  # fmt: skip


@pytest.fixture
def secretariat(in_context, world):
    return world.person("secretariat")


def _stored():
    """How many rows there are in each table that a synthesis writes into."""
    return {table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) for table in TABLES}


def _written(world, writer):
    """A synthesis with two findings, two themes of which one is a part, a removed one, two codes, a printed draft."""
    synthesis = made.with_reviews(world, writer)
    above = made.theme(synthesis, writer, name="Above")
    part = made.theme(synthesis, writer, name="Part", parent=above.key)
    synthesis_themes.drop(made.theme(synthesis, writer, name="Removed"), writer)
    first, second = made.first_lines(synthesis)
    made.put_under(synthesis, first, above, part)
    made.put_under(synthesis, second, part)
    texts = Texts(synthesis.title, findings="One.\nTwo.")
    network_synthesis.save_texts(texts, synthesis, writer, seen_version=synthesis.version)
    renderings.ask(synthesis_drafts.freeze(synthesis, writer).digest)
    return synthesis


def test_what_goes_is_counted_in_one_statement(secretariat, world, statements):
    synthesis = _written(world, secretariat)
    db.session.flush()
    statements.clear()

    going = synthesis_deleting.going(synthesis)

    assert going == Going(findings=2, themes=2, statements=2, versions=6, prints=1, reviews=4)
    assert len(statements) == 1


def test_a_draft_goes_with_all_that_was_written_in_it_and_nothing_else(secretariat, world):
    other = _written(world, secretariat)
    before, reviews = _stored(), db.session.scalar(select(func.count(Review.id)))
    synthesis = _written(world, secretariat)
    ref = synthesis.ref

    synthesis_deleting.remove(synthesis, secretariat)
    db.session.commit()

    assert _stored() == before
    assert reading.find(ref) is None
    assert synthesis_deleting.going(other) == Going(findings=2, themes=2, statements=2, versions=6, prints=1, reviews=4)
    assert db.session.scalar(select(func.count(Review.id))) == reviews


def test_the_trail_keeps_who_deleted_what_and_nothing_that_was_written(secretariat, world):
    synthesis = _written(world, secretariat)
    ref, who = synthesis.ref, secretariat.key
    synthesis_deleting.remove(synthesis, secretariat)
    db.session.commit()

    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()

    assert (last.action, last.person_key, last.object_key, last.thing) == ("delete a synthesis", who, ref, "members")


def test_a_published_one_stays(secretariat, world):
    synthesis = _written(world, secretariat)
    synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS), synthesis, secretariat)
    before = _stored()

    with pytest.raises(Unacceptable, match="cannot be deleted"):
        synthesis_deleting.remove(synthesis, secretariat)

    assert (_stored(), bool(synthesis_deleting.may_delete(synthesis))) == (before, False)


@pytest.mark.parametrize("act", ["delete", "publish", "choose", "print"])
def test_whoever_comes_after_the_deletion_is_told_so(secretariat, world, act):
    synthesis = made.with_reviews(world, secretariat)
    title, level = synthesis.title, synthesis.level
    db.session.flush()
    db.session.execute(SynthesisReview.__table__.delete())
    db.session.execute(Synthesis.__table__.delete().where(Synthesis.id == synthesis.id))
    acts = {
        "delete": lambda: synthesis_deleting.remove(synthesis, secretariat),
        "publish": lambda: synthesis_publishing.publish(Release(title, level), synthesis, secretariat),
        "choose": lambda: network_synthesis.choose([world["published"]], synthesis),
        "print": lambda: synthesis_drafts.freeze(synthesis, secretariat),
    }

    with pytest.raises(Unacceptable, match="Somebody has deleted this synthesis"):
        acts[act]()


def test_a_deleted_number_hands_no_versions_to_the_next_synthesis(secretariat, world):
    synthesis = _written(world, secretariat)
    number = synthesis.id
    synthesis_deleting.remove(synthesis, secretariat)

    again = made.begun(secretariat)

    themes = Revision.thing.startswith("synthesis_theme ")
    mine = select(Revision.content).where(themes | (Revision.thing == "synthesis"), Revision.thing_id == again.id)
    assert again.id == number
    assert [content["findings"] for content in db.session.scalars(mine)] == [""]
