"""The code on a printed report, as people type it: with blanks, hyphens, capitals, and letters taken for digits."""

import re
import unicodedata

CODE_LENGTH = 12
"""Hexadecimal digits of the content's fingerprint that are printed."""
_CODE = re.compile(rf"[0-9a-f]{{{CODE_LENGTH}}}")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.:_]+")
# No code holds these letters: whoever types one has read a digit.
_READ_WRONG = str.maketrans({"o": "0", "l": "1", "i": "1"})


def code_in(typed: str) -> str:
    """Return the code in what was typed, as it is kept; an empty text when that is none."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).casefold().translate(_READ_WRONG)
    return plain if _CODE.fullmatch(plain) else ""


def ref_in(typed: str) -> str:
    """Return the reference of a review in what was typed, as it is kept."""
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    return re.sub(r"[\s\u2010-\u2015\u2212]+", "-", plain)
