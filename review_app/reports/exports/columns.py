"""What tables, columns and values of the data are called where people read them; a name without words is a fault."""

from collections.abc import Callable, Mapping
from enum import Enum

from review_app.domain.marking import _
from review_app.domain.vocabulary import Consensus, ItemKind, Level, Precision, Regime, Side
from review_app.reports.wording.words import Words

TABLES: Mapping[str, str] = {
    "about": _("About the report"),
    "erratum": _("Corrections"),
    "questions": _("Review questions"),
    "context": _("Why it matters"),
    "practice": _("The practice"),
    "key_figures": _("Key figures"),
    "programme": _("Programme"),
    "counts": _("Items by kind"),
    "messages": _("Messages"),
    "take_homes": _("To take home"),
    "host_views": _("Views of the host"),
    "next_steps": _("Next steps"),
    "places": _("Who took part"),
    "observers": _("Observers"),
    "missing_returns": _("Returns not received"),
    "outputs": _("Results"),
    "sources": _("Sources"),
    "unknown": _("Not on record"),
    "conflicts": _("Sources disagree"),
    "statements": _("Statements"),
}
COLUMNS: Mapping[str, str] = {
    "name": _("Name"),
    "value": _("Value"),
    "position": _("Position"),
    "parent": _("Row it belongs to"),
    "section": _("Section"),
    "is_single": _("Stands alone"),
    "text": _("Text"),
    # What every report has
    "edition": _("Edition of the data"),
    "kind": _("Kind"),
    "ref": _("Reference"),
    "number": _("Number"),
    "frozen_on": _("Day of issue"),
    "draft_made_by": _("Draft made by"),
    "draft_made_on": _("Draft made on"),
    "language": _("Language"),
    "title": _("Title"),
    "text_language": _("Language of the texts"),
    "network": _("Network"),
    "check_at": _("Where to check a copy"),
    "code": _("Code of this copy"),
    "funding": _("Funding"),
    "disclaimer": _("Disclaimer"),
    "level": _("For whom"),
    "fictional": _("Invented example"),
    "contact": _("Contact"),
    # A review
    "method": _("Method"),
    "when_start": _("First day"),
    "when_end": _("Last day"),
    "when_precision": _("How exactly the days are known"),
    "venue": _("Venue"),
    "theme": _("Theme"),
    "objective": _("Aim"),
    "numbers_peer_cities": _("Peer cities"),
    "numbers_cities_stated": _("Cities, as stated"),
    "numbers_people": _("People"),
    "numbers_people_stated": _("People, as stated"),
    "numbers_people_note": _("Note on the number of people"),
    "numbers_returns_received": _("Returns received"),
    "numbers_returns_expected": _("Returns expected"),
    "host_word": _("The host’s word"),
    "outcome": _("What came of it"),
    "regime": _("Who may be named"),
    # Messages
    "headline": _("Headline"),
    "body": _("Explanation"),
    "cities": _("Cities that hold it"),
    "of": _("Of how many cities"),
    "consensus": _("Agreement"),
    "question": _("Review question"),
    "dissent": _("Other views"),
    "named": _("Cities named"),
    "addressee": _("For whom to act"),
    "horizon": _("By when"),
    "first_step": _("First step"),
    "source": _("Source"),
    "summary": _("In English"),
    # Figures, places, what is taken home, pages
    "label": _("What is counted"),
    "year": _("Year"),
    "count": _("Count"),
    "city": _("City"),
    "by": _("By when"),
    "about": _("About"),
    "country": _("Country"),
    "side": _("Part in the review"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "url": _("Address"),
    "published": _("Published"),
    "note": _("Note"),
    # The statements of a whole network
    "review": _("Review"),
    "hosts": _("Host"),
    "starts_on": _("First day"),
    "report": _("Report no."),
    "state": _("State"),
}
VALUES: Mapping[type[Enum], Mapping[str, str]] = {
    ItemKind: {
        ItemKind.SUCCESS_FACTOR: _("Success factor"),
        ItemKind.CHALLENGE: _("Challenge"),
        ItemKind.LESSON: _("Lesson learnt"),
        ItemKind.RECOMMENDATION: _("Suggestion"),
        ItemKind.TAKE_HOME: _("To take home"),
        ItemKind.QUESTION: _("Question"),
    },
    Consensus: {
        Consensus.ALL: _("all"),
        Consensus.MOST: _("most"),
        Consensus.SOME: _("some"),
        Consensus.ONE: _("one"),
    },
    Side: {Side.HOST: _("host"), Side.PEER: _("peer"), Side.OBSERVER: _("observer")},
    Precision: {
        Precision.DAY: _("to the day"),
        Precision.MONTH: _("to the month"),
        Precision.YEAR: _("to the year"),
        Precision.UNKNOWN: _("not known"),
    },
    Regime: {
        Regime.CHATHAM_HOUSE: _("nobody (Chatham House Rule)"),
        Regime.ATTRIBUTED: _("who agrees, with everything"),
        Regime.MIXED: _("who agrees, item by item"),
    },
    Level: {
        Level.PARTICIPANTS: _("those who took part"),
        Level.MEMBERS: _("members of the network"),
        Level.PUBLIC: _("everybody"),
    },
}
YES, NO = _("yes"), _("no")
STATES: Mapping[str, str] = {"published": _("published"), "released": _("released for the report, not yet published")}


def _kind(words: Words, value: str) -> str:
    known = VALUES[ItemKind].get(value)
    return words.gettext(known) if known else words.place_kind(value)


def _consensus(words: Words, value: str) -> str:
    return words.gettext(VALUES[Consensus].get(value, value))


def _state(words: Words, value: str) -> str:
    return words.gettext(STATES.get(value, value))


_SPEAKING: Mapping[str, Callable[[Words, str], str]] = {
    "kind": _kind,
    "consensus": _consensus,
    "state": _state,
    "country": Words.country,
    "disclaimer": Words.gettext,
}
"""Columns whose plain texts are words of ours as well: kinds, two letters for a country, our small print."""


def table_title(name: str, words: Words) -> str:
    """Return how a table is called; one whose name nobody knows yet keeps it, made readable."""
    return _title(TABLES, name, words)


def column_title(name: str, words: Words) -> str:
    """Return how a column is called, or a value of the table "about"."""
    return _title(COLUMNS, name, words)


def is_known(name: str) -> bool:
    """Tell whether a column has words: under its whole name, or under the last part of it."""
    return _entry(COLUMNS, name) is not None


def titled(table: str) -> str | None:
    """Return the words of a table, None where it has none."""
    return _entry(TABLES, table)


def value_in(words: Words, column: str, value: str | bool | Enum) -> str:
    """Return a word of ours in the reader's language; what people wrote stays as it is."""
    if isinstance(value, bool):
        return words.gettext(YES if value else NO)
    if isinstance(value, Enum):
        known = VALUES.get(type(value), {}).get(value.value)
        return words.gettext(known) if known else str(value.value)
    speaking = _SPEAKING.get(column)
    return speaking(words, value) if speaking and value else value


def _title(titles: Mapping[str, str], name: str, words: Words) -> str:
    known = _entry(titles, name)
    return words.gettext(known) if known else name.replace("_", " ").capitalize()


def _entry(titles: Mapping[str, str], name: str) -> str | None:
    """Return the words of a name, or of its longest ending that has some: "host_name" is a name."""
    while name not in titles:
        _first, more, name = name.partition("_")
        if not more:
            return None
    return titles[name]
