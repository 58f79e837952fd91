"""A walk of many steps through the machine, against a small model of it that was written separately."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from review_app.domain import method_file
from review_app.domain.facts import Facts, Minimum
from review_app.domain.guards import GUARDS
from review_app.domain.vocabulary import Role
from review_app.domain.workflow import CANCELLED, ON_HOLD

METHOD = method_file.load(method_file.FOLDER / "critical_friend_review.toml")
ORDER = [stage.name for stage in METHOD.stages]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
READY = Facts(
    now=START,
    today=START.date(),
    minimum=Minimum(1, 5, 2),
    questions=3,
    regime_chosen=True,
    dates_set=True,
    visit_ends=date(2026, 3, 1),
    marks=frozenset(
        (name, role)
        for name in ("terms signed", "practice released", "programme confirmed", "report signed", "response recorded")
        for role in (Role.HOST_COORDINATOR, Role.SECRETARIAT, Role.LEAD_REVIEWER)
    ),
    peer_cities=4,
    has_lead_reviewer=True,
    has_rapporteur=True,
    returns_submitted=3,
    feedback_closes=START + timedelta(days=7),
    messages=5,
    funding_stated=True,
)
# What spoils each guard, written by hand from the method's own text and not taken from the code.
SPOILERS = {
    "questions": {"questions": 6},
    "regime": {"regime_chosen": False},
    "signatures": {"marks": frozenset()},
    "peers": {"peer_cities": 1},
    "self review": {"host_among_peers": True},
    "lead": {"has_lead_reviewer": False},
    "rapporteur": {"has_rapporteur": False},
    "code": {"peers_not_ready": ("Norrvik",)},
    "practice": {"practice_missing": ("Title",)},
    "visit": {"visit_ends": date(2026, 3, 9)},
    "silence": {"returns_submitted": 0},
    "late": {"feedback_closes": START - timedelta(days=1)},
    "untraced": {"untraced_messages": 1},
    "withheld": {"unreleased_used": 2},
    "comments": {"open_comments": 1},
    "funding": {"funding_stated": False},
}
# Who moves a review on, and what must not be spoilt: METHOD.md 1.2 as a list of rows.
ROAD = {
    "send to the secretariat": ("draft", "scoping", {"questions"}),
    "start recruiting": ("scoping", "recruiting", {"questions", "regime", "signatures"}),
    "start preparing": ("recruiting", "preparing", {"peers", "self review", "lead", "rapporteur", "code"}),
    "finish preparing": ("preparing", "ready", {"signatures"}),
    "start the visit": ("ready", "visiting", set()),
    "end the visit": ("visiting", "feedback", {"visit"}),
    "end the visit early": ("visiting", "feedback", set()),
    "close feedback": ("feedback", "drafting", {"silence"}),
    "reopen feedback": ("drafting", "feedback", set()),
    "open the fact check": ("drafting", "fact_check", {"untraced", "withheld"}),
    "close the fact check": ("fact_check", "sign_off", {"untraced", "withheld", "comments"}),
    "publish": ("sign_off", "published", {"signatures", "funding"}),
    "await the response": ("published", "responding", set()),
    "start the follow-up": ("responding", "following_up", {"signatures"}),
    "close the review": ("following_up", "closed", set()),
}
FIRST_AND_LAST = (ORDER.index("published"), len(ORDER) - 1)


class Walk(RuleBasedStateMachine):
    """Anybody tries anything, in any order; the engine and the model must always agree."""

    def __init__(self) -> None:
        super().__init__()
        self.stage, self.before = "draft", None
        self.spoilt: set[str] = set()
        self.furthest = 0

    def _facts(self):
        facts = READY
        for name in sorted(self.spoilt):
            facts = replace(facts, **SPOILERS[name])
        return facts

    @rule(what=st.sampled_from(sorted(SPOILERS)))
    def something_goes_wrong_or_right(self, what):
        self.spoilt ^= {what}

    @rule(action=st.sampled_from(sorted(ROAD)), role=st.sampled_from(list(Role)))
    def somebody_tries_to_move_on(self, action, role):
        came_from, led_to, conditions = ROAD[action]

        verdict = METHOD.may(action, {role}, self.stage, self._facts())

        blocked = conditions & self.spoilt
        if "silence" in blocked and "late" in self.spoilt:
            blocked -= {"silence"}  # nobody answered, but the deadline has passed
        expected = role in METHOD.actions[action].by and self.stage == came_from and not blocked
        assert bool(verdict) == expected
        assert bool(verdict) or verdict.sentence % verdict.values
        if verdict:
            self.stage = led_to
            self.furthest = max(self.furthest, ORDER.index(led_to))

    @rule(role=st.sampled_from(list(Role)))
    def somebody_tries_to_pause(self, role):
        allowed = METHOD.may("put on hold", {role}, self.stage, self._facts())

        assert bool(allowed) == (role is Role.SECRETARIAT and self.stage in ORDER[:-1])
        if allowed:
            self.before, self.stage = self.stage, ON_HOLD

    @precondition(lambda self: self.stage == ON_HOLD)
    @rule()
    def the_secretariat_resumes(self):
        assert METHOD.may("resume", {Role.SECRETARIAT}, self.stage, self._facts())

        self.stage = METHOD.target(METHOD.actions["resume"], self.stage, self.before)

        assert self.stage == self.before

    @rule(role=st.sampled_from(list(Role)))
    def somebody_tries_to_cancel(self, role):
        allowed = METHOD.may("cancel", {role}, self.stage, self._facts())

        open_stages = [*ORDER[: ORDER.index("published")], ON_HOLD]
        assert bool(allowed) == (role is Role.SECRETARIAT and self.stage in open_stages)

    @invariant()
    def a_cancelled_or_closed_review_stays_so(self):
        if self.stage in (CANCELLED, "closed"):
            moving = [a for a in METHOD.actions.values() if a.leads_to and self.stage in a.during]
            assert moving == []

    @invariant()
    def feedback_is_taken_only_during_visit_and_feedback_before_the_deadline(self):
        verdict = METHOD.may("give feedback", {Role.PEER}, self.stage, self._facts())

        assert bool(verdict) == (self.stage in ("visiting", "feedback") and "late" not in self.spoilt)


Walk.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestWalk = Walk.TestCase


def test_every_guard_refuses_with_a_whole_sentence():
    nothing = Facts(now=START, today=START.date(), minimum=Minimum(1, 5, 2), host_among_peers=True, peer_cities=0)
    nothing = replace(nothing, peers_not_ready=("A",), practice_missing=("T",), unreleased_used=1, untraced_messages=1)
    nothing = replace(nothing, open_comments=2, feedback_closes=START + timedelta(days=1))

    verdicts = {name: guard.verdict(nothing) for name, guard in GUARDS.items()}

    refused = {name: v.sentence % v.values for name, v in verdicts.items() if not v}
    assert set(GUARDS) - set(refused) == {"the deadline for feedback is ahead"}
    assert all(sentence.endswith((".", "items.")) and "%(" not in sentence for sentence in refused.values())
