"""Text before layout: words that no line can hold get places to break, so that no text stops the renderer."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from review_app.domain.text import clean_text

# One word of 10,000 letters takes WeasyPrint 70 seconds, with places to break nothing (RELIABILITY 1.6).
LONGEST_WORD = 80
_FLAG_LETTERS = "".join(chr(code) for code in range(0x1F1E6, 0x1F200))
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
STEP = 40
BREAK = "\u200b"

# No language puts more marks on one letter; a tower of them would be drawn over the lines and pages above.
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWER = re.compile(f"({_MARKS}{{6}}){_MARKS}+")
_LONG_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD + 1},}}")
# A single hard or thin space is meant; a run of spaces never is.
_BLANKS = re.compile(r"\s{2,}|[\t\n\v\f\r]")


class Address(str):
    """A text for a machine, such as a link or an image: it is printed as it is."""

    __slots__ = ()


def softened(value: object) -> object:
    """Return a text with single blanks and softly broken long words; anything else as it is."""
    if isinstance(value, Address) or not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _LONG_WORD.sub(_with_breaks, _TOWER.sub(r"\1", _BLANKS.sub(" ", clean_text(value))))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: its lines that are not empty."""
    return tuple(line for line in (line.strip() for line in clean_text(text).split("\n")) if line)


def spelled_out(html: str, characters: Iterable[str]) -> str:
    """Return a page in which signs that no font can draw, such as emoji, stand as their names in brackets.

    In the addresses of drawings they are percent-encoded, and are named there too.
    """
    names = {one: _name_of(one) for one in characters if not is_letter(one)}
    for one, name in names.items():
        html = html.replace(quote(one), quote(name)) if not one.isascii() else html
    return html.translate({ord(one): name for one, name in names.items()})


def is_letter(character: str) -> bool:
    """Tell whether a character carries the text: letters, accents and digits, which no name could replace."""
    return unicodedata.category(character)[0] in "LMN"


def _name_of(character: str) -> str:
    if character in _FLAG_LETTERS:
        return chr(ord("A") + ord(character) - ord(_FLAG_LETTERS[0]))
    if character in _SKIN_TONES:
        return ""
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _with_breaks(found: re.Match[str]) -> str:
    word = found.group()
    return BREAK.join(word[start : start + STEP] for start in range(0, len(word), STEP))
