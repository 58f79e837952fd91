"""The kinds of what peers say, in the reader's words."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n

from review_app.domain.vocabulary import ItemKind


class KindWords(NamedTuple):
    """One kind: its name, its name for several, the heading of its form, what it is, and how its card is drawn."""

    one: str
    many: str
    add: str
    hint: str
    style: str = ""


KINDS: dict[ItemKind, KindWords] = {
    ItemKind.SUCCESS_FACTOR: KindWords(
        _l("Success factor"),
        _l("Success factors"),
        _l("Add a success factor"),
        _l("What works in the practice, and why."),
    ),
    ItemKind.CHALLENGE: KindWords(
        _l("Challenge"),
        _l("Challenges"),
        _l("Add a challenge"),
        _l("What is hard, for whom, and in whose power it is."),
        "app-item--challenge",
    ),
    ItemKind.LESSON: KindWords(
        _l("Lesson learnt"),
        _l("Lessons learnt"),
        _l("Add a lesson learnt"),
        _l("What another city could act on."),
        "app-item--lesson",
    ),
    ItemKind.RECOMMENDATION: KindWords(
        _l("Recommendation"),
        _l("Recommendations"),
        _l("Add a recommendation"),
        _l("What you suggest, to whom, and what would be the first step."),
    ),
    ItemKind.TAKE_HOME: KindWords(
        _l("Take-home"),
        _l("Take-homes"),
        _l("Add a take-home"),
        _l("What your own city will use."),
        "app-item--lesson",
    ),
    ItemKind.QUESTION: KindWords(
        _l("Question"),
        _l("Questions"),
        _l("Add a question"),
        _l("What remains open for you."),
        "app-item--lesson",
    ),
}


def counted(kind: ItemKind, number: int) -> str:
    """Return a number of items of a kind in words: 2 success factors."""
    match kind:
        case ItemKind.SUCCESS_FACTOR:
            return str(_n("%(num)s success factor", "%(num)s success factors", number))
        case ItemKind.CHALLENGE:
            return str(_n("%(num)s challenge", "%(num)s challenges", number))
        case ItemKind.LESSON:
            return str(_n("%(num)s lesson learnt", "%(num)s lessons learnt", number))
        case ItemKind.RECOMMENDATION:
            return str(_n("%(num)s recommendation", "%(num)s recommendations", number))
        case ItemKind.TAKE_HOME:
            return str(_n("%(num)s thing your city takes home", "%(num)s things your city takes home", number))
        case ItemKind.QUESTION:
            return str(_n("%(num)s question", "%(num)s questions", number))
