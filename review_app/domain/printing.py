"""In which forms a report is printed, and how much one printing may take."""

import re
from dataclasses import dataclass
from enum import StrEnum

from review_app.domain.languages import FALLBACK, LANGUAGES


class Form(StrEnum):
    """What a print is: PDF/UA-1 to read, or the same as PDF/A-3a with the report's data inside, to keep."""

    PDF = "pdf"
    PDFA = "pdfa"


class Lane(StrEnum):
    """Where a print waits: a long report never stands before a short one."""

    QUICK = "quick"
    LONG = "long"


class Basis(StrEnum):
    """What a report is made of: one review, or a synthesis over many."""

    REVIEW = "review"
    SYNTHESIS = "synthesis"


@dataclass(frozen=True)
class Allowance:
    """What one printing may take: seconds, and bytes of memory."""

    seconds: float
    memory: int


ENDINGS = {Form.PDF: ".pdf", Form.PDFA: ".pdfa.pdf"}
_NAME = re.compile(
    rf"(?P<digest>[0-9a-f]{{64}})(-({'|'.join(LANGUAGES)}))?({'|'.join(map(re.escape, ENDINGS.values()))})"
)
LONG_FROM = 108_000
"""Characters of a snapshot. A page is made of some 2,450: this is 44 pages, or six seconds of a free processor."""
QUICK_SECONDS, LONG_SECONDS = 60.0, 900.0
QUICK_MEMORY, MOST_MEMORY = 1_500_000_000, 3_000_000_000
START_MEMORY, PAGE_MEMORY = 500_000_000, 1_200_000
"""What a room reserves before the first page, and for each: about twice of what was measured in use."""
PAGE_LETTERS = 1_450
"""Fewer than any page was seen to be made of: a report of short lines has more pages than its length tells."""


def lane_of(weight: int) -> Lane:
    """Return the lane of a snapshot of so many characters."""
    return Lane.LONG if weight >= LONG_FROM else Lane.QUICK


def allowance(weight: int) -> Allowance:
    """Return what the printing of a snapshot of so many characters may take."""
    if lane_of(weight) is Lane.QUICK:
        return Allowance(QUICK_SECONDS, QUICK_MEMORY)
    pages = weight // PAGE_LETTERS
    return Allowance(LONG_SECONDS, max(QUICK_MEMORY, min(MOST_MEMORY, START_MEMORY + pages * PAGE_MEMORY)))


def file_name(digest: str, form: Form, language: str = FALLBACK) -> str:
    """Return the name of the file of a print; one in another language than English says in which."""
    return digest + (f"-{language}" if language != FALLBACK else "") + ENDINGS[form]


def digest_of(name: str) -> str:
    """Return the digest that the file of a print is named by; empty when a file is none."""
    found = _NAME.fullmatch(name)
    return found["digest"] if found else ""
