"""Questions as a printed form asks them: boxes to tick, lines to write on, hints where they stand first."""

from dataclasses import dataclass

from review_app.domain.marking import _
from review_app.domain.vocabulary import ItemKind
from review_app.reports.frozen.asked import Asked, KindAsked
from review_app.reports.wording.words import Words

# As the pages of a return call them.
NAMES = {
    ItemKind.SUCCESS_FACTOR: (_("Success factor"), _("What works in the practice, and why.")),
    ItemKind.CHALLENGE: (_("Challenge"), _("What is hard, for whom, and in whose power it is.")),
    ItemKind.LESSON: (_("Lesson learnt"), _("What another city could act on.")),
    ItemKind.RECOMMENDATION: (
        _("Recommendation"),
        _("What you suggest, to whom, and what would be the first step."),
    ),
    ItemKind.TAKE_HOME: (_("Take-home"), _("What your own city will use.")),
    ItemKind.QUESTION: (_("Question"), _("What remains open for you.")),
}
WHICH_QUESTION = _("Which review question does it answer?")


@dataclass(frozen=True)
class Field:
    """One question on paper: `lines` to write on, or options with a box each. A short answer stands beside it."""

    ask: str
    hint: str = ""
    options: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    is_short: bool = False


@dataclass(frozen=True)
class Box:
    """Room for one item."""

    heading: str
    hint: str
    fields: tuple[Field, ...]


def boxes_of(kinds: tuple[KindAsked, ...], numbers: tuple[int, ...], words: Words) -> tuple[Box, ...]:
    """Return room for as many items of each kind as the method asks for. A hint is printed once, where it is new."""
    known: set[str] = set()
    return tuple(_box(one, copy, numbers, words, known) for one in kinds for copy in range(1, one.copies + 1))


def _box(one: KindAsked, copy: int, numbers: tuple[int, ...], words: Words, known: set[str]) -> Box:
    name, hint = NAMES[one.kind]
    heading = words.gettext(name)
    if one.copies > 1:
        of = {"kind": heading, "number": words.number(copy), "count": words.number(one.copies)}
        heading = words.gettext("%(kind)s, %(number)s of %(count)s") % of
    fields: list[Field] = []
    for asked in one.questions:
        fields.append(_field(asked, words, known))
        if asked.key == "explanation" and numbers:
            fields.append(_which(numbers, words))
    return Box(heading, words.gettext(hint), tuple(fields))


def _field(asked: Asked, words: Words, known: set[str]) -> Field:
    hint = words.gettext(asked.hint) if asked.hint and asked.key not in known else ""
    known.add(asked.key)
    ask = words.gettext(asked.ask)
    return Field(
        ask=ask if asked.is_required else _optional(ask, words),
        hint=hint,
        options=tuple(words.gettext(option) for option in asked.options),
        lines=tuple(range(asked.lines)),
        is_short=asked.is_short,
    )


def _which(numbers: tuple[int, ...], words: Words) -> Field:
    options = (*map(words.number, numbers), words.gettext("Another question"))
    return Field(_optional(words.gettext(WHICH_QUESTION), words), options=options)


def _optional(ask: str, words: Words) -> str:
    return words.gettext("%(question)s (optional)") % {"question": ask}
