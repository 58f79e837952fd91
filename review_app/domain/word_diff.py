"""What changed between two texts, word by word: for people who read it, not for machines that merge it."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

AROUND = 12
"""How many unchanged words stay before and after a change; what lies further away is left out."""
MOST = 500
"""Words in a row that are compared one by one; where more than these have changed it is a new text."""
_WORDS = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    LEFT_OUT = "left out"


class Piece(NamedTuple):
    """Some words in a row and what became of them."""

    change: Change
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return the words of both texts in reading order: what is gone stands before what came in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _compared(old[head : len(old) - tail], new[head : len(new) - tail])
    beginning, end = "".join(new[:head]), "".join(new[len(new) - tail :])
    found = [Piece(Change.SAME, beginning), *middle, Piece(Change.SAME, end)]
    return [piece for piece in found if piece.text]


def _alike(old: list[str], new: list[str]) -> int:
    """Count the words that both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one.rstrip() != other.rstrip()), min(len(old), len(new)))


def _compared(old: list[str], new: list[str]) -> list[Piece]:
    if max(len(old), len(new)) > MOST:
        return _replaced(old, new)
    found: list[Piece] = []
    steps = SequenceMatcher(None, [one.rstrip() for one in old], [one.rstrip() for one in new]).get_opcodes()
    for tag, first, last, start, end in steps:
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(new[start:end])))
            continue
        found += _replaced(old[first:last], new[start:end])
    return found


def _replaced(old: list[str], new: list[str]) -> list[Piece]:
    """Words that went and words that came; the blanks behind them belong to neither."""
    came = "".join(new)
    end = came[len(came.rstrip()) :]
    return [Piece(Change.REMOVED, "".join(old).rstrip()), Piece(Change.ADDED, came.rstrip()), Piece(Change.SAME, end)]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with long unchanged stretches left out in their middle, as it is read in a list."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        is_long = piece.change is Change.SAME and len(_WORDS.findall(piece.text)) > 2 * AROUND + 1
        found += _ends(piece.text, first=number == 0, last=number == len(pieces) - 1) if is_long else [piece]
    return found


def _ends(text: str, *, first: bool, last: bool) -> list[Piece]:
    """Keep the words next to a change: none before the first piece, none after the last."""
    words = _WORDS.findall(text)
    head = [] if first else [Piece(Change.SAME, "".join(words[:AROUND]))]
    tail = [] if last else [Piece(Change.SAME, "".join(words[-AROUND:]))]
    return [*head, Piece(Change.LEFT_OUT, ""), *tail]
