"""The look of a network: colours that stay readable, a logo with its words, and what each funder asks for."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from review_app.domain.languages import LANGUAGES
from review_app.domain.text import clean_line

READABLE = 4.5
"""The contrast that words need on their ground (WCAG 2.2, 1.4.3)."""
LARGEST = 50_000  # bytes
PAPER, TEXT = "#ffffff", "#1c2430"
NAME, WORDS, MOST = 200, 1000, 20
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LOGO = re.compile(r"[\w-]+\.png")
# What stands on what, in reports and drawings: a name of a colour, or paper and the text of the body.
PAIRS = (("ink", "paper"), ("accent", "paper"), ("mid", "paper"), ("text", "pale"), ("ink", "pale"), ("ink", "line"))

Worded = tuple[tuple[str, str], ...]
"""A text in several languages: pairs of a language's code and the words."""


class BrandError(ValueError):
    """A brand file that cannot be used; `problems` are sentences that say what to mend."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Colours:
    """The colours of the reports as #rrggbb; those of assets/print/tokens.css unless a network has its own."""

    ink: str = "#14284b"
    accent: str = "#a8431b"
    mid: str = "#5a6c88"
    pale: str = "#e6ebf2"
    line: str = "#b9c3d2"


@dataclass(frozen=True)
class Funder:
    """Who pays, the words by which its money is known in a funding line, and what it wants to be said."""

    name: str
    match: tuple[str, ...]
    funding: Worded = ()
    disclaimer: Worded = ()

    def pays(self, funding: str) -> bool:
        """Tell whether a funding line names this funder: one of its words stands there as a word of its own."""
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", funding, re.IGNORECASE) for word in self.match)


@dataclass(frozen=True)
class Brand:
    """The look of one network. `logo` is the name of its file, and once that is read a PNG as a data address."""

    network: str = ""
    colours: Colours = field(default=Colours())
    logo: str = ""
    logo_text: str = ""
    funders: tuple[Funder, ...] = ()

    def funder_of(self, funding: str) -> Funder | None:
        """Return the first funder that a funding line names."""
        return next((one for one in self.funders if one.pays(funding)), None)


def parsed(raw: bytes) -> Brand:
    """Return the brand that a TOML file holds. Raises BrandError with every problem found."""
    try:
        plain = tomllib.loads(raw.decode("utf-8").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandError([f"This is not a TOML file: {error}."]) from error
    except RecursionError as error:
        raise BrandError(["This file is nested too deeply."]) from error
    reading = _Reading()
    brand = reading.brand(plain)
    if reading.problems:
        raise BrandError(reading.problems)
    return brand


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def unreadable(colours: Colours) -> tuple[str, ...]:
    """Return a sentence for every two colours that stand on each other and cannot be read."""
    shades = {"paper": PAPER, "text": TEXT} | {one.name: getattr(colours, one.name) for one in fields(colours)}
    return tuple(
        f"{_named(above, shades)} on {_named(below, shades)} has a contrast of "
        f"{contrast(shades[above], shades[below]):.1f}:1; at least {READABLE}:1 is needed to read it."
        for above, below in PAIRS
        if contrast(shades[above], shades[below]) < READABLE
    )


def _named(name: str, shades: Mapping[str, str]) -> str:
    fixed = {"paper": "white paper", "text": "the text of the body"}
    return fixed.get(name) or f"the colour {name} {shades[name]}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Reading:
    """Reads plain data and remembers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def brand(self, plain: Mapping[str, Any]) -> Brand:
        self._known(plain, ("network", "colours", "logo", "funder"), "the file")
        logo = self._table(plain, "logo")
        self._known(logo, ("file", "text"), "[logo]")
        funders = plain.get("funder", [])
        if not isinstance(funders, list) or len(funders) > MOST:
            self.problems.append(f"[[funder]] is a list of at most {MOST} tables.")
            funders = []
        return Brand(
            network=self._line(plain, "network", "network", most=NAME),
            colours=self._colours(self._table(plain, "colours")),
            logo=self._logo(logo),
            logo_text=self._line(logo, "text", "The text of [logo]", most=NAME),
            funders=tuple(self._funder(one, place) for place, one in enumerate(funders, start=1)),
        )

    def _colours(self, plain: Mapping[str, Any]) -> Colours:
        names = tuple(one.name for one in fields(Colours))
        self._known(plain, names, "[colours]")
        given = {name: plain[name] for name in names if name in plain}
        wrong = [name for name, value in given.items() if not isinstance(value, str) or not _COLOUR.fullmatch(value)]
        self.problems += [f"The colour {name} is written as #rrggbb, such as #14284b." for name in wrong]
        colours = Colours(**{name: value.lower() for name, value in given.items() if name not in wrong})
        self.problems += [] if wrong else map(_capital, unreadable(colours))
        return colours

    def _logo(self, plain: Mapping[str, Any]) -> str:
        name = self._line(plain, "file", "The file of [logo]", most=NAME)
        if name and not _LOGO.fullmatch(name):
            self.problems.append("The file of [logo] is the name of a PNG beside this file, such as logo.png.")
        if name and not plain.get("text"):
            self.problems.append("A logo needs a text that says what it shows, for those who do not see it.")
        return name

    def _funder(self, plain: object, place: int) -> Funder:
        where = f"[[funder]] {place}"
        if not isinstance(plain, dict):
            self.problems.append(f"{where} is a table.")
            return Funder("", ())
        self._known(plain, ("name", "match", "funding", "disclaimer"), where)
        match = plain.get("match", [])
        if not isinstance(match, list) or not match or not all(isinstance(one, str) and one.strip() for one in match):
            self.problems.append(f"{where} needs match, a list of words by which its money is known.")
            match = []
        name = self._line(plain, "name", f"The name of {where}", most=NAME)
        if not name:
            self.problems.append(f"{where} needs a name.")
        return Funder(
            name,
            tuple(clean_line(one) for one in match),
            self._worded(self._table(plain, "funding"), f"the funding of {where}"),
            self._worded(self._table(plain, "disclaimer"), f"the disclaimer of {where}"),
        )

    def _worded(self, plain: Mapping[str, Any], what: str) -> Worded:
        self._known(plain, tuple(LANGUAGES), what)
        codes = [code for code in LANGUAGES if code in plain]
        return tuple((code, self._line(plain, code, _capital(f"{what} in {code}"), most=WORDS)) for code in codes)

    def _table(self, plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = plain.get(name, {})
        if isinstance(found, dict):
            return found
        self.problems.append(f"{name} is a table.")
        return {}

    def _line(self, plain: Mapping[str, Any], key: str, what: str, *, most: int) -> str:
        value = plain.get(key, "")
        if not isinstance(value, str):
            self.problems.append(f"{what} is a text.")
            return ""
        line = clean_line(value)
        if len(line) > most:
            self.problems.append(f"{what} has {len(line)} characters; at most {most} fit.")
        return line

    def _known(self, plain: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
        self.problems += [
            f"There is no “{clean_line(str(key))[:40]}” in {where}; there are: {', '.join(names)}."
            for key in plain
            if key not in names
        ]
