"""The contents of a long report: each line leads to its place and names its page, as the reader's program counts it."""

from typing import Any

from docx.oxml.ns import qn

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.place import HEADINGS, Place
from review_app.reports.exports.office.runs import (
    Piece,
    Voice,
    link_of,
    pieces_of,
    properties_of,
    run_of,
    tidied,
    voice_of,
)
from review_app.reports.exports.office.xml import field, make


def write(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write the list of contents of a page."""
    for one in element.iter(*HEADINGS, "li"):
        if one.tag in HEADINGS:
            desk.await_anchor(one.get("id"))
            words = tidied(pieces_of(one, voice_of(one, Voice(place.language))))
            runs = [run_of(piece) for piece in words]
            desk.put(container, make("w:p", make("w:pPr", make("w:pStyle", val=HEADINGS[one.tag])), *runs))
            continue
        link = next(one.iter("a"), None)
        if link is not None:
            within = len(list(one.iterancestors("ol", "ul"))) > 1 or "within" in one.get("class", "")
            desk.put(container, _line(desk, link, Voice(place.language), "TOC2" if within else "TOC1"))


def _line(desk: Desk, link: Any, voice: Voice, style: str) -> Any:
    address = voice_of(link, voice).address
    plain = Voice(link.get("lang") or voice.language)
    words = [Piece(piece.said, Voice(piece.voice.language)) for piece in tidied(pieces_of(link, plain))]
    made = link_of(desk, address)
    made.extend(run_of(piece) for piece in words)
    made.append(make("w:r", make("w:tab")))
    made.extend(field(f"PAGEREF {made.get(qn('w:anchor'))} \\h", properties_of(plain), shown="", is_known=False))
    return make("w:p", make("w:pPr", make("w:pStyle", val=style)), made)
