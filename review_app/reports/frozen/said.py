"""What the peers said, for the snapshot: each released item once, alone or inside a message that counts its support."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from review_app.domain.attribution import Naming, Support, Voice
from review_app.domain.material import KIND_ORDER, Item, Material, MergedText
from review_app.domain.vocabulary import Consensus, ItemKind, Side
from review_app.reports.frozen.snapshot import KindCount, Message, QuestionCount, Section, TakeHome


class Voices:
    """The released items of a review and the messages that rest on them."""

    def __init__(self, material: Material, released: tuple[Item, ...], *, is_draft: bool = False) -> None:
        self._material, self._released, self._is_draft = material, released, is_draft
        self._names = {city.number: city.name for city in material.cities}
        self._naming = Naming(
            material.regime,
            voices=(*(voice(item) for item in released), *material.beside),
            small_group=material.small_group,
            returned=len(material.returned),
        )

    @cached_property
    def taking_part(self) -> int:
        """How many peer cities take part; one that sent its return before it left is among them."""
        peers = {city.number for city in self._material.cities if city.side is Side.PEER and city.takes_part}
        return len(peers | self._material.returned)

    def counts(self) -> tuple[KindCount, ...]:
        """Count the released items of each kind."""
        found = Counter(item.kind for item in self._released)
        return tuple(KindCount(kind=kind, count=found[kind]) for kind in KIND_ORDER if found[kind])

    def counts_by_question(self) -> tuple[QuestionCount, ...]:
        """Count the released items of each kind on each question; nothing where that tells what the report withholds.

        Where all merged items of a kind on a question stand behind one message, their number nearly is its support.
        """
        if self._naming.is_small or any(map(self._is_told_by_count, self._material.messages)):
            return ()
        numbers = sorted({item.question for item in self._released}, key=lambda number: (number is None, number))
        return tuple(QuestionCount(question=number, counts=self._counts_on(number)) for number in numbers)

    def _counts_on(self, question: int | None) -> tuple[KindCount, ...]:
        found = Counter(item.kind for item in self._released if item.question == question)
        return tuple(KindCount(kind=kind, count=found[kind]) for kind in KIND_ORDER if found[kind])

    def _is_told_by_count(self, text: MergedText) -> bool:
        """Whether counts by question give away a number that the report says only in words."""
        items = self._support(text)
        if not items or self._told(text.kind, items, text.consensus).cities is not None:
            return False
        cells = {(item.kind, item.question) for item in items}
        merged = (item for item in self._released if (item.kind, item.question) in cells and item not in items)
        others = {(item.kind, item.question) for item in merged if item.message in self._supports}
        return not cells <= others

    def sections(self) -> tuple[Section, ...]:
        """Return messages, then items that stand alone, kind by kind; single take-homes have a table of their own."""
        found = (self._section(kind) for kind in KIND_ORDER)
        return tuple(section for section in found if section.messages or section.singles)

    def take_homes(self) -> tuple[TakeHome, ...]:
        """Return what each city takes home, as far as no message holds it."""
        return tuple(self._take_home(item) for item in self._alone(ItemKind.TAKE_HOME))

    def _section(self, kind: ItemKind) -> Section:
        texts = (text for text in self._material.messages if text.kind is kind and self._support(text))
        alone = () if kind is ItemKind.TAKE_HOME else self._alone(kind)
        return Section(
            kind=kind,
            messages=tuple(self._message(text) for text in texts),
            singles=tuple(self._single(item) for item in alone),
        )

    @cached_property
    def _supports(self) -> dict[int, list[Item]]:
        known = {text.number for text in self._material.messages}
        supports: dict[int, list[Item]] = {}
        for item in self._released:
            if item.message in known:
                supports.setdefault(item.message, []).append(item)
        return supports

    def _support(self, text: MergedText) -> list[Item]:
        return self._supports.get(text.number, [])

    def _alone(self, kind: ItemKind) -> list[Item]:
        merged = {item.key for items in self._supports.values() for item in items}
        return [item for item in self._released if item.kind is kind and item.key not in merged]

    def _message(self, text: MergedText) -> Message:
        items = self._support(text)
        told = self._told(text.kind, items, text.consensus)
        return Message(
            kind=text.kind,
            headline=text.headline,
            body=text.body,
            cities=told.cities,
            of=told.of,
            consensus=told.consensus,
            question=text.question,
            dissent=text.dissent,
            named=self._names_of(items) if told.is_named else (),
            addressee=", ".join(self._labels(items, "addressee")),
            horizon=_only(self._labels(items, "horizon")),
            first_step=_only(_distinct(str(item.answers.get("first_step") or "") for item in items)),
            language=self._material.language,
            summary=text.summary,
            key=text.key if self._is_draft else "",
        )

    def _single(self, item: Item) -> Message:
        told = self._told(item.kind, [item], None)
        return Message(
            kind=item.kind,
            headline=item.headline,
            body=item.explanation,
            cities=told.cities,
            of=told.of,
            consensus=told.consensus,
            question=item.question,
            named=self._names_of([item]) if told.is_named else (),
            addressee=", ".join(self._labels([item], "addressee")),
            horizon=", ".join(self._labels([item], "horizon")),
            first_step=str(item.answers.get("first_step") or ""),
            language=item.language,
            summary=str(item.answers.get("english_summary") or ""),
        )

    def _take_home(self, item: Item) -> TakeHome:
        return TakeHome(
            city=self._names.get(item.city) if self._naming.names(voice(item)) else None,
            text="\n".join(part for part in (item.headline, item.explanation) if part),
            first_step=str(item.answers.get("first_step") or ""),
            by=str(item.answers.get("by_when") or ""),
        )

    def _told(self, kind: ItemKind, items: list[Item], consensus: Consensus | None) -> Support:
        return self._naming.support(kind, map(voice, items), of=self.taking_part, consensus=consensus)

    def _names_of(self, items: list[Item]) -> tuple[str, ...]:
        cities = {item.city for item in items}
        return tuple(sorted(self._names[city] for city in cities if city in self._names))

    def _labels(self, items: list[Item], question: str) -> list[str]:
        """Return the chosen answers in the order in which the method offers them."""
        given = {str(item.answers.get(question) or "") for item in items}
        labels = self._material.labels.get(question, {})
        return [label for value, label in labels.items() if value in given]


def voice(item: Item) -> Voice:
    """Return what counts of an item when names and numbers are weighed."""
    return Voice(item.city, item.kind, item.use, item.attribution)


def _distinct(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


def _only(values: list[str]) -> str:
    """Return the one answer on which all sources agree; a choice among several is not ours to make."""
    return values[0] if len(values) == 1 else ""
