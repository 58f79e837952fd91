"""What a form asks, to be filled in by hand: boxes to tick, and a line to write on beside the question."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.place import Place, properties_of
from review_app.reports.exports.office.runs import Piece, Voice, pieces_of, tidied, voice_of, write_pieces
from review_app.reports.exports.office.xml import make

APART, TICK = "\u2003", "☐\u00a0"
"""What stands between two answers, and before each: a box that no line ends behind."""
SHORT = 48
"""Letters of an answer that stays on one line."""


def write_choice(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write a question and its answers as one paragraph: a form that wraps later leaves more room for the pen."""
    _write(desk, container, place, "Choice", _chosen(element, place))


def write_beside(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write a question that asks for some words, and behind it a line up to the edge."""
    made = _write(desk, container, place, "Beside", _question(element, place))
    made.append(make("w:r", make("w:tab")))


def _write(desk: Desk, container: Any, place: Place, style: str, pieces: list[Piece]) -> Any:
    made = make("w:p", properties_of(place, style))
    write_pieces(desk, made, pieces)
    desk.put(container, made)
    return made


def _question(element: Any, place: Place) -> list[Piece]:
    asked = (pieces_of(one, voice_of(one, Voice(place.language))) for one in element.iter("p"))
    return tidied([piece for pieces in asked for piece in pieces])


def _chosen(element: Any, place: Place) -> list[Piece]:
    answers = (piece for option in element.iter("li") for piece in _answer(option, place))
    return [*_question(element, place), *answers]


def _answer(option: Any, place: Place) -> Iterator[Piece]:
    voice = voice_of(option, Voice(place.language, style="Answer"))
    words = tidied(pieces_of(option, voice))
    if sum(len(piece.said) for piece in words) <= SHORT:
        words = [replace(piece, said=piece.said.replace(" ", "\u00a0")) for piece in words]
    yield Piece(APART, voice)
    yield Piece(TICK, replace(voice, style="Tickbox"))
    yield from words
