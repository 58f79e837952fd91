"""What WeasyPrint 70 leaves out of the tags of a PDF: languages, what a head cell heads, lists, links in one piece."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

from review_app.reports.printing import listing

WHOLE = ("html", "article")
"""Elements whose language is that of the document, which the file says by itself."""
SOFT_BREAK = "\u200b"
"""Where a long word may break: no letter of a name."""
POINT = 0.75
"""Points in a pixel."""
SILENT = pydyf.String(" ")


def completed(_document: object, pdf: Any) -> None:
    """Finish the tags of a file that is not written yet: cells, figures and lists (PDF/UA-1 7.2, 7.3, 7.5)."""
    by_reference = {one.reference: one for one in pdf.objects if hasattr(one, "get")}
    for element in by_reference.values():
        if element.get("S") == "/TH":
            group = by_reference[by_reference[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        elif element.get("S") == "/Figure":
            _place(element["A"]["BBox"], by_reference[element["Pg"]])
    listing.mend(pdf)


def _place(corners: list[float], page: Any) -> None:
    """Say where a figure stands as a file measures: in points from the foot, not in pixels from the head."""
    left, top, right, bottom = (POINT * one for one in corners)
    height = page["MediaBox"][3]
    corners[:] = (left, height - bottom, right, height - top)


def _told_more(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """Say of each element in which language it is where the page says so (PDF/UA-1 7.2); a link is one, with a name."""
    source = getattr(box, "_box", box)
    named = source.element is not None and source.element.tag not in WHOLE
    language = source.element.get("lang") if named else None
    if named and source.link_annotation:
        _name(source.link_annotation, source.element)
    for element in _TREE(box, parent, pdf, *rest):
        listing.remember(element, source)
        if language:
            element["Lang"] = pydyf.String(language)
        if source.link_annotation and (element["S"] != "/Link" or parent["S"] == "/Link"):
            _join(element, parent, pdf, rest[2])
        if source.is_leader:
            # Dots lead the eye; read aloud they are noise.
            element["ActualText"] = SILENT
        yield element


def _name(note: Any, source: Any) -> None:
    """Call a link within the file by its words (PDF/UA-1 7.18.5); WeasyPrint calls it by the anchor it leads to."""
    words = " ".join("".join(source.itertext()).replace(SOFT_BREAK, "").split())
    if "Dest" in note and words:
        note["Contents"] = pydyf.String(words)


def _join(part: Any, link: Any, pdf: Any, notes: list[tuple[bytes, Any]]) -> None:
    """Make a part of a link, such as its number of a page, a piece of it and not one more link, or one of nothing."""
    if part["S"] == "/Link":
        part["S"] = "/Span"
    places = [one for one in part["K"] if _is_place(one, pdf)]
    part["K"][:] = [one for one in part["K"] if one not in places]
    link["K"].extend(places)
    notes[:] = [(link.reference if owner == part.reference else owner, note) for owner, note in notes]


def _is_place(kid: Any, pdf: Any) -> bool:
    return isinstance(kid, bytes) and bool(pdf.objects[int(kid.split()[0])]["Type"] == "/OBJR")


# The only place at which an element of the file still knows the box, and so the part of the page, that it is made of.
_TREE = tags._build_box_tree
tags._build_box_tree = _told_more
