"""How a report ends: the host's word, who took part, what it rests on, what is not on record."""

from review_app.domain.vocabulary import Regime, Side
from review_app.reports.frozen.snapshot import Place, Snapshot
from review_app.reports.parts.links import link_to, source_link
from review_app.reports.parts.view import Closing, Fact, HostWord, Prose
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words


def host_views_of(snapshot: Snapshot, words: Words) -> tuple[Prose, ...]:
    """Return where the host sees it differently: a part of the report by its name here, or a message as it was said."""
    said = {
        one.headline: one.language for section in snapshot.sections for one in (*section.messages, *section.singles)
    }
    return tuple(
        Prose(view.about, paragraphs(view.text), words.foreign(said[view.about]))
        if view.about in said
        else Prose(words.gettext(view.about), paragraphs(view.text))
        for view in snapshot.host_views
    )


def host_word_of(snapshot: Snapshot, words: Words) -> HostWord | None:
    """Return what the host says and does next; None when it has said nothing."""
    word = HostWord(
        word=paragraphs(snapshot.host_word or ""),
        views=host_views_of(snapshot, words),
        next_steps=snapshot.next_steps,
        outcome=paragraphs(snapshot.outcome or ""),
    )
    return word if word.word or word.views or word.next_steps or word.outcome else None


def closing_of(snapshot: Snapshot, words: Words) -> Closing:
    """Return the last section: participants, links, limits and small print."""
    return Closing(
        places=tuple(_places(snapshot, words)),
        returns=returns_line(snapshot, words),
        observers=words.listed(_observers(snapshot, words)),
        outputs=tuple(link_to(output) for output in snapshot.outputs),
        sources=tuple(source_link(one, words, typed_in=snapshot.text_language) for one in snapshot.sources),
        unknown=snapshot.unknown,
        conflicts=snapshot.conflicts,
    )


def returns_line(snapshot: Snapshot, words: Words) -> str:
    """Return "Returns received: 7 of 8. Missing: Lyon.": missing peers weaken the result (METHOD.md R19)."""
    _ = words.gettext
    received, expected = snapshot.numbers.returns_received, snapshot.numbers.returns_expected
    if received is None or expected is None:
        return ""
    known = {
        "received": words.number(received),
        "expected": words.number(expected),
        "missing": words.listed(words.city(name) for name in snapshot.missing_returns),
    }
    if snapshot.missing_returns:
        return _("Returns received: %(received)s of %(expected)s. Missing: %(missing)s.") % known
    return _("Returns received: %(received)s of %(expected)s.") % known


def _places(snapshot: Snapshot, words: Words) -> list[Fact]:
    hosts = [place for place in snapshot.places if place.side is Side.HOST]
    peers = [place for place in snapshot.places if place.side is Side.PEER]
    told = ((words.ngettext("Host", "Hosts", len(hosts)), hosts), (words.gettext("Visitors"), peers))
    return [Fact(term, words.listed(words.place(place) for place in group)) for term, group in told if group]


def _observers(snapshot: Snapshot, words: Words) -> list[str]:
    observing: list[Place] = [place for place in snapshot.places if place.side is Side.OBSERVER]
    named = [words.place(place) for place in observing]
    return [
        *named,
        *(one for one in snapshot.observers if one not in {words.name(place) for place in observing}),
    ]


def basis_of(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Return what a report on one review rests on, and under which regime."""
    # A regime binds those who met; a public record says only what its sources made public.
    regime = "" if snapshot.sources else _regime(snapshot.regime, words)
    return tuple(sentence for sentence in (_basis(snapshot, words), regime) if sentence)


def basis_of_slides(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Return what slides rest on: they are shown before the host has checked anything."""
    if snapshot.sources:
        return basis_of(snapshot, words)
    shown = words.gettext("These slides show what was released for the report when they were made, and not all of it.")
    return tuple(sentence for sentence in (shown, _regime(snapshot.regime, words)) if sentence)


def _basis(snapshot: Snapshot, words: Words) -> str:
    _ = words.gettext
    if snapshot.numbers.returns_received and snapshot.draft:
        return _(
            "This draft rests on the returns of the visiting cities so far released. "
            "Before publication the host checks the facts, not the judgements."
        )
    if snapshot.numbers.returns_received:
        return _(
            "This report rests on the returns of the visiting cities. It holds what was released for it and "
            "nothing else; the host has checked the facts, not the judgements."
        )
    if not snapshot.sources:
        return _("This report holds what is on record. Nothing in it is the opinion of a city unless it says so.")
    return _(
        "This report is made from public accounts of the review, listed under Sources. "
        "Nothing in it is the opinion of a city unless it says so."
    )


def _regime(regime: Regime | None, words: Words) -> str:
    _ = words.gettext
    if regime is None:
        return ""
    return {
        Regime.CHATHAM_HOUSE: _(
            "The Chatham House Rule applies: what was said may be used, who said it is not disclosed."
        ),
        Regime.ATTRIBUTED: _("Statements are attributed: cities are named with what they said, where they agreed."),
        Regime.MIXED: _("Cities are named where they agreed to it; everything else stands without a name."),
    }[regime]
