"""What values of our own are called in the data of a report, in the reader's language; what people wrote stays."""

from collections.abc import Callable, Mapping
from enum import Enum

from review_app.domain.errata import Change
from review_app.domain.forms import Asks
from review_app.domain.marking import _
from review_app.domain.vocabulary import Consensus, ItemKind, Level, Power, Precision, Regime, Role, Side
from review_app.reports.wording.people import ROLES
from review_app.reports.wording.words import Words

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
    Change: {
        Change.CORRECTED: _("corrected"),
        Change.OPENED_TO_MEMBERS: _("opened to the members of the network"),
        Change.OPENED_TO_ALL: _("opened to everybody"),
        Change.READ_AGAIN: _("public sources read again"),
        Change.NAME_TAKEN_OUT: _("the name of a person taken out"),
        Change.AS_WRITTEN: _("as written"),
    },
    Role: ROLES,
    Power: {
        Power.CITY: _("city"),
        Power.REGION: _("region"),
        Power.NATION: _("state"),
        Power.EU: _("European Union"),
        Power.PARTNER: _("partner"),
    },
    Asks: {
        Asks.LINE: _("one line"),
        Asks.TEXT: _("a text"),
        Asks.FORMATTED: _("a formatted text"),
        Asks.WHEN: _("a date"),
        Asks.NUMBER: _("a number"),
        Asks.LINK: _("an address on the web"),
        Asks.ONE: _("one choice"),
        Asks.MANY: _("several choices"),
        Asks.ROWS: _("rows"),
        Asks.YES: _("yes or no"),
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


def value_in(words: Words, column: str, value: str | bool | Enum) -> str:
    """Return a word of ours in the reader's language; what people wrote stays as it is."""
    if isinstance(value, bool):
        return words.gettext(YES if value else NO)
    if isinstance(value, Enum):
        known = VALUES.get(type(value), {}).get(value.value)
        return words.gettext(known) if known else str(value.value)
    speaking = _SPEAKING.get(column)
    return speaking(words, value) if speaking and value else value
