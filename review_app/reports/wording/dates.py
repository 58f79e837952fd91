"""Days and spans of days as a language writes them, months in full: CLDR, mended where it speaks in short forms."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

Pattern = tuple[str, ...]

# CLDR has no intervals with full months for these; what stands here follows their own long dates.
_DAYS: Mapping[str, Mapping[str, Pattern]] = MappingProxyType(
    {
        "lt": {
            "d": ("y 'm'. MMMM d–", "d 'd'."),
            "M": ("y 'm'. MMMM d 'd'.\u2009–\u2009", "MMMM d 'd'."),
            "y": ("y 'm'. MMMM d 'd'.\u2009–\u2009", "y 'm'. MMMM d 'd'."),
        },
        "mt": {
            "d": ("d–", "d 'ta’' MMMM y"),
            "M": ("d 'ta’' MMMM\u2009–\u2009", "d 'ta’' MMMM y"),
            "y": ("d 'ta’' MMMM y\u2009–\u2009", "d 'ta’' MMMM y"),
        },
    }
)
_MONTHS: Mapping[str, Mapping[str, Pattern]] = MappingProxyType(
    {
        "lt": {"M": ("y 'm'. LLLL–", "LLLL"), "y": ("y 'm'. LLLL\u2009–\u2009", "y 'm'. LLLL")},
        "lv": {"y": ("y. 'gada' LLLL\u2009–\u2009", "y. 'gada' LLLL")},
    }
)
_MONTH = MappingProxyType({"lv": "y. 'gada' LLLL"})
# Both write the first of a month as an ordinal.
_FIRST = MappingProxyType({"fr": "'1er'", "it": "'1º'"})

_SHORT_MONTH = re.compile("(?<!M)MMM(?!M)")
_MONTH_NUMBER = re.compile(r"(?<!M)M(?!M)\.?")


def day(one: date, locale: Locale) -> str:
    """Return "4 June 2026"."""
    return _written(one, locale.date_formats["long"].pattern, locale)


def month(one: date, locale: Locale) -> str:
    """Return "October 2018"."""
    pattern = _MONTH.get(locale.language)
    return format_date(one, pattern, locale=locale) if pattern else format_skeleton("yMMMM", one, locale=locale)


def days(start: date, end: date, locale: Locale) -> str:
    """Return "14–15 November 2019"; CLDR often has intervals of days with short months or numbers only."""
    formats = locale.interval_formats
    known = _DAYS.get(locale.language) or formats.get("yMMMMd", formats["yMMMd"])
    return _joined(start, end, tuple(map(_full, known[_differs(start, end)])), locale)


def months(start: date, end: date, locale: Locale) -> str:
    """Return "October – December 2018"."""
    pattern = _MONTHS.get(locale.language, {}).get(_differs(start, end))
    return _joined(start, end, pattern, locale) if pattern else format_interval(start, end, "yMMMM", locale=locale)


def years(start: date, end: date, locale: Locale) -> str:
    """Return "2019" or "2017–2019"."""
    if start.year == end.year:
        return format_skeleton("y", start, locale=locale)
    return format_interval(start, end, "y", locale=locale)


def _differs(start: date, end: date) -> str:
    return "y" if start.year != end.year else "M" if start.month != end.month else "d"


def _full(pattern: str) -> str:
    full = _SHORT_MONTH.sub("MMMM", pattern).replace("dd", "d")
    return full if "MMMM" in full else _MONTH_NUMBER.sub("MMMM", full)


def _joined(start: date, end: date, patterns: Pattern, locale: Locale) -> str:
    return "".join(_written(one, pattern, locale) for one, pattern in zip((start, end), patterns, strict=True))


def _written(one: date, pattern: str, locale: Locale) -> str:
    first = _FIRST.get(locale.language)
    if first and one.day == 1:
        pattern = pattern.replace("d", first)
    return format_date(one, pattern, locale=locale)
