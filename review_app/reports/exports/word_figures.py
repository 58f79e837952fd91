"""Pictures in a Word file, with the words for those who do not see them."""

from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from review_app.reports.exports.word_desk import Desk
from review_app.reports.exports.word_place import Place, properties_of
from review_app.reports.exports.word_runs import Piece, Voice, tidied, write_pieces
from review_app.reports.exports.word_sheet import MM
from review_app.reports.exports.word_text import as_xml
from review_app.reports.exports.word_xml import make

# A drawing made for the margin column may be larger where it has the whole width to itself.
NARROW, LARGER = 80 * MM, 1.6
LONGEST_WORDS = 2000
_INLINE = (
    "<wp:inline {spaces} distT='0' distB='0' distL='0' distR='0'><wp:extent cx='{width}' cy='{height}'/>"
    "<wp:docPr id='{number}' name='Picture {number}'/>"
    "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect='1'/></wp:cNvGraphicFramePr>"
    "<a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:pic>"
    "<pic:nvPicPr><pic:cNvPr id='{number}' name='Picture {number}'/><pic:cNvPicPr/></pic:nvPicPr>"
    "<pic:blipFill><a:blip r:embed='{relation}'/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    "<pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
    "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
)


def write(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write the pictures of a figure; one that is no picture of ours leaves its words."""
    for image in element.iter("img"):
        words = " ".join(as_xml(image.get("alt", "")).split())[:LONGEST_WORDS]
        found = desk.picture(image.get("src", ""))
        made = make("w:p", properties_of(place, "Figure"))
        if found is None:
            write_pieces(desk, made, tidied([Piece(words, Voice(place.language, style="Note"))]))
        else:
            picture, relation = found
            size = _fitting(desk, picture.width, picture.height, place)
            made.append(make("w:r", make("w:drawing", _inline(desk.number("picture"), relation, size, words))))
        if len(made) > 1:
            desk.put(container, made)


def _inline(number: int, relation: str, size: tuple[int, int], words: str) -> Any:
    spaces = nsdecls("wp", "a", "pic", "r")
    made: Any = parse_xml(
        _INLINE.format(spaces=spaces, width=size[0], height=size[1], number=number, relation=relation)
    )
    for properties in made.xpath(".//wp:docPr | .//pic:cNvPr"):
        properties.set("descr", words)
    return made


def _fitting(desk: Desk, width: int, height: int, place: Place) -> tuple[int, int]:
    """Return the size at which a picture fits the line and the page."""
    most = place.width or desk.sheet.text_width
    wanted = width * LARGER if width < NARROW and not place.width else width
    scale = min(wanted, most) / width
    scale = min(scale, desk.sheet.text_height / height)
    return int(width * scale), int(height * scale)
