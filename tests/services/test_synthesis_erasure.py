"""Somebody is erased: a synthesis that named them is printed anew, its codes go along, its texts name nobody."""

import pytest
from sqlalchemy import select

from review_app.domain.errata import Change
from review_app.domain.privacy import FORMER
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.network_synthesis import SynthesisEdition, SynthesisTheme
from review_app.models.publishing import Rendering
from review_app.queries import own_data, reports
from review_app.reports.kinds import registry
from review_app.services import (
    erasure,
    network_synthesis,
    renderings,
    synthesis_coding,
    synthesis_drafts,
    synthesis_publishing,
)
from review_app.services.network_synthesis import Texts
from review_app.services.synthesis_coding import Wanted
from review_app.services.synthesis_publishing import Release
from review_app.tasks import erasing
from tests import network_synthesis_world as made


@pytest.fixture
def secretariat(in_context, world):
    return world.person("secretariat")


@pytest.fixture
def peer(in_context, world):
    return world.person("peer")


@pytest.fixture
def edition(secretariat, peer, world):
    """A published synthesis over a report that names a peer, and coded by it."""
    _name_in_the_report(peer, world.review("published"))
    synthesis = made.with_reviews(world, secretariat)
    theme = made.theme(synthesis, secretariat, memo=f"As {peer.name} says.")
    found = synthesis_coding.listed(synthesis, Wanted(ref=world["published"])).rows
    made.put_under(synthesis, next(line for line in found if peer.name in line.said.headline), theme)
    texts = Texts(synthesis.title, foreword=f"Thanks to {peer.name}.", findings=f"{peer.name} saw it.")
    network_synthesis.save_texts(texts, synthesis, secretariat, seen_version=synthesis.version)
    return synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS), synthesis, secretariat)


def _name_in_the_report(person, review):
    report = reports.published(review)
    before = registry.read(report.snapshot)
    first, *others = before.sections
    spoken = first.messages[0].model_copy(update={"headline": f"{person.name} mends first."})
    section = first.model_copy(update={"messages": (spoken, *first.messages[1:])})
    after = before.model_copy(update={"sections": (section, *others)})
    report.snapshot, report.digest = after.to_bytes().decode(), after.sha256
    db.session.flush()


def _erase(person, app):
    name = person.name
    erasure.erase(person, settings=app.config["SETTINGS"])
    db.session.commit()
    return name


def test_a_published_synthesis_is_printed_anew_under_its_number_without_the_name(edition, peer, in_context):
    digest = edition.digest
    name = _erase(peer, in_context)

    again = db.session.get_one(SynthesisEdition, edition.id)
    paper = synthesis_publishing.read(again)
    assert (again.number, paper.number, again.digest == paper.sha256) == (1, 1, True)
    assert again.digest != digest
    assert name not in again.snapshot
    assert f"{FORMER} mends first." in {one.headline for one in paper.statements}
    assert [one.change for one in paper.erratum] == [Change.NAME_TAKEN_OUT]
    assert db.session.scalar(select(Rendering.id).where(Rendering.digest == again.digest)) is not None


def test_the_code_goes_along_with_the_new_wording(edition, peer, in_context):
    synthesis = edition.synthesis
    _erase(peer, in_context)

    found = synthesis_coding.listed(synthesis, Wanted())
    assert (found.coded, found.lost) == (1, 0)
    assert [line.said.headline for line in found.rows if line.themes] or found.total > len(found.rows)
    draft = synthesis_publishing.draft_of(synthesis, made_by="")
    assert draft.statements[draft.themes[0].cited[0].statement].headline == f"{FORMER} mends first."


def test_the_texts_and_their_versions_name_nobody(edition, peer, in_context):
    synthesis = edition.synthesis
    name = _erase(peer, in_context)

    assert synthesis.foreword == f"Thanks to {FORMER}."
    assert [one.text for one in synthesis.findings] == [f"{FORMER} saw it."]
    memos = db.session.scalars(select(SynthesisTheme.memo).where(SynthesisTheme.synthesis_id == synthesis.id)).all()
    assert memos == [f"As {FORMER} says."]
    kept = db.session.scalars(select(Revision.content).where(Revision.thing.startswith("synthesis"))).all()
    assert [content for content in kept if name in str(content)] == []


def test_a_synthesis_that_names_nobody_is_left_alone(in_context, peer, world):
    shown = db.session.scalars(select(SynthesisEdition)).one()
    digest = shown.digest
    _erase(peer, in_context)

    assert db.session.get_one(SynthesisEdition, shown.id).digest == digest


def test_drafts_that_the_person_printed_or_that_name_them_go_with_their_prints(
    edition, peer, secretariat, world, in_context
):
    synthesis = edition.synthesis
    naming = synthesis_drafts.freeze(synthesis, secretariat)
    renderings.ask(naming.digest)
    other = made.begun(secretariat, title="Another")
    network_synthesis.choose([world["following_up"], world["closed"]], other)
    theirs, mine = (synthesis_drafts.freeze(other, who) for who in (peer, secretariat))
    digests = {name: draft.digest for name, draft in (("naming", naming), ("theirs", theirs), ("mine", mine))}
    for digest in digests.values():
        renderings.ask(digest)
    _erase(peer, in_context)

    drafts = select(SynthesisEdition.digest).where(SynthesisEdition.number.is_(None))
    asked = select(Rendering.digest).where(Rendering.digest.in_(digests.values()))
    assert db.session.scalars(drafts).all() == [digests["mine"]]
    assert db.session.scalars(asked).all() == [digests["mine"]]


def test_a_report_that_is_no_review_s_leaves_codes_where_they_are(edition):
    paper = synthesis_publishing.read(edition)

    synthesis_coding.follow(1, paper, paper)

    assert synthesis_coding.listed(edition.synthesis, Wanted()).coded == 1


def test_whoever_published_finds_it_in_their_own_data(edition, secretariat):
    mine = own_data.of(secretariat)

    assert {"synthesis": edition.synthesis.title, "number": 1} == {
        name: value for name, value in mine["reports you froze or printed"][-1].items() if name != "made at"
    }
    synthesis_drafts.freeze(edition.synthesis, secretariat)
    assert own_data.of(secretariat)["reports you froze or printed"][-1]["number"] == "draft"
    assert {"texts of a synthesis", "theme of a synthesis"} <= {row["what"] for row in mine["texts you saved"]}


def test_the_print_of_a_synthesis_outlives_every_clearing_up(edition, peer, in_context):
    settings = in_context.config["SETTINGS"]
    settings.reports_dir.mkdir(parents=True, exist_ok=True)
    before = renderings.file_of(edition.digest, settings.reports_dir)
    others = select(SynthesisEdition.digest).where(SynthesisEdition.id != edition.id)
    other = renderings.file_of(db.session.scalars(others).first(), settings.reports_dir)
    for path in (before, other):
        path.write_bytes(b"%PDF-1.7")
    _erase(peer, in_context)

    erasing.finish(settings)

    assert (before.exists(), other.exists()) == (False, True)
