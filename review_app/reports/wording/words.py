"""The words of a report in its language: dates, countries, kinds and counted things, said right."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from review_app.domain.text import clean_line
from review_app.domain.vocabulary import ItemKind, PlaceKind, Precision
from review_app.reports.frozen.snapshot import Place, When
from review_app.reports.wording import cities, dates
from review_app.reports.wording.catalogue import CITY

# The European institutions write EL and UK where ISO 3166 has GR and GB.
ISO_CODES = {"EL": "GR", "UK": "GB"}
BRITISH = Locale("en", "GB")
# Where the plain code of a language means its speakers overseas.
EUROPEAN = {"en": BRITISH, "pt": Locale("pt", "PT")}
# What a country calls itself in the languages of the Union by now, and CLDR does not say yet.
RENAMED = {("et", "NL"): "Madalmaad", ("pl", "NL"): "Niderlandy"}
# Spanish says "e" for "y" before the sound of i.
_Y_BEFORE_I = re.compile(r" y (?=(?:[IiÍí]|[Hh][iIíÍ](?![aeAE])))")


class Words:
    """Speaks one language. Sentences come from `sentences`; dates, lists and names of countries from CLDR."""

    def __init__(self, language: str, sentences: NullTranslations | None = None) -> None:
        self.language = language
        self._sentences = sentences or NullTranslations()
        self._locale = _locale_of(language)

    def label(self, text: str) -> str:
        """Return a word of a vocabulary in this language, as a label begins; one that nobody knows as it is."""
        text = clean_line(text)
        return self.gettext(text[:1].upper() + text[1:])

    def labels(self, text: str) -> str:
        """Return one label, or several as a snapshot lists them ("The host city, A partner"), in this language."""
        whole = self.gettext(text)
        return ", ".join(map(self.gettext, text.split(", "))) if whole == text else whole

    def gettext(self, message: str) -> str:
        """Return a sentence in this language."""
        # The empty message of a catalogue is its header.
        return self._sentences.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return a sentence in the form that the count asks for; `%(count)s` is filled in."""
        return self._sentences.ngettext(one, many, count) % {"count": self.number(count)}

    def foreign(self, language: str) -> str | None:
        """Return the language of a text where it is another than that of the report, to be marked."""
        return language if language != self.language else None

    def share(self, part: int, whole: int) -> str:
        """Return "4 of 8 cities"."""
        sentence = self._sentences.ngettext("%(part)s of %(count)s city", "%(part)s of %(count)s cities", whole)
        return sentence % {"part": self.number(part), "count": self.number(whole)}

    def number(self, count: int) -> str:
        """Return a number as this language writes it."""
        return format_decimal(count, locale=self._locale)

    def listed(self, things: Iterable[str]) -> str:
        """Return "a, b and c"."""
        told = format_list(list(things), locale=self._locale)
        return _Y_BEFORE_I.sub(" e ", told) if self._locale.language == "es" else told

    def day(self, day: date) -> str:
        """Return "4 June 2026"."""
        return dates.day(day, self._locale)

    def short_day(self, day: date) -> str:
        """Return "Mon 4 May", for the head of a narrow column."""
        return format_skeleton("MMMEd", day, locale=self._locale)

    def weekday(self, day: date) -> str:
        """Return "Wednesday 20 May 2026"."""
        return format_skeleton("yMMMMEEEEd", day, locale=self._locale)

    def clock(self, at: datetime) -> str:
        """Return "18:00", as this language writes a time of day."""
        return format_time(at, format="short", locale=self._locale)

    def when(self, when: When) -> str:
        """Return the days as exactly as they are known: "14–15 November 2019", "October 2018", "2019"."""
        if when.start is None or when.precision is Precision.UNKNOWN:
            return self.gettext("dates not on record")
        start = _first_day(when.start)
        end = _first_day(when.end or when.start)
        if when.precision is Precision.DAY:
            return self.day(start) if start == end else dates.days(start, end, self._locale)
        if when.precision is Precision.YEAR:
            return dates.years(start, end, self._locale)
        same = start == end
        return dates.month(start, self._locale) if same else dates.months(start, end, self._locale)

    def country(self, code: str) -> str:
        """Return the name of a country from its two letters; anything else as it is."""
        iso = ISO_CODES.get(code.upper(), code.upper())
        name = RENAMED.get((self._locale.language, iso)) or self._locale.territories.get(iso)
        return name if name and len(code) == 2 else code

    def name(self, place: Place) -> str:
        """Return a place's name; a country has its own in each language, also where it is given as a bare code."""
        name = clean_line(place.name)
        if place.kind == PlaceKind.CITY:
            return self.city(name)
        if place.kind == PlaceKind.COUNTRY and name == _in_english(place.country):
            return self.country(place.country)
        return self.country(name) if len(name) == 2 and name.isupper() else name

    def city(self, name: str) -> str:
        """Return the name of a city in this language where it has one of its own; what is no known city as it is."""
        own = self._sentences.pgettext(CITY, name)
        return own if own != name else cities.names(self._locale).get(name, name)

    def place(self, place: Place) -> str:
        """Return "Lyon (France)", and "Basso Piave (Italy, functional urban area)" for what is no city."""
        name, country = self.name(place), self.country(place.country)
        kind = "" if place.kind == PlaceKind.CITY else self.place_kind(place.kind)
        inside = [part for part in (country if country != name else "", kind) if part]
        if not inside or (place.kind == PlaceKind.COUNTRY and country == name):
            return name
        return f"{name} ({', '.join(inside)})"

    def place_kind(self, kind: str) -> str:
        """Return the word for a kind of territory or body."""
        _ = self.gettext
        known = {
            PlaceKind.CITY: _("city"),
            PlaceKind.METROPOLE: _("metropole"),
            PlaceKind.REGION: _("region"),
            PlaceKind.LOCAL_AUTHORITY: _("local authority"),
            PlaceKind.FUNCTIONAL_URBAN_AREA: _("functional urban area"),
            PlaceKind.COUNTRY: _("country"),
            PlaceKind.NETWORK: _("network"),
        }
        return known.get(PlaceKind(kind), kind) if kind in set(PlaceKind) else kind

    def out_of(self, count: int, kinds: Sequence[str]) -> str:
        """Return "from 9 cities": a phrase of its own, for languages in which "from" changes the words after it."""
        if set(kinds) == {PlaceKind.COUNTRY}:
            return self.ngettext("from %(count)s country", "from %(count)s countries", count)
        if set(kinds) == {PlaceKind.REGION}:
            return self.ngettext("from %(count)s region", "from %(count)s regions", count)
        if set(kinds) <= {PlaceKind.CITY, PlaceKind.METROPOLE}:
            return self.ngettext("from %(count)s city", "from %(count)s cities", count)
        return self.ngettext("from %(count)s organisation", "from %(count)s organisations", count)

    def territories(self, count: int, kinds: Sequence[str]) -> str:
        """Return "9 cities", "10 countries" or "12 organisations", as the kinds of those that took part ask."""
        if set(kinds) == {PlaceKind.COUNTRY}:
            return self.ngettext("%(count)s country", "%(count)s countries", count)
        if set(kinds) == {PlaceKind.REGION}:
            return self.ngettext("%(count)s region", "%(count)s regions", count)
        if set(kinds) <= {PlaceKind.CITY, PlaceKind.METROPOLE}:
            return self.ngettext("%(count)s city", "%(count)s cities", count)
        return self.ngettext("%(count)s organisation", "%(count)s organisations", count)

    def kind(self, kind: ItemKind) -> str:
        """Return the name of a kind of item, as a heading of a column."""
        _ = self.gettext
        return {
            ItemKind.SUCCESS_FACTOR: _("Success factors"),
            ItemKind.CHALLENGE: _("Challenges"),
            ItemKind.LESSON: _("Lessons learnt"),
            ItemKind.RECOMMENDATION: _("Suggestions"),
            ItemKind.TAKE_HOME: _("To take home"),
            ItemKind.QUESTION: _("Questions"),
        }[kind]

    def one_of(self, kind: ItemKind) -> str:
        """Return what one item or message of a kind is called."""
        _ = self.gettext
        return {
            ItemKind.SUCCESS_FACTOR: _("Success factor"),
            ItemKind.CHALLENGE: _("Challenge"),
            ItemKind.LESSON: _("Lesson learnt"),
            ItemKind.RECOMMENDATION: _("Suggestion"),
            ItemKind.TAKE_HOME: _("Idea to take home"),
            ItemKind.QUESTION: _("Question"),
        }[kind]

    def items(self, kind: ItemKind, count: int) -> str:
        """Return "33 challenges"."""
        return {
            ItemKind.SUCCESS_FACTOR: self.ngettext("%(count)s success factor", "%(count)s success factors", count),
            ItemKind.CHALLENGE: self.ngettext("%(count)s challenge", "%(count)s challenges", count),
            ItemKind.LESSON: self.ngettext("%(count)s lesson", "%(count)s lessons", count),
            ItemKind.RECOMMENDATION: self.ngettext("%(count)s suggestion", "%(count)s suggestions", count),
            ItemKind.TAKE_HOME: self.ngettext("%(count)s idea to take home", "%(count)s ideas to take home", count),
            ItemKind.QUESTION: self.ngettext("%(count)s question", "%(count)s questions", count),
        }[kind]


def _in_english(code: str) -> str:
    return Words("en").country(code)


def _locale_of(language: str) -> Locale:
    """English is British here (EXPERIENCE.md, Words); a language without CLDR data speaks English dates."""
    if language in EUROPEAN:
        return EUROPEAN[language]
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return BRITISH


def _first_day(iso: str) -> date:
    year, month, day = ([int(part) for part in iso.split("-")] + [1, 1])[:3]
    return date(year, month, day)
