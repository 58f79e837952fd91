"""Reads a method file and refuses one that cannot work: unknown names, stages nobody reaches or leaves."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from review_app.domain.forms import Asks, Form, Option, Question, Section
from review_app.domain.guards import GUARDS
from review_app.domain.vocabulary import ItemKind, Level, Regime, Role
from review_app.domain.workflow import (
    CANCELLED,
    ON_HOLD,
    SAME_STAGE,
    Action,
    Deadline,
    Guard,
    Method,
    Numbers,
    Stage,
)

FOLDER = Path(__file__).parent / "methods"
LARGEST = 200_000  # bytes
SIDE_STAGES = (ON_HOLD, CANCELLED)
KINDS_OF_REPORT = ("highlights", "feedback", "slides", "fiche", "participants", "blank_form")


class MethodError(ValueError):
    """A method file that cannot work; `problems` are sentences, each with the place in the file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def load(path: Path) -> Method:
    """Read and validate one method file (TOML). Raises MethodError with every problem found."""
    return build(read(path))


def read(path: Path) -> dict[str, Any]:
    """Return the definition of a method file as plain data. Raises MethodError when it is not TOML."""
    return parsed(path.read_bytes(), path.name)


def parsed(raw: bytes, name: str) -> dict[str, Any]:
    """Return the definition that a file of this name holds. Raises MethodError when it is not TOML."""
    try:
        return tomllib.loads(raw.decode("utf-8").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MethodError([f"{name}: not a TOML file: {error}"]) from error
    except RecursionError as error:
        raise MethodError([f"{name}: nested too deeply"]) from error


def build(definition: Mapping[str, Any]) -> Method:
    """Make a method from its definition. Raises MethodError with every problem found."""
    try:
        method = _assemble(definition)
    except (KeyError, TypeError, ValueError) as error:
        raise MethodError([f"definition: {type(error).__name__}: {error}"]) from error
    problems = [*_unknown_names(definition), *problems_of(method)]
    if problems:
        raise MethodError(problems)
    return method


def problems_of(method: Method) -> list[str]:
    """Return what keeps a method from working, in sentences."""
    return [*_loose_actions(method), *_unreached(method), *_dead_ends(method), *_forms(method)]


def _assemble(data: Mapping[str, Any]) -> Method:
    actions = [_action(row) for row in data["action"]]
    return Method(
        name=data["name"],
        version=int(data["version"]),
        title=data["title"],
        summary=data.get("summary", ""),
        stages=tuple(Stage(**row) for row in data["stage"]),
        actions={action.name: action for action in actions},
        deadlines={row["name"]: Deadline(**row) for row in data["deadline"]},
        forms={row["name"]: _form(row) for row in data.get("form", ())},
        numbers=Numbers(**data["numbers"]),
        reports=tuple(data["reports"]),
        regime=Regime(data["regime"]),
        level=Level(data["level"]),
        reminder_days=tuple(data.get("reminder_days", ())),
    )


def _action(row: Mapping[str, Any]) -> Action:
    named: dict[str, Any] = dict(row)
    named["by"] = frozenset(Role(role) for role in row["by"])
    named["tells"] = frozenset(Role(role) for role in row.get("tells", ()))
    named["during"] = tuple(row["during"])
    named["provided"] = tuple(_guard(name) for name in row.get("provided", ()))
    named["clears"] = tuple(row.get("clears", ()))
    return Action(**named)


def _guard(name: str) -> Guard:
    return GUARDS.get(name) or Guard(name, lambda facts: False, "")


def _form(row: Mapping[str, Any]) -> Form:
    sections = tuple(
        Section(one["name"], one["title"], tuple(_question(q) for q in one["question"]), one.get("lead", ""))
        for one in row["section"]
    )
    return Form(row["name"], row["title"], sections)


def _question(row: Mapping[str, Any]) -> Question:
    named: dict[str, Any] = dict(row)
    named["asks"] = Asks(row.get("asks", "line"))
    named["options"] = tuple(Option(**option) for option in row.get("options", ()))
    named["columns"] = tuple(_question(column) for column in row.get("columns", ()))
    named["kinds"] = tuple(ItemKind(kind) for kind in row.get("kinds", ()))
    return Question(**named)


def _unknown_names(data: Mapping[str, Any]) -> Iterable[str]:
    stages = {row["name"] for row in data["stage"]} | set(SIDE_STAGES)
    deadlines = {row["name"] for row in data["deadline"]}
    for row in data["action"]:
        yield from (f"action “{row['name']}”: unknown guard “{g}”" for g in row.get("provided", ()) if g not in GUARDS)
        targets = {*row["during"], row.get("leads_to") or SAME_STAGE} - {SAME_STAGE}
        yield from (f"action “{row['name']}”: unknown stage “{name}”" for name in sorted(targets - stages))
    for row in data["stage"]:
        if row.get("due") and row["due"] not in deadlines:
            yield f"stage “{row['name']}”: unknown deadline “{row['due']}”"
    yield from (f"unknown report kind “{kind}”" for kind in data["reports"] if kind not in KINDS_OF_REPORT)
    yield from (f"{what} “{name}” stands twice" for what, name in _twice(data))


def _twice(data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for what in ("stage", "action", "deadline", "form"):
        names = [row["name"] for row in data.get(what, ())]
        yield from ((what, name) for name in sorted({name for name in names if names.count(name) > 1}))


def _loose_actions(method: Method) -> Iterable[str]:
    everybody_else = {Role.MEMBER, Role.PUBLIC}
    for action in method.actions.values():
        if not action.by or action.by <= everybody_else:
            yield f"action “{action.name}”: no role can take it"
        if not action.during:
            yield f"action “{action.name}”: no stage allows it"


def _unreached(method: Method) -> Iterable[str]:
    reached = {method.stages[0].name}
    for _round in method.stages:
        reached |= {a.leads_to for a in method.actions.values() if a.leads_to and reached & set(a.during)}
    yield from (f"stage “{stage.name}”: no action leads there" for stage in method.stages if stage.name not in reached)


def _dead_ends(method: Method) -> Iterable[str]:
    last = method.stages[-1].name
    for stage in method.stages:
        onward = [
            action
            for action in method.actions.values()
            if stage.name in action.during and action.leads_to not in (None, SAME_STAGE, stage.name, *SIDE_STAGES)
        ]
        if not onward and stage.name != last:
            yield f"stage “{stage.name}”: nobody can leave it"


def _forms(method: Method) -> Iterable[str]:
    for form in method.forms.values():
        keys = [question.key for question in form.questions]
        yield from (f"form “{form.name}”: key “{key}” stands twice" for key in sorted(set(keys)) if keys.count(key) > 1)
        for question in form.questions:
            if question.asks in (Asks.ONE, Asks.MANY) and not question.options:
                yield f"form “{form.name}”: question “{question.key}” has nothing to choose from"
            if question.asks is Asks.ROWS and not question.columns:
                yield f"form “{form.name}”: question “{question.key}” has no columns"
