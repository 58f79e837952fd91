"""What WeasyPrint 70 leaves out of the tags of a PDF: in which language a text is, and what a header cell heads."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

WHOLE = ("html", "article")
"""Elements whose language is that of the document, which the file says by itself."""


def scope_headers(_document: object, pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row (PDF/UA-1 7.5)."""
    by_reference = {one.reference: one for one in pdf.objects if hasattr(one, "get")}
    for cell in by_reference.values():
        if cell.get("S") == "/TH":
            group = by_reference[by_reference[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _with_languages(box: Any, *rest: Any) -> Iterator[Any]:
    """Say of each element in which language it is where the page says so (PDF/UA-1 7.2)."""
    source = getattr(box, "_box", box).element
    language = source.get("lang") if source is not None and source.tag not in WHOLE else None
    for element in _TREE(box, *rest):
        if language:
            element["Lang"] = pydyf.String(language)
        yield element


# The only place at which an element of the file still knows the box, and so the part of the page, that it is made of.
_TREE = tags._build_box_tree
tags._build_box_tree = _with_languages
