"""The visibility table, read back against METHOD.md 2 as a person would write it down."""

from datetime import UTC, datetime, timedelta

import pytest

from review_app.domain.attribution import may_withdraw
from review_app.domain.visibility import Moment, Reach, Thing, reach
from review_app.domain.vocabulary import Level, Role

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
STAGES = [
    "draft", "scoping", "recruiting", "preparing", "ready", "visiting", "feedback",
    "drafting", "fact_check", "sign_off", "published", "responding", "following_up", "closed",
]  # fmt: skip
LATE = STAGES.index("published")
EDITORS = {Role.SECRETARIAT, Role.LEAD_REVIEWER, Role.RAPPORTEUR}
HOSTS = {Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR}
INSIDE = EDITORS | HOSTS | {Role.PEER, Role.OBSERVER}


def _moment(stage, **more):
    return Moment(standing=stage, now=NOW, **more)


def _seen_by(thing, moment):
    return {role: got for role in Role if (got := reach(thing, {role}, moment)) is not Reach.NONE}


@pytest.mark.parametrize("stage", STAGES)
def test_the_host_never_sees_a_return(stage):
    assert _seen_by(Thing.RETURN, _moment(stage)).keys() & HOSTS == set()


@pytest.mark.parametrize("stage", STAGES)
def test_a_peer_sees_other_returns_only_once_feedback_is_closed(stage):
    expected = Reach.SENT if STAGES.index(stage) >= STAGES.index("drafting") else Reach.OWN

    assert reach(Thing.RETURN, {Role.PEER}, _moment(stage)) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(1, Reach.OWN), (0, Reach.SENT), (-1, Reach.SENT)])
def test_the_deadline_opens_the_returns_to_the_peers_to_the_minute(minutes, expected):
    moment = _moment("feedback", feedback_closes=NOW + timedelta(minutes=minutes))

    assert reach(Thing.RETURN, {Role.PEER}, moment) is expected


@pytest.mark.parametrize("stage", STAGES)
def test_messages_reach_the_host_from_the_fact_check_on(stage):
    seen = _seen_by(Thing.MESSAGE, _moment(stage))

    after_feedback = {Role.PEER} if STAGES.index(stage) >= STAGES.index("drafting") else set()
    host = {Role.HOST_COORDINATOR} if STAGES.index(stage) >= STAGES.index("fact_check") else set()
    assert set(seen) == EDITORS | after_feedback | host


@pytest.mark.parametrize("released", [True, False])
def test_the_practice_is_the_hosts_until_it_is_released(released):
    seen = _seen_by(Thing.PRACTICE, _moment("preparing", practice_released=released))

    assert set(seen) == (INSIDE if released else HOSTS | {Role.SECRETARIAT})


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("embargo", [None, -1, 1])
def test_the_report_reaches_whom_its_level_lets_after_the_embargo(stage, level, embargo):
    until = None if embargo is None else NOW + timedelta(days=embargo)
    moment = _moment(stage, level=level, embargo_until=until)

    seen = set(_seen_by(Thing.REPORT, moment))

    expected = set()
    if STAGES.index(stage) >= LATE:
        expected = EDITORS | {Role.HOST_COORDINATOR}
        if embargo != 1:
            expected |= INSIDE
            expected |= {Role.MEMBER} if level in (Level.MEMBERS, Level.PUBLIC) else set()
            expected |= {Role.PUBLIC} if level is Level.PUBLIC else set()
    assert seen == expected


@pytest.mark.parametrize("stage", STAGES)
def test_observers_see_neither_drafts_nor_the_fact_check(stage):
    moment = _moment(stage)

    assert reach(Thing.DRAFT, {Role.OBSERVER}, moment) is Reach.NONE
    assert reach(Thing.FACT_CHECK, {Role.OBSERVER}, moment) is Reach.NONE
    assert reach(Thing.JOURNAL, {Role.OBSERVER}, moment) is Reach.NONE


def test_nothing_is_seen_by_nobody():
    assert {reach(thing, set(), _moment("closed", level=Level.PUBLIC)) for thing in Thing} == {Reach.NONE}


def test_a_consent_is_taken_back_until_the_report_is_published():
    before, after = may_withdraw(published=False), may_withdraw(published=True)

    assert (before.allowed, after.allowed) == (True, False)
    assert after.sentence == "The report is published, so this cannot be taken back here any more."
