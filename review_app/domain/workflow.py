"""The workflow engine: a method says which role may take which action at which stage, and provided that what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from review_app.domain.facts import Facts
from review_app.domain.forms import Form
from review_app.domain.marking import _
from review_app.domain.vocabulary import Level, Regime, Role

ON_HOLD, CANCELLED = "on_hold", "cancelled"
SAME_STAGE = "same"


@dataclass(frozen=True)
class Verdict:
    """May this person take this action now? A refusal is a sentence with named values, for the doors to translate."""

    allowed: bool
    sentence: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Guard:
    """A named condition; `sentence` tells the person what to do first, `values` fills its placeholders."""

    name: str
    holds: Callable[[Facts], bool]
    sentence: str
    values: Callable[[Facts], Mapping[str, Any]] = lambda facts: {}

    def verdict(self, facts: Facts) -> Verdict:
        """Ask the condition of these facts."""
        if self.holds(facts):
            return Verdict(True)
        return Verdict(False, self.sentence, self.values(facts))


@dataclass(frozen=True)
class Stage:
    """One stage in order; `bar` groups stages under one mark of the stage bar, `due` names its deadline."""

    name: str
    label: str
    bar: str = ""
    due: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Deadline:
    """A dated duty: `weeks` from the first ("start") or last ("end") day of the visit, negative before it."""

    name: str
    label: str
    anchor: str
    weeks: float
    grace_minutes: int = 0


@dataclass(frozen=True)
class Action:
    """One row of the method's table; `tells` are the roles that get a letter once it is done."""

    name: str
    label: str
    by: frozenset[Role]
    during: tuple[str, ...]
    leads_to: str | None = None
    provided: tuple[Guard, ...] = ()
    marks: str | None = None
    clears: tuple[str, ...] = ()
    asks_reason: bool = False
    automatic: bool = False
    button: bool = False
    hint: str = ""
    tells: frozenset[Role] = frozenset()

    @property
    def closes_feedback(self) -> bool:
        """Whether it ends the writing of returns: its line in the record then names the cities that sent none."""
        return "feedback" in self.during and self.leads_to == "drafting"


@dataclass(frozen=True)
class Numbers:
    """Minimum and advised numbers of a method."""

    questions: Mapping[str, int]
    peer_cities: Mapping[str, int]
    small_group: int
    minimum_to_submit: Mapping[str, int]


@dataclass(frozen=True)
class Method:
    """A validated method file: stages, actions, deadlines and forms of one kind of review."""

    name: str
    version: int
    title: str
    summary: str
    stages: tuple[Stage, ...]
    actions: Mapping[str, Action]
    deadlines: Mapping[str, Deadline]
    forms: Mapping[str, Form]
    numbers: Numbers
    reports: tuple[str, ...]
    regime: Regime
    level: Level
    reminder_days: tuple[int, ...]

    def stage(self, name: str) -> Stage:
        """Return the stage of this name; KeyError for an unknown one."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)

    def order(self, name: str) -> int:
        """Return the place of a stage in the order of the method, from 0; -1 for on hold and cancelled."""
        names = [stage.name for stage in self.stages]
        return names.index(name) if name in names else -1

    def may(self, action: str, roles: Iterable[Role], stage: str, facts: Facts) -> Verdict:
        """Ask the table: denied unless a row allows, then every guard of that row."""
        row = self.actions.get(action)
        if row is None or not row.by.intersection(roles):
            return Verdict(False, _("This is not for you to do in this review."))
        if stage not in row.during:
            return Verdict(
                False,
                _("This can be done at another stage: %(stages)s."),
                {"stages": self._labels(row.during)},
            )
        for guard in row.provided:
            verdict = guard.verdict(facts)
            if not verdict:
                return verdict
        return Verdict(True)

    def permits(self, action: str, roles: Iterable[Role], stage: str) -> bool:
        """Tell whether the table has a row for these roles at this stage, guards left aside."""
        row = self.actions.get(action)
        return row is not None and bool(row.by.intersection(roles)) and stage in row.during

    def buttons(self, roles: Iterable[Role], stage: str) -> tuple[Action, ...]:
        """Return the actions drawn as buttons for these roles at this stage, in the order of the file."""
        mine = frozenset(roles)
        return tuple(row for row in self.actions.values() if row.button and row.by & mine and stage in row.during)

    def target(self, action: Action, stage: str, stage_before_hold: str | None) -> str | None:
        """Return the stage an action leads to; "same" means where the review stood before it was put on hold."""
        if action.leads_to == SAME_STAGE:
            return stage_before_hold or stage
        return action.leads_to

    def _labels(self, names: Iterable[str]) -> str:
        known = {stage.name: stage.label for stage in self.stages}
        return ", ".join(known.get(name, name) for name in names)
