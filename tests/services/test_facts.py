"""The fact check: the host comments, the team answers, and only what was answered is printed as the host's view."""

import pytest

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.domain.report_parts import GONE, about_message, label_of
from review_app.domain.vocabulary import Attribution, CommentAnswer, CommentKind, Regime, Use
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.queries import fact_check, report_material
from review_app.services import facts, messages
from review_app.services.facts import Remark
from tests.synthesis_world import free_items, messages_of, seat_of


@pytest.fixture
def host(in_context, world):
    return seat_of(world, "fact_check", "host coordinator")


@pytest.fixture
def team(in_context, world):
    return seat_of(world, "fact_check", "rapporteur")


def _remark(**more):
    given = {"about": "part:practice", "kind": CommentKind.FACTUAL_ERROR, "comment": "It was 2024."}
    return Remark(**(given | more))


def _comment(host, **more):
    return facts.comment(new_key(), _remark(**more), host)


def _answer(row, team, answer=CommentAnswer.ADOPTED, reason=""):
    facts.answer(row, answer, team, reason=reason, seen_version=row.version)


def test_a_comment_waits_until_the_team_answers_it(host, team):
    before = fact_check.counts(host)
    row = _comment(host)
    waiting = fact_check.counts(host)

    _answer(row, team)

    assert (waiting.waiting, waiting.answered) == (before.waiting + 1, before.answered)
    assert fact_check.counts(host).answered == before.answered + 1


@pytest.mark.parametrize("answer", [CommentAnswer.PARTLY, CommentAnswer.DECLINED])
def test_what_is_not_adopted_in_full_needs_a_reason(host, team, answer):
    row = _comment(host)

    with pytest.raises(Unacceptable, match="Say why"):
        _answer(row, team, answer)
    _answer(row, team, answer, "The figure is of 2023.")

    assert (row.answer, row.reason) == (answer, "The figure is of 2023.")


def test_an_answered_comment_is_changed_no_more(host, team):
    row = _comment(host)
    _answer(row, team)

    with pytest.raises(Unacceptable, match="answered this comment already"):
        facts.comment(row.key, _remark(comment="Another"), host, seen_version=row.version)
    with pytest.raises(Unacceptable, match="answered this comment already"):
        facts.withdraw(row, host)


def test_a_comment_can_be_changed_and_taken_back_before(host):
    row = _comment(host)

    facts.comment(row.key, _remark(comment="It was 2025."), host, seen_version=row.version)
    changed = row.comment
    facts.withdraw(row, host)

    assert (changed, fact_check.find(row.key, host)) == ("It was 2025.", None)


def test_two_hosts_do_not_overwrite_each_other(host):
    row = _comment(host)
    seen = row.version
    facts.comment(row.key, _remark(comment="It was 2025."), host, seen_version=seen)

    with pytest.raises(Stale):
        facts.comment(row.key, _remark(comment="It was 2026."), host, seen_version=seen)


def test_two_answers_do_not_overwrite_each_other(host, team):
    row = _comment(host)
    seen = row.version
    facts.answer(row, CommentAnswer.ADOPTED, team, reason="", seen_version=seen)

    with pytest.raises(Stale):
        facts.answer(row, CommentAnswer.DECLINED, team, reason="No", seen_version=seen)


@pytest.mark.parametrize("about", ["part:nothing", "message:AAAAAAAAAAAAAAAAAAAAAA", ""])
def test_a_comment_is_about_something_that_is_there(host, about):
    with pytest.raises(Unacceptable, match="what the comment is about"):
        _comment(host, about=about)


def test_a_comment_says_something(host):
    with pytest.raises(Unacceptable, match="Write your comment"):
        _comment(host, comment=" ")


def test_only_a_disagreement_is_printed_as_a_view(host):
    with pytest.raises(Unacceptable, match="Only a disagreement"):
        _comment(host, print_view=True)


def test_a_view_is_printed_once_it_is_answered(host, team):
    headline = messages_of(host.review)[0].headline
    about = about_message(messages_of(host.review)[0].key)
    row = _comment(host, about=about, kind=CommentKind.DISAGREEMENT, comment="We see it otherwise.", print_view=True)
    before = [view.text for view in report_material.of(host.review).views]

    _answer(row, team, CommentAnswer.DECLINED, "It is a judgement.")

    views = {view.about: view.text for view in report_material.of(host.review).views}
    assert "We see it otherwise." not in before
    assert views[headline] == "We see it otherwise."


def test_a_comment_on_a_removed_message_says_so(host, team):
    message = messages_of(host.review)[0]
    row = _comment(host, about=about_message(message.key))

    messages.drop(message, team)

    assert fact_check.entry(row, host).about == GONE


def test_peers_read_the_log_and_write_nothing(in_context, world):
    peer = seat_of(world, "fact_check", "sandro.vietti@example.org")

    assert fact_check.counts(peer).total == 4
    with pytest.raises(Refused):
        _comment(peer)


def test_observers_and_members_read_nothing_of_it(in_context, world):
    for who in ("observer", "member"):
        seat = seat_of(world, "fact_check", who)

        assert fact_check.counts(seat).total == 0
        assert (fact_check.entries(seat, 4).rows, fact_check.notes(seat).total) == ((), 0)


def test_comments_that_wait_come_first(host):
    found = fact_check.entries(host, fact_check.counts(host).total).rows

    assert [entry.answer is None for entry in found] == [True, True, False, False]


def test_the_host_reads_what_is_for_its_eyes_only(host):
    notes = fact_check.notes(host).rows

    assert [(note.headline, note.city) for note in notes] == [
        ("The councillor should stay away from the doorstep.", "")
    ]


def test_a_note_names_its_city_in_a_group_large_enough_and_by_consent(host):
    items = {item.city_return.organisation_id: item for item in free_items(host.review)}
    for item in items.values():
        item.use, item.attribution = Use.HOST_ONLY, Attribution.CITY
    db.session.flush()

    named = sorted(note.city for note in fact_check.notes(host).rows if note.city)

    assert named == sorted(item.city_return.organisation.name for item in items.values())
    host.review.regime = Regime.CHATHAM_HOUSE
    assert {note.city for note in fact_check.notes(host).rows} == {""}


def test_a_part_of_the_report_has_a_name():
    assert label_of("part:saw", {}) == "What the visitors saw"
    assert label_of("The whole", {}) == "The whole"


def test_the_same_answer_twice_changes_nothing_however_old_the_page_is(host, team):
    row = _comment(host)
    old = row.version
    _answer(row, team)
    answered = row.version

    facts.answer(row, CommentAnswer.ADOPTED, team, reason=" ", seen_version=old)

    assert (row.version, row.answer) == (answered, CommentAnswer.ADOPTED)


def test_the_same_comment_twice_is_no_conflict_however_old_the_page_is(host):
    row = _comment(host)
    old = row.version
    facts.comment(row.key, _remark(comment="It was 2023."), host, seen_version=old)

    again = facts.comment(row.key, _remark(comment="It was 2023."), host, seen_version=old)

    assert (again.id, again.comment) == (row.id, "It was 2023.")


def test_a_comment_of_another_review_is_not_changed_from_here(host, world):
    elsewhere = _comment(host)
    elsewhere.review_id = world.review("published").id
    db.session.flush()

    with pytest.raises(Unacceptable, match="no longer there"):
        facts.comment(elsewhere.key, _remark(comment="Mine now"), host, seen_version=elsewhere.version)

    assert elsewhere.comment == "It was 2024."
