"""Text at the door: what people type is made safe to keep without losing a visible letter (RELIABILITY: input)."""

import re
import unicodedata
from functools import lru_cache

MOST_MARKS = 30
"""Marks on one letter, as in Unicode's stream-safe text (UAX 15): sorting a longer run takes quadratic time."""
_FIRST_MARK, _AFTER_MARKS = 0x300, 0x20000
_NEVER = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but tab, line feed, next line
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # direction marks and overrides can swap what is read
    "\ufdd0-\ufdef\ufff9-\ufffb"  # non-characters, interlinear marks
    "\ud800-\udfff"  # lone surrogates cannot be written as UTF-8
    "]"
)
_PLANE_ENDS = re.compile(
    "[" + "".join(chr((plane << 16) | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_BLANKS = re.compile(r"[^\S\n]{3,}")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*){2,}")
_ANY_SPACE = re.compile(r"\s+")


def clean_text(raw: str) -> str:
    """Return a paragraph text: NFC, LF line ends, no control or direction characters, runs of blanks at most two.

    Idempotent; drops nothing that can be read: of marks piled on one letter the first thirty stay. The length is the
    caller's to limit.
    """
    text = _LINE_ENDS.sub("\n", raw)
    text = _PLANE_ENDS.sub("", _NEVER.sub("", text))
    text = _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(text)))
    text = _BLANKS.sub("  ", text)
    return _EMPTY_LINES.sub("\n\n", text).strip()


def clean_line(raw: str) -> str:
    """Return a text of one line: as `clean_text`, and every run of white space one blank."""
    return _ANY_SPACE.sub(" ", clean_text(raw)).strip()


def _fewer_marks(text: str) -> str:
    """Keep the first marks of every pile, before and after composing: some marks are two once they are sorted."""
    return text if text.isascii() else _pile().sub(r"\1", text)


@lru_cache(maxsize=1)
def _pile() -> re.Pattern[str]:
    letters = map(chr, range(_FIRST_MARK, _AFTER_MARKS))
    marks = "".join(one for one in letters if unicodedata.combining(unicodedata.normalize("NFD", one)[0]))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def email_identity(address: str) -> str:
    """Return the form under which an address is one person: NFKC, case folded, no surrounding space.

    Kelvin signs, dotless letters and full-width letters fold into plain ones, so look-alikes collide here
    instead of opening a second account (ASVS 5.0 V2.2.1).
    """
    folded = unicodedata.normalize("NFKC", address).strip().casefold()
    return unicodedata.normalize("NFKC", folded)
