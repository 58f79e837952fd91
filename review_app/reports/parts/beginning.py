"""How a report begins: what it is in brief, why it matters, the practice and the visit."""

from collections.abc import Callable
from itertools import chain
from typing import Protocol

from review_app.domain.vocabulary import Side
from review_app.reports.frozen.snapshot import KeyFigure, Snapshot
from review_app.reports.parts.counting import cities_fact, lead, people_fact
from review_app.reports.parts.ending import basis_of
from review_app.reports.parts.sheet import Naming, sheet_of, typed
from review_app.reports.parts.view import Brief, Fact, KeyRow, Listing, Marked, Prose, Sheet
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words


def host_names(snapshot: Snapshot, words: Words) -> str:
    """Return "Antwerp and Ghent"."""
    return words.listed(words.name(place) for place in snapshot.places if place.side is Side.HOST)


def sheet_on_review(
    snapshot: Snapshot, words: Words, *, kind: str, basis: Callable[[Snapshot, Words], tuple[str, ...]] = basis_of
) -> Sheet:
    """Return what frames a report on one review: its method before it, its host, its days and its network.

    `basis` says on what it rests.
    """
    naming = Naming(
        kind=kind,
        before=words.label(snapshot.method),
        owner=host_names(snapshot, words),
        byline=(Marked(words.when(snapshot.when)), typed(snapshot.network, snapshot, words)),
    )
    return sheet_of(snapshot, words, naming, basis(snapshot, words))


def brief_of(snapshot: Snapshot, words: Words) -> Brief:
    """Return the lead, the questions, and the facts in the margin."""
    count = len(snapshot.questions)
    return Brief(
        lead=lead(snapshot, words),
        objective=snapshot.objective or "",
        questions=tuple(question.text for question in snapshot.questions),
        questions_heading=words.ngettext("The question to the peers", "The questions to the peers", count or 1),
        facts=tuple(_facts(snapshot, words)),
    )


def _facts(snapshot: Snapshot, words: Words) -> list[Fact]:
    _ = words.gettext
    told = (
        Fact(_("Theme"), words.label(snapshot.theme)) if snapshot.theme else None,
        people_fact(snapshot, words),
        cities_fact(snapshot, words),
        _returns(snapshot, words),
        Fact(_("Venue"), snapshot.venue, language=words.foreign(snapshot.text_language)) if snapshot.venue else None,
        _report(snapshot, words),
    )
    return [fact for fact in told if fact is not None]


def _returns(snapshot: Snapshot, words: Words) -> Fact | None:
    received, expected = snapshot.numbers.returns_received, snapshot.numbers.returns_expected
    if received is None or expected is None:
        return None
    share = words.gettext("%(received)s of %(expected)s")
    known = {"received": words.number(received), "expected": words.number(expected)}
    return Fact(words.gettext("Returns received"), share % known)


def _report(snapshot: Snapshot, words: Words) -> Fact | None:
    if snapshot.frozen_on is None or snapshot.number is None:
        return None
    number = words.gettext("no. %(number)s") % {"number": words.number(snapshot.number)}
    return Fact(words.gettext("Report"), number, (words.day(snapshot.frozen_on),))


def why_of(snapshot: Snapshot, words: Words) -> Prose | None:
    """Return why it matters."""
    return _prose(words.gettext("Why it matters"), snapshot.context)


def practice_of(snapshot: Snapshot, words: Words) -> Prose | None:
    """Return the practice as its host describes it, in the host's language."""
    return _prose(words.gettext("The practice"), snapshot.practice)


def _prose(heading: str, texts: tuple[str, ...]) -> Prose | None:
    lines = tuple(chain.from_iterable(paragraphs(text) for text in texts))
    return Prose(heading, lines) if lines else None


class Measured(Protocol):
    """A report that holds numbers of the practice."""

    @property
    def key_figures(self) -> tuple[KeyFigure, ...]: ...


def key_rows_of(snapshot: Measured) -> tuple[KeyRow, ...]:
    """Return the numbers of the practice with year and source."""
    return tuple(
        KeyRow(one.label, one.value, ", ".join(part for part in (one.year, one.source) if part))
        for one in snapshot.key_figures
    )


def saw_of(snapshot: Snapshot, words: Words) -> Listing | None:
    """Return the programme of the visit in a few lines."""
    return Listing(words.gettext("What the visitors saw"), snapshot.programme) if snapshot.programme else None
