"""Where each message stands in a long report: once, with an address of its own, and which hold most cities."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from review_app.domain.vocabulary import Consensus, ItemKind
from review_app.reports.frozen.snapshot import Message, Section, Snapshot
from review_app.reports.parts.chapters import ORDER, is_public

# What the peers found is read by question; suggestions, questions and take-homes have chapters of their own.
FINDINGS = (ItemKind.SUCCESS_FACTOR, ItemKind.CHALLENGE, ItemKind.LESSON)
STRONGEST = 5
# A word for a number that may not be said, as a share of the cities: only to sort by.
_SHARES = {Consensus.ALL: 1.0, Consensus.MOST: 0.7, Consensus.SOME: 0.3, Consensus.ONE: 0.1}


@dataclass(frozen=True)
class Placed:
    """A message with its address on the page; `is_single` for an item that no message holds."""

    message: Message
    anchor: str
    is_single: bool = False

    @property
    def kind(self) -> ItemKind:
        """The kind under which it is printed."""
        return self.message.kind


def placed(snapshot: Snapshot) -> tuple[Placed, ...]:
    """Return every message and every single item of a report once, in the order of the method."""
    sections = sorted(snapshot.sections, key=lambda section: ORDER.index(section.kind))
    return tuple(one for section in sections for one in _numbered(section))


def _numbered(section: Section) -> Iterable[Placed]:
    name = section.kind.value.replace("_", "-")
    texts = (*section.messages, *section.singles)
    for number, message in enumerate(texts, start=1):
        yield Placed(message, f"{name}-{number}", is_single=number > len(section.messages))


def on_question(texts: Iterable[Placed], number: int | None, known: frozenset[int]) -> tuple[Placed, ...]:
    """Return the texts on one question, or with None those on no question that the review asks."""
    return tuple(one for one in texts if (one.message.question if one.message.question in known else None) == number)


def strongest(texts: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return the findings that most cities hold, at most five and of each kind one where there is any.

    Whatever comes from a public record has no support to go by, and none is made up. In the order of the report.
    """
    found = [one for one in texts if one.kind in FINDINGS and not one.is_single and not is_public(one.message)]
    ranked = sorted(found, key=lambda one: -_share(one.message))
    first = [next(one for one in ranked if one.kind is kind) for kind in Counter(one.kind for one in found)]
    chosen = [*first, *(one for one in ranked if one not in first)][:STRONGEST]
    return tuple(one for one in found if one in chosen)


def widest(texts: Iterable[Placed]) -> Message | None:
    """Return the message that most cities hold, as far as that may be said; None when nothing may."""
    told = [one.message for one in texts if _share(one.message) > 0]
    return max(told, key=_share, default=None)


def _share(message: Message) -> float:
    if message.cities is not None and message.of:
        return message.cities / message.of
    return _SHARES.get(message.consensus, 0.0) if message.consensus else 0.0
