"""How a message is found again in a Word file: bookmarks whose names say which message, which part and what it said.

A name is a letter for the part, twelve digits made from the message's key, and seven for each of its three texts as
they were: `h_0a1b2c3d4e5f_1111111_2222222_3333333`. So the file itself knows what has been changed in it, even when it
went through another program that keeps nothing but text and bookmarks.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from review_app.domain.text import clean_line
from review_app.reports.wording.printable import BREAK, paragraphs, softened

LONGEST_NAME = 40
"""Letters of a bookmark's name in Word."""
REVIEW, PAPER, KIND = "Review", "Content", "Kind of paper"
"""The properties of a file that say where it comes from; `Content` is the SHA-256 of the frozen report."""
_NAME = re.compile(r"([hbd])_([0-9a-f]{12})_([0-9a-f]{7})_([0-9a-f]{7})_([0-9a-f]{7})")


class Part(StrEnum):
    """The parts of a message that can be edited in Word, by the names that the page gives them."""

    HEADLINE = "headline"
    BODY = "body"
    DISSENT = "dissent"


PARTS = tuple(Part)
LETTERS = {part.value[0]: part for part in Part}


@dataclass(frozen=True)
class Mark:
    """What a bookmark says: the message, the part, and a digest of each part as it was."""

    message: str
    part: Part
    was: tuple[str, str, str]

    @property
    def name(self) -> str:
        """Return the bookmark's name."""
        return "_".join((self.part.value[0], self.message, *self.was))


def message_of(key: str) -> str:
    """Return the digits that stand for a message's key: letters of both cases are one to Word."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def read(name: str) -> Mark | None:
    """Return what a bookmark says, None for any other bookmark."""
    found = _NAME.fullmatch(name.lower())
    if found is None:
        return None
    letter, message, *was = found.groups()
    return Mark(message, LETTERS[letter], (was[0], was[1], was[2]))


def digest(text: str, part: Part) -> str:
    """Return seven digits for a text as a reader reads it, whatever its blanks and empty lines are."""
    return hashlib.sha256(plain(text, part).encode()).hexdigest()[:7]


def plain(text: str, part: Part) -> str:
    """Return a text as it is compared: one line for each paragraph of a body, else one line."""
    if part is not Part.BODY:
        return _line(text)
    return "\n".join(line for line in map(_line, paragraphs(text)) if line)


def _line(text: str) -> str:
    return clean_line(str(softened(clean_line(text.replace(BREAK, "")))).replace(BREAK, ""))
