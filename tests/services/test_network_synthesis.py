"""A synthesis is begun and filled: reviews are chosen, texts written, themes made, statements coded."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.vocabulary import ItemKind, Level
from review_app.extensions.database import db
from review_app.models.base import new_key, utc_now
from review_app.models.history import Revision
from review_app.models.network_synthesis import Synthesis
from review_app.queries import network_synthesis as reading
from review_app.queries import synthesis_candidates as candidates
from review_app.queries.synthesis_candidates import Wanted
from review_app.services import network_synthesis, synthesis_coding, synthesis_themes
from review_app.services.network_synthesis import Start, Texts
from review_app.services.synthesis_coding import NOWHERE
from review_app.services.synthesis_coding import Wanted as Statements
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


def test_nothing_of_a_synthesis_is_made_for_a_title_of_strange_signs(secretariat):
    assert made.begun(secretariat, title="Ελλάδα").ref.startswith("synthesis")
    assert db.session.scalar(select(Synthesis.title).where(Synthesis.title == "Ελλάδα")) == "Ελλάδα"
