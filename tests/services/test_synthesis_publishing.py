"""A synthesis is drafted and published; it never says more than its readers may read."""

import pytest
from sqlalchemy import func, select

from review_app.domain.printing import Form
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.network_synthesis import SynthesisCode, SynthesisEdition
from review_app.models.publishing import Rendering
from review_app.queries import network_synthesis as reading
from review_app.services import network_synthesis, renderings, synthesis_coding, synthesis_drafts, synthesis_publishing
from review_app.services.synthesis_coding import Wanted as Statements
from review_app.services.synthesis_publishing import Release
from tests import network_synthesis_world as made


@pytest.fixture
def secretariat(in_context, world):
    return world.person("secretariat")


@pytest.fixture
def synthesis(secretariat, world):
    return made.with_reviews(world, secretariat)


def test_the_draft_says_what_people_wrote_and_what_is_counted(synthesis, secretariat):
    theme = made.theme(synthesis, secretariat, memo="It is everywhere.")
    part = made.theme(synthesis, secretariat, "Contracts", parent=theme.key)
    first, second = made.first_lines(synthesis)
    made.put_under(synthesis, first, theme, remark="Seen on site")
    made.put_under(synthesis, second, part)

    draft = synthesis_publishing.draft_of(synthesis, made_by="Mara")

    assert (draft.number, draft.draft.made_by, draft.level) == (None, "Mara", None)
    assert draft.reviews[0].ref == first.ref
    assert draft.themes[0].memo == ("It is everywhere.",)
    assert [(draft.statements[one.statement].headline, one.memo) for one in draft.themes[0].cited] == [
        (first.said.headline, "Seen on site")
    ]
    assert draft.statements[draft.themes[0].parts[0].cited[0].statement].headline == second.said.headline
    assert draft.fictional


def test_a_review_that_is_left_out_leaves_no_statement_behind(synthesis, secretariat):
    theme, line = made.theme(synthesis, secretariat), made.first_lines(synthesis)[0]
    made.put_under(synthesis, line, theme)
    network_synthesis.leave_out([line.ref], synthesis)

    draft = synthesis_publishing.draft_of(synthesis, made_by="")

    assert line.ref not in {entry.ref for entry in draft.reviews}
    assert draft.themes[0].cited == ()


def test_what_a_report_says_no_more_is_told_and_not_printed(synthesis, secretariat):
    theme, line = made.theme(synthesis, secretariat), made.first_lines(synthesis)[0]
    db.session.add(SynthesisCode(theme_id=theme.id, review_id=line.review, statement="0" * 32))
    db.session.flush()

    assert synthesis_coding.listed(synthesis, Statements()).lost == 1
    assert synthesis_publishing.draft_of(synthesis, made_by="").themes[0].cited == ()


def test_publishing_freezes_a_number_and_asks_for_the_print_in_one_go(secretariat, world):
    synthesis = made.with_reviews(world, secretariat, level=Level.PUBLIC)
    edition = synthesis_publishing.publish(Release(synthesis.title, Level.PUBLIC), synthesis, secretariat)

    paper = synthesis_publishing.read(edition)
    assert (edition.number, paper.number, paper.level, paper.erratum) == (1, 1, Level.PUBLIC, ())
    assert synthesis.published_at is not None
    assert db.session.scalars(select(Rendering.digest)).all().count(edition.digest) == len(Form)
    assert paper.sha256 == edition.digest


def test_the_worker_prints_a_synthesis_that_nobody_asked_for(synthesis, secretariat, tmp_path):
    edition = synthesis_publishing.publish(Release(synthesis.ref, Level.MEMBERS), synthesis, secretariat)
    for row in db.session.scalars(select(Rendering)).all():
        db.session.delete(row)
    db.session.flush()

    renderings.sweep(tmp_path)

    claimed = {}
    while (job := renderings.claim()) is not None:
        claimed[job[0]] = job[1].kind
    assert claimed[edition.digest] == "synthesis"


def test_a_members_only_review_never_enters_a_synthesis_for_everybody(synthesis, secretariat, world):
    closed = made.members_only(world)
    statement = next(line for line in synthesis_coding.listed(synthesis, Statements(ref=closed.ref)).rows)
    made.put_under(synthesis, statement, made.theme(synthesis, secretariat))

    with pytest.raises(Unacceptable, match="may read these reports") as refused:
        synthesis_publishing.publish(Release(synthesis.title, Level.PUBLIC), synthesis, secretariat)
    network_synthesis.leave_out([closed.ref], synthesis)
    edition = synthesis_publishing.publish(Release(synthesis.title, Level.PUBLIC), synthesis, secretariat)

    assert closed.title in str(refused.value)
    assert closed.ref not in edition.snapshot
    assert statement.said.headline not in edition.snapshot


def test_a_report_that_was_closed_since_it_was_chosen_is_left_out_of_the_draft_and_told(synthesis, world):
    synthesis.level = Level.PUBLIC
    closed = made.members_only(world)

    draft = synthesis_publishing.draft_of(synthesis, made_by="")

    assert closed.ref not in {entry.ref for entry in draft.reviews}
    assert synthesis_publishing.held_back(synthesis, synthesis.level) == [closed]


@pytest.mark.parametrize(
    ("release", "field"),
    [
        (Release("Something else", Level.MEMBERS), "confirm"),
        (Release("What our reviews say", Level.PARTICIPANTS), "level"),
    ],
)
def test_a_release_without_its_title_or_its_readers_is_refused(synthesis, secretariat, release, field):
    with pytest.raises(Unacceptable) as refused:
        synthesis_publishing.publish(release, synthesis, secretariat)

    assert refused.value.field == field
    assert (
        db.session.scalar(select(func.count(SynthesisEdition.id)).where(SynthesisEdition.synthesis_id == synthesis.id))
        == 0
    )


def test_one_review_is_no_synthesis(secretariat, world):
    synthesis = made.begun(secretariat)
    network_synthesis.choose([world["published"]], synthesis)

    with pytest.raises(Unacceptable, match="at least two"):
        synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS), synthesis, secretariat)


def test_a_later_edition_says_what_is_new_and_never_closes_what_was_open(secretariat, world):
    synthesis = made.with_reviews(world, secretariat, level=Level.PUBLIC)
    synthesis_publishing.publish(Release(synthesis.title, Level.PUBLIC), synthesis, secretariat)
    with pytest.raises(Unacceptable, match="what is new"):
        synthesis_publishing.publish(Release(synthesis.title, Level.PUBLIC), synthesis, secretariat)
    with pytest.raises(Unacceptable, match="more readers, not to fewer"):
        synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS, "x"), synthesis, secretariat)

    second = synthesis_publishing.publish(
        Release(synthesis.title, Level.PUBLIC, "A new theme."), synthesis, secretariat
    )

    assert second.number == 2
    assert [one.text for one in synthesis_publishing.read(second).erratum] == ["A new theme."]
    assert [one.number for one in reading.editions(synthesis)] == [2, 1]


def test_readers_find_what_is_published_for_them_and_nothing_else(synthesis, secretariat, world):
    member = world.person("member")
    hidden = [reading.listed(who, 1).total for who in (None, member)]
    synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS), synthesis, secretariat)

    def seen(who):
        return synthesis.ref in {line.ref for line in reading.listed(who, 1).rows}

    assert (seen(None), seen(member), seen(secretariat)) == (False, True, True)
    assert reading.published(synthesis.ref, None) is None
    assert reading.published(synthesis.ref, member).number == 1
    assert [reading.listed(who, 1).total for who in (None, member)] == [hidden[0], hidden[1] + 1]


def test_the_command_makes_a_synthesis_straight_from_the_25_real_reviews(secretariat, statements):
    refs = made.real_refs()
    statements.clear()

    draft = synthesis_publishing.draft_of_reviews(refs, made_by="command line", title="What 25 reviews say")

    assert len(statements) <= 3
    assert [entry.ref for entry in draft.reviews] == refs
    assert (len(draft.reviews), draft.themes, draft.draft.made_by) == (25, (), "command line")
    assert all(one.is_public_record for one in draft.statements)


@pytest.mark.parametrize("refs", [[], ["nowhere"], ["ghent-2019", "nowhere"]])
def test_the_command_says_which_review_has_no_report_out(secretariat, refs):
    with pytest.raises(Unacceptable, match="No report is out"):
        synthesis_publishing.draft_of_reviews(refs, made_by="")


def test_the_command_leaves_members_reports_to_members(secretariat, world):
    closed = made.members_only(world)

    with pytest.raises(Unacceptable, match=closed.ref):
        synthesis_publishing.draft_of_reviews(["ghent-2019", closed.ref], made_by="")
    draft = synthesis_publishing.draft_of_reviews([closed.ref], made_by="", level=Level.MEMBERS)

    assert [entry.ref for entry in draft.reviews] == [closed.ref]


def _printed(synthesis):
    found = select(SynthesisEdition.digest).where(SynthesisEdition.synthesis_id == synthesis.id)
    return set(db.session.scalars(found.where(SynthesisEdition.number.is_(None))))


def test_a_draft_is_frozen_once_and_the_next_one_of_the_same_person_takes_its_place(synthesis, secretariat, world):
    first = synthesis_drafts.freeze(synthesis, secretariat)
    renderings.ask(first.digest)
    digest = first.digest
    assert synthesis_drafts.freeze(synthesis, secretariat) is first
    theirs = synthesis_drafts.freeze(synthesis, world.person("member"))

    made.theme(synthesis, secretariat, name="New")
    second = synthesis_drafts.freeze(synthesis, secretariat)

    assert _printed(synthesis) == {theirs.digest, second.digest}
    assert renderings.find(digest) is None
    paper = synthesis_publishing.read(second)
    assert (second.number, paper.number, paper.draft.made_by) == (None, None, secretariat.name)
    assert (reading.editions(synthesis), synthesis_publishing.needs_change(synthesis)) == ([], False)


def test_publication_ends_the_drafts_and_numbers_count_on_past_later_ones(synthesis, secretariat):
    synthesis_drafts.freeze(synthesis, secretariat)
    synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS), synthesis, secretariat)
    assert _printed(synthesis) == set()
    synthesis_drafts.freeze(synthesis, secretariat)

    second = synthesis_publishing.publish(Release(synthesis.title, Level.MEMBERS, "New."), synthesis, secretariat)

    assert [one.number for one in reading.editions(synthesis)] == [second.number, 1] == [2, 1]
    assert reading.published(synthesis.ref, secretariat) is second
