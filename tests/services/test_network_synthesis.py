"""A synthesis is begun, filled, coded and published; it never says more than its readers may read."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.vocabulary import ItemKind, Level
from review_app.extensions.database import db
from review_app.models.base import new_key, utc_now
from review_app.models.history import Revision
from review_app.models.network_synthesis import Synthesis, SynthesisCode, SynthesisEdition
from review_app.models.publishing import Rendering
from review_app.queries import network_synthesis as reading
from review_app.queries import synthesis_candidates as candidates
from review_app.queries.synthesis_candidates import Wanted
from review_app.services import network_synthesis, renderings, synthesis_coding, synthesis_publishing, synthesis_themes
from review_app.services.network_synthesis import Start, Texts
from review_app.services.synthesis_coding import NOWHERE
from review_app.services.synthesis_coding import Wanted as Statements
from review_app.services.synthesis_publishing import Release
from review_app.services.synthesis_themes import Chosen, Wording
from tests import network_synthesis_world as made


@pytest.fixture
def secretariat(in_context, world):
    return world.person("secretariat")


@pytest.fixture
def synthesis(secretariat, world):
    return made.with_reviews(world, secretariat)


def test_the_secretariat_begins_a_synthesis_once_however_often_the_form_is_sent(secretariat):
    key, start = new_key(), Start("  Work for  newcomers ", Level.PUBLIC)

    first = network_synthesis.open_synthesis(key, start, secretariat)
    again = network_synthesis.open_synthesis(key, start, secretariat)

    assert (again.id, first.ref, first.title) == (first.id, "work-for-newcomers", "Work for newcomers")


def test_two_syntheses_with_one_title_have_two_references(secretariat):
    refs = [made.begun(secretariat, title="New").ref for _time in range(3)]

    assert refs == ["new-2", "new-3", "new-4"]


@pytest.mark.parametrize(
    "start", [Start(" ", Level.PUBLIC), Start("x" * 151, Level.PUBLIC), Start("A", Level.PARTICIPANTS)]
)
def test_a_synthesis_needs_a_title_and_readers_of_the_network(secretariat, start):
    with pytest.raises(Unacceptable):
        network_synthesis.open_synthesis(new_key(), start, secretariat)


def test_the_candidates_are_narrowed_by_theme_country_method_and_year(secretariat):
    synthesis = made.begun(secretariat, level=Level.PUBLIC)

    def refs(**wanted):
        return {line.ref for line in candidates.listed(synthesis, Wanted(**wanted)).rows}

    assert refs(theme="skills") == {"ghent-2019"}
    assert refs(country="FI") == {"helsinki-2014"}
    assert refs(method="mentoring") == {"cities-grow", "inclucities"}
    assert refs(year=2016) == {"madrid-2016", "paris-2016"}
    assert refs(theme="skills", year=2016) == set()


def test_the_candidates_come_in_pages_with_as_many_statements_however_long_the_list(secretariat, statements):
    synthesis = made.begun(secretariat, level=Level.PUBLIC)
    statements.clear()
    first = candidates.listed(synthesis, Wanted())
    many = len(statements)
    statements.clear()
    last = candidates.listed(synthesis, Wanted(page=99))

    assert (first.total, len(first.rows), last.page, len(last.rows)) == (28, 20, 2, 8)
    assert many == len(statements) == 3
    assert not {line.ref for line in first.rows} & {line.ref for line in last.rows}


def test_only_what_is_out_to_the_readers_can_be_chosen(secretariat, world):
    closed = made.members_only(world)
    for_members, for_all = made.begun(secretariat), made.begun(secretariat, level=Level.PUBLIC)

    assert network_synthesis.choose([closed.ref], for_members) == 1
    with pytest.raises(Unacceptable, match="not out to everybody"):
        network_synthesis.choose([closed.ref], for_all)
    assert closed.ref not in candidates.matching(for_all, Wanted())


@pytest.mark.parametrize("stage", ["draft", "feedback", "sign_off", "cancelled"])
def test_a_review_that_is_not_published_is_no_candidate(secretariat, world, stage):
    synthesis = made.begun(secretariat)

    assert world[stage] not in candidates.matching(synthesis, Wanted())
    with pytest.raises(Unacceptable):
        network_synthesis.choose([world[stage]], synthesis)


def test_a_report_under_embargo_is_no_candidate(secretariat, world):
    review = world.review("published")
    review.embargo_until = utc_now() + timedelta(days=1)
    db.session.flush()

    assert review.ref not in candidates.matching(made.begun(secretariat), Wanted())


def test_choosing_twice_is_choosing_once_and_leaving_out_keeps_the_others(synthesis, world):
    again = network_synthesis.choose([world["published"]], synthesis)
    gone = network_synthesis.leave_out([world["published"], "nobody"], synthesis)

    assert (again, gone) == (0, 1)
    assert [review.ref for review in candidates.chosen(synthesis)] == [
        "weidenhafen-language-at-work",
        "brannholm-harbour-school",
        "valdora-contracts-that-hire",
    ]


def test_the_texts_keep_one_key_finding_a_line_and_every_version(synthesis, secretariat):
    texts = Texts("A title", "Welcome", findings="- One\n\n• Two", method="Two read.", conclusions="Done.")

    network_synthesis.save_texts(texts, synthesis, secretariat, seen_version=synthesis.version)
    network_synthesis.save_texts(
        Texts("A title", findings="Two"), synthesis, secretariat, seen_version=synthesis.version
    )

    of_it = Revision.thing == "synthesis", Revision.thing_id == synthesis.id
    contents = db.session.scalars(select(Revision.content).where(*of_it).order_by(Revision.number)).all()
    assert [one["findings"] for one in contents] == ["", "One\nTwo", "Two"]
    assert [one.text for one in synthesis.findings] == ["Two"]


def test_a_stale_page_does_not_overwrite_a_colleague(synthesis, secretariat):
    seen = synthesis.version
    network_synthesis.save_texts(Texts("Mine"), synthesis, secretariat, seen_version=seen)

    with pytest.raises(Stale) as stale:
        network_synthesis.save_texts(Texts("Theirs"), synthesis, secretariat, seen_version=seen)

    assert stale.value.theirs["title"] == "Mine"
    assert network_synthesis.save_texts(Texts("Mine"), synthesis, secretariat, seen_version=seen) is synthesis


def test_themes_have_parts_an_order_and_a_way_back(synthesis, secretariat):
    staff, money = made.theme(synthesis, secretariat), made.theme(synthesis, secretariat, "Money")
    part = made.theme(synthesis, secretariat, "Contracts", parent=staff.key)
    synthesis_themes.move(money, up=True)
    synthesis_themes.move(money, up=True)
    db.session.expire_all()

    assert [one.name for one in reading.themes_of(synthesis)] == ["Money", "Staff", "Contracts"]
    with pytest.raises(Unacceptable, match="not a part themselves"):
        made.theme(synthesis, secretariat, "Deeper", parent=part.key)
    with pytest.raises(Unacceptable, match="parts of its own"):
        synthesis_themes.save(
            staff.key, Wording("Staff", parent=money.key), synthesis, secretariat, seen_version=staff.version
        )
    with pytest.raises(Unacceptable, match="name"):
        made.theme(synthesis, secretariat, " ")


def test_a_removed_theme_takes_its_parts_and_codes_and_leaves_its_versions(synthesis, secretariat):
    staff = made.theme(synthesis, secretariat)
    part = made.theme(synthesis, secretariat, "Contracts", parent=staff.key)
    made.put_under(synthesis, made.first_lines(synthesis)[0], staff, part)

    synthesis_themes.drop(staff, secretariat)

    assert (reading.themes_of(synthesis), reading.codes_of(synthesis)) == ([], [])
    buried = set(db.session.scalars(select(Revision.thing).where(Revision.thing.startswith("synthesis_theme "))))
    assert len(buried) == 2


def test_a_theme_is_saved_once_under_its_key_and_refuses_a_stale_page(synthesis, secretariat):
    theme = made.theme(synthesis, secretariat)
    seen = theme.version
    synthesis_themes.save(theme.key, Wording("People"), synthesis, secretariat, seen_version=seen)

    with pytest.raises(Stale):
        synthesis_themes.save(theme.key, Wording("Posts"), synthesis, secretariat, seen_version=seen)
    again = synthesis_themes.save(theme.key, Wording("People"), synthesis, secretariat, seen_version=seen)

    assert (again.name, len(reading.themes_of(synthesis))) == ("People", 1)


def test_the_number_of_themes_has_an_end(synthesis, secretariat, monkeypatch):
    monkeypatch.setattr(synthesis_themes, "MOST_THEMES", 1)
    made.theme(synthesis, secretariat)

    with pytest.raises(Unacceptable, match="at most 1 themes"):
        made.theme(synthesis, secretariat, "Money")


def test_two_people_who_tick_at_once_keep_what_both_ticked(synthesis, secretariat):
    staff, money = made.theme(synthesis, secretariat), made.theme(synthesis, secretariat, "Money")
    line = made.first_lines(synthesis)[0]
    made.put_under(synthesis, line, staff)
    made.put_under(synthesis, line, money)
    made.put_under(synthesis, line, money)

    assert made.first_lines(synthesis)[0].themes == {staff.key, money.key}


def test_what_is_unticked_stands_there_no_more_and_a_remark_stays_with_the_theme(synthesis, secretariat):
    staff, money = made.theme(synthesis, secretariat), made.theme(synthesis, secretariat, "Money")
    line = made.first_lines(synthesis)[0]
    made.put_under(synthesis, line, staff, money, remark="Seen on site")
    made.put_under(synthesis, made.first_lines(synthesis)[0], money)

    after = made.first_lines(synthesis)[0]
    assert (after.themes, after.remark) == ({money.key}, "Seen on site")


def test_a_theme_of_another_synthesis_cannot_be_ticked(synthesis, secretariat):
    other = made.theme(made.begun(secretariat, title="Other"), secretariat)
    line = made.first_lines(synthesis)[0]

    with pytest.raises(Unacceptable, match="no longer there"):
        synthesis_themes.code(synthesis, Chosen(line.review, line.mark, frozenset((other.key,))))


def test_the_statements_are_found_by_kind_review_and_theme(synthesis, secretariat, world):
    theme = made.theme(synthesis, secretariat)
    for line in made.first_lines(synthesis):
        made.put_under(synthesis, line, theme)

    def total(**wanted):
        return synthesis_coding.listed(synthesis, Statements(**wanted)).total

    everything = synthesis_coding.listed(synthesis, Statements(page=99))
    assert (everything.total, everything.coded, everything.page, len(everything.rows)) == (58, 2, 6, 8)
    assert total(kind=ItemKind.RECOMMENDATION) == 7
    assert total(ref=world["published"]) == 12
    assert (total(theme=theme.key), total(theme=NOWHERE)) == (2, 56)


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
    assert db.session.scalars(select(Rendering.digest)).all().count(edition.digest) == 1
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
    assert [line.partition(": ")[2] for line in synthesis_publishing.read(second).erratum] == ["A new theme."]
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


def test_nothing_of_a_synthesis_is_made_for_a_title_of_strange_signs(secretariat):
    assert made.begun(secretariat, title="Ελλάδα").ref.startswith("synthesis")
    assert db.session.scalar(select(Synthesis.title).where(Synthesis.title == "Ελλάδα")) == "Ελλάδα"
