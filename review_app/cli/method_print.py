"""A method as text to read and to compare: `flask methods show`, and docs/methods."""

from collections.abc import Iterable

from review_app.domain.forms import Form, Question
from review_app.domain.workflow import Action, Method

KINDS = {"start": "the first day", "end": "the last day"}


def printed(method: Method) -> str:
    """Return the whole method as Markdown, ending with a line end."""
    parts = (
        [f"# {method.title} ({method.name}, version {method.version})", "", method.summary, ""],
        _numbers(method),
        _stages(method),
        _diagram(method),
        _actions(method),
        _deadlines(method),
        *(_form(form) for form in method.forms.values()),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _numbers(method: Method) -> list[str]:
    numbers = method.numbers
    rows = [
        ("review questions", _plain(numbers.questions)),
        ("peer cities", _plain(numbers.peer_cities)),
        ("small group", str(numbers.small_group)),
        ("to send a return", _plain(numbers.minimum_to_submit)),
        ("confidentiality regime", method.regime.value),
        ("level of publication", method.level.value),
        ("reports", ", ".join(method.reports)),
        ("reminders, in days from the deadline for feedback", ", ".join(f"{days:+d}" for days in method.reminder_days)),
    ]
    return [*_table(("What", "How much"), rows), ""]


def _stages(method: Method) -> list[str]:
    rows = [
        (str(place), stage.name, stage.label, stage.due, stage.next_step)
        for place, stage in enumerate(method.stages, start=1)
    ]
    return ["## Stages", "", *_table(("", "Stage", "Label", "Due", "Next step"), rows), ""]


def _diagram(method: Method) -> list[str]:
    """Draw what leads from stage to stage, the way onward first."""
    lines = []
    for stage in method.stages:
        lines.append(stage.name)
        lines += [f"  {_arrow(action, stage.name)}" for action in _leading_from(method, stage.name)]
    for side in ("on_hold", "cancelled"):
        leading = _leading_from(method, side)
        lines += [side, *(f"  {_arrow(action, side)}" for action in leading)]
    return ["## State diagram", "", "```", *lines, "```", ""]


def _leading_from(method: Method, stage: str) -> list[Action]:
    leading = [action for action in method.actions.values() if action.leads_to and stage in action.during]
    return sorted(leading, key=lambda action: action.leads_to in ("on_hold", "cancelled"))


def _arrow(action: Action, stage: str) -> str:
    target = "where it stood" if action.leads_to == "same" else action.leads_to
    by = ", ".join(sorted(action.by)) + (", the clock" if action.automatic else "")
    return f"--> {target}: {action.name} ({by})" if target != stage else ""


def _actions(method: Method) -> list[str]:
    rows = [
        (
            action.name,
            ", ".join(sorted(action.by)),
            _during(action, method),
            action.leads_to or "",
            "; ".join(guard.name for guard in action.provided),
            _effects(action),
        )
        for action in method.actions.values()
    ]
    head = ("Action", "By", "During", "Leads to", "Provided that", "Besides")
    return ["## Actions", "", *_table(head, rows), ""]


def _during(action: Action, method: Method) -> str:
    """Return the stages of an action, runs of neighbours as "first – last"."""
    places = sorted({method.order(name) for name in action.during if method.order(name) >= 0})
    others = [name for name in action.during if method.order(name) < 0]
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join([_run(run, method) for run in runs] + others)


def _run(run: list[int], method: Method) -> str:
    first, last = method.stages[run[0]].name, method.stages[run[-1]].name
    if len(run) > 2:
        return f"{first} – {last}"
    return first if first == last else f"{first}, {last}"


def _effects(action: Action) -> str:
    said = [
        f"sets “{action.marks}”" if action.marks else "",
        f"clears {', '.join(f'“{name}”' for name in action.clears)}" if action.clears else "",
        "asks a reason" if action.asks_reason else "",
        f"tells {', '.join(sorted(action.tells))}" if action.tells else "",
        "happens by itself the day after" if action.automatic else "",
    ]
    return "; ".join(one for one in said if one)


def _deadlines(method: Method) -> list[str]:
    rows = [
        (one.name, one.label, f"{one.weeks:+g} weeks from {KINDS[one.anchor]}", f"{one.grace_minutes} minutes")
        for one in method.deadlines.values()
    ]
    return ["## Deadlines", "", *_table(("Duty", "Label", "When", "Grace"), rows), ""]


def _form(form: Form) -> list[str]:
    lines = [f"## Form: {form.title} ({form.name})", ""]
    for section in form.sections:
        rows = [_question(question) for question in section.questions]
        lines += [f"### {section.title} ({section.name})", ""]
        lines += [*_table(("Key", "Question", "Takes", "Needed", "Kinds"), rows), ""]
    return lines


def _question(question: Question) -> tuple[str, ...]:
    chosen = f": {', '.join(option.value for option in question.options)}" if question.options else ""
    columns = f": {', '.join(column.key for column in question.columns)}" if question.columns else ""
    limit = "" if chosen or columns else f", at most {question.limit}"
    takes, needed = f"{question.asks.value}{chosen}{columns}{limit}", "yes" if question.required else ""
    return question.key, question.ask, takes, needed, ", ".join(question.kinds)


def _plain(values: object) -> str:
    pairs = values.items() if isinstance(values, dict) else ()
    return ", ".join(f"{name} {value}" for name, value in pairs)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    heads = list(head)
    body = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *body]
