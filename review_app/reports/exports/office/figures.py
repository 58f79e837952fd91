"""Figures of a Word file: each picture in a paragraph of its own, as wide as it was drawn or as the line allows."""

from typing import Any

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.place import Place, properties_of
from review_app.reports.exports.office.runs import Piece, Voice, run_of, tidied
from review_app.reports.exports.office.sheet import MM
from review_app.reports.exports.office.text import as_xml
from review_app.reports.exports.office.xml import make

# A drawing made for the margin column may be larger where it has the whole width to itself.
NARROW, LARGER = 80 * MM, 1.6


def write(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write the pictures of a figure; one that is no picture of ours leaves its words."""
    for image in element.iter("img"):
        words = " ".join(as_xml(image.get("alt", "")).split())
        width = place.width or desk.sheet.text_width
        larger = LARGER if element.tag == "figure" and not place.width else 1
        run = desk.picture(image.get("src", ""), words, (width, desk.sheet.text_height), narrow=NARROW, larger=larger)
        runs = [run] if run is not None else [run_of(one) for one in tidied([Piece(words, Voice(place.language))])]
        if runs:
            desk.put(container, make("w:p", properties_of(place, "Figure"), *runs))
