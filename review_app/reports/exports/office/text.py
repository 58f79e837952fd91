"""Text on its way into a Word file and out of it: signs that XML knows, languages as Word names them."""

import re
from functools import lru_cache

from babel.core import get_global

from review_app.reports.wording.printable import BREAK, LONGEST_WORD, STEP

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTS = re.compile(rf"[^\s{BREAK}]{{1,{STEP}}}(?:{BREAK}[^\s{BREAK}]{{1,{STEP}}})+")
# English is British here; of the others CLDR knows where most of their speakers live, which for one is not in Europe.
_AT_HOME = {"en": "en-GB", "pt": "pt-PT"}
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))


def as_xml(text: str) -> str:
    """Return a text without the signs that no XML file can hold."""
    return _NOT_XML.sub("", text)


def whole(text: str) -> str:
    """Return a text whose long words are whole again: a word processor breaks them by itself."""
    return _PARTS.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    word = found.group().replace(BREAK, "")
    return word if len(word) > LONGEST_WORD else found.group()


@lru_cache(maxsize=128)
def tag_of(language: str) -> str:
    """Return "fr-FR" for "fr": Word chooses its dictionary by language and country."""
    plain = language.replace("_", "-")
    if "-" in plain:
        return plain
    likely = get_global("likely_subtags").get(plain, "").split("_")
    return _AT_HOME.get(plain) or (f"{plain}-{likely[2]}" if len(likely) == 3 else plain)


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language.split("-")[0] in RIGHT_TO_LEFT
