"""Who holds a message, in words: a share where it may be counted aloud, otherwise what the team says of it."""

from review_app.domain.vocabulary import Consensus
from review_app.reports.frozen.snapshot import Message
from review_app.reports.wording.words import Words


def support_in_words(message: Message, words: Words) -> str:
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
