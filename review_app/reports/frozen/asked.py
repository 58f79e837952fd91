"""What a peer is asked of each kind of item, frozen as the method's form asks it (METHOD.md F14, F22)."""

from collections.abc import Mapping
from math import ceil

from review_app.domain.forms import Asks, Form, Question
from review_app.domain.marking import _
from review_app.domain.vocabulary import ItemKind
from review_app.reports.frozen.snapshot import Frozen

YES_OR_NO = (_("Yes"), _("No"))
# What belongs together when one writes by hand: what works; what is hard and what to do; what is learnt and taken home.
ORDER = (
    ItemKind.SUCCESS_FACTOR,
    ItemKind.CHALLENGE,
    ItemKind.RECOMMENDATION,
    ItemKind.LESSON,
    ItemKind.TAKE_HOME,
    ItemKind.QUESTION,
)
# Nobody fills by hand what may be typed: so many letters of the limit get a line, and no answer more than these lines.
LETTERS_A_LINE, MOST_LINES = 400, 4
ROWS_LINES = 3
SHORT = 200
MOST_COPIES = 3
NOT_ON_PAPER = frozenset(("english_summary",))
"""The city's colleague who types a paper form into the product adds it there."""


class Asked(Frozen):
    """One question, in the method's words; it has boxes to tick or lines to write on."""

    key: str
    ask: str
    hint: str = ""
    is_required: bool = False
    options: tuple[str, ...] = ()
    lines: int = 0
    is_short: bool = False


class KindAsked(Frozen):
    """What is asked of one kind of item, and how many the method asks for; `copies` is at least 1."""

    kind: ItemKind
    copies: int
    questions: tuple[Asked, ...]


def kinds_of(form: Form | None, minimum: Mapping[str, int]) -> tuple[KindAsked, ...]:
    """Return what is asked of every kind of item, success before criticism (METHOD.md 4.1)."""
    if form is None:
        return ()
    return tuple(
        KindAsked(
            kind=kind,
            copies=min(max(minimum.get(kind.value, 0), 1), MOST_COPIES),
            questions=tuple(
                _asked(question) for question in form.for_kind(kind.value) if question.key not in NOT_ON_PAPER
            ),
        )
        for kind in ORDER
    )


def _asked(question: Question) -> Asked:
    options = YES_OR_NO if question.asks is Asks.YES else tuple(option.label for option in question.options)
    return Asked(
        key=question.key,
        ask=question.ask,
        hint=question.hint,
        is_required=question.required,
        options=options,
        lines=0 if options else _lines(question),
        is_short=not options and question.asks not in (Asks.TEXT, Asks.FORMATTED) and _lines(question) == 1,
    )


def _lines(question: Question) -> int:
    if question.asks is Asks.ROWS:
        return ROWS_LINES
    if question.asks in (Asks.TEXT, Asks.FORMATTED):
        return min(ceil(question.limit / LETTERS_A_LINE), MOST_LINES)
    is_sentence = question.asks is Asks.LINE and (question.required or question.limit > SHORT)
    return 2 if is_sentence else 1
