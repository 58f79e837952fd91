"""A picture in a line of a Word file, with the words for those who do not see it."""

from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from review_app.reports.exports.office.pictures import Picture
from review_app.reports.exports.office.xml import make

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


def drawing(number: int, relation: str, size: tuple[int, int], words: str) -> Any:
    """Return the run of a picture: its number in the document, its relation, its size, what it shows."""
    spaces = nsdecls("wp", "a", "pic", "r")
    made: Any = parse_xml(
        _INLINE.format(spaces=spaces, width=size[0], height=size[1], number=number, relation=relation)
    )
    for properties in made.xpath(".//wp:docPr | .//pic:cNvPr"):
        properties.set("descr", words[:LONGEST_WORDS])
    return make("w:r", make("w:drawing", made))


def fitting(picture: Picture, width: int, height: int, *, larger: float = 1) -> tuple[int, int]:
    """Return the size at which a picture fits; `larger` is what it would like to be."""
    scale = min(larger, width / picture.width, height / picture.height)
    return int(picture.width * scale), int(picture.height * scale)
