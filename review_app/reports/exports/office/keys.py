"""The parts of a message in a Word file: found while paragraphs are written, then put between bookmarks."""

from dataclasses import replace
from typing import Any

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.marks import PARTS, Mark, Part, digest, message_of
from review_app.reports.exports.office.runs import Piece

_PART = "part-of-a-message"
LABEL = "Label"


def labelled(pieces: list[Piece]) -> list[Piece]:
    """Return words in which those that only introduce a part, such as "A different view:", are marked as such."""
    if not any(piece.voice.part for piece in pieces):
        return pieces
    return [piece if piece.voice.part else replace(piece, voice=replace(piece.voice, style=LABEL)) for piece in pieces]


def note(paragraph: Any, pieces: list[Piece]) -> None:
    """Remember on a paragraph which part of a message it says, and its words."""
    part = next((piece.voice.part for piece in pieces if piece.voice.part), None)
    if part is not None:
        said = "".join(piece.said for piece in pieces if piece.voice.part)
        paragraph.set(_PART, f"{part}:{said}")


def enclose(desk: Desk, key: str, paragraphs: list[Any]) -> None:
    """Put each part of a message between bookmarks; paragraphs of a part stand together."""
    found: dict[Part, list[Any]] = {}
    said: dict[Part, list[str]] = {}
    for one in paragraphs:
        part, _, words = one.attrib.pop(_PART, "").partition(":")
        if part:
            found.setdefault(Part(part), []).append(one)
            said.setdefault(Part(part), []).append(words)
    was = [digest("\n".join(said.get(part, [])), part) for part in PARTS]
    for part, group in found.items():
        mark = Mark(message_of(key), part, (was[0], was[1], was[2]))
        desk.enclose(mark.name, group[0], group[-1])
