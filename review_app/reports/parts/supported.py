"""Who holds a message, in words: a share where it may be counted aloud, otherwise what the team says of it."""

from typing import Protocol

from review_app.domain.vocabulary import Consensus
from review_app.reports.parts.view import Marked
from review_app.reports.wording.words import Words


class Held(Protocol):
    """What so many cities hold, or of which only the width is told."""

    @property
    def cities(self) -> int | None: ...

    @property
    def of(self) -> int | None: ...

    @property
    def consensus(self) -> Consensus | None: ...


def support_in_words(message: Held, words: Words) -> str:
    """Return "4 of 8 cities" or "Held by most"; nothing where neither may be said."""
    _ = words.gettext
    if message.cities is not None and message.of is not None:
        return words.share(message.cities, message.of)
    if message.consensus is None:
        return ""
    return {
        Consensus.ALL: _("Held by all"),
        Consensus.MOST: _("Held by most"),
        Consensus.SOME: _("Held by some"),
        Consensus.ONE: _("Held by one city"),
    }[message.consensus]


class Dissenting(Protocol):
    """What is said, of which somebody may see something otherwise."""

    @property
    def dissent(self) -> str: ...

    @property
    def language(self) -> str: ...


def dissent_of(message: Dissenting, words: Words) -> Marked | None:
    """Return what some in the team see otherwise, None where nobody does (METHOD.md R5)."""
    sentence = words.gettext("A different view: %(text)s")
    return set_apart(sentence, "%(text)s", message.dissent, words.foreign(message.language))


def set_apart(sentence: str, place: str, text: str, language: str | None) -> Marked | None:
    """Return a text apart from our words around it: only it is in the language of the message, and can be edited."""
    before, _place, after = sentence.partition(place)
    return Marked(text, language, before, after) if text else None
