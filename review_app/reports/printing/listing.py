"""Lists in the tags of a PDF, as PDF/UA-1 7.2 wants them: items alone in a list, label and body alone in an item.

WeasyPrint 70 tags every box: a column of a list is a list in it, a `div` about a term stands between list and item, a
term and what it means are two items, and a paragraph in an item is part of no body (ISO 32000-1, 14.8.4.3.3).
"""

from collections.abc import Iterator
from typing import Any

import pydyf

PLACING = ("/L", "/Div", "/NonStruct", "/P")
"""What may stand between a list of terms and its items, and says nothing to who hears it."""


def remember(element: Any, box: Any) -> None:
    """Keep of which part of the page an element is made, while the file is made."""
    element.made_of = box.element_tag if box.element is not None else None


def mend(pdf: Any) -> None:
    """Bring the lists of a file into the shape of the standard; what is left over is emptied."""
    for element in list(pdf.objects):
        kind = element.get("S") if hasattr(element, "get") else None
        if kind == "/L" and _made_of(element) == "dl" and not _is_within_another(element, pdf):
            _Terms(element, pdf).gather()
    for element in list(pdf.objects):
        if hasattr(element, "get") and element.get("S") == "/LI":
            _embody(element, pdf)


def _made_of(element: Any) -> str | None:
    tag: str | None = getattr(element, "made_of", None)
    return tag


def _at(reference: bytes, pdf: Any) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _is_within_another(element: Any, pdf: Any) -> bool:
    above = _at(element["P"], pdf)
    return above["S"] == "/L" and _made_of(above) == "dl"


class _Terms:
    """The terms of one list and what they mean, each pair to become one item: label and body."""

    def __init__(self, words: Any, pdf: Any) -> None:
        self._list, self._pdf = words, pdf
        self._items: list[Any] = []

    def gather(self) -> None:
        """Make the items anew from what lies anywhere below the list."""
        found = list(self._below(self._list))
        self._list["K"][:] = []
        for part in found:
            self._put(part)
        self._list["K"].extend([item.reference for item in self._items])

    def _below(self, element: Any) -> Iterator[Any]:
        for reference in element["K"]:
            part = _at(reference, self._pdf)
            if part["S"] in PLACING and _made_of(part) not in ("dt", "dd"):
                yield from self._below(part)
                part.clear()
            elif part["S"] == "/LI":
                yield from (_at(one, self._pdf) for one in part["K"])
                part.clear()
            else:
                yield part

    def _put(self, part: Any) -> None:
        """Add a term, what it means, or a space between two of them, to the item where it belongs."""
        is_term = _made_of(part) == "dt"
        if not self._items or (is_term and not self._is_open()):
            self._items.append(_new("/LI", self._list, part, self._pdf))
        item = self._items[-1]
        if is_term or _made_of(part) == "dd":
            part["S"] = "/Lbl" if is_term else "/LBody"
        part["P"] = item.reference
        item["K"].append(part.reference)

    def _is_open(self) -> bool:
        """Tell whether the last item is a term so far, which goes on in the next line."""
        return all(_at(one, self._pdf)["S"] == "/Lbl" for one in self._items[-1]["K"])


def _embody(item: Any, pdf: Any) -> None:
    """Put what stands in an item beside label and body into its body, which is made when there is none."""
    parts = [_at(one, pdf) for one in item["K"]]
    if all(part["S"] in ("/Lbl", "/LBody") for part in parts):
        return
    labels = [part for part in parts if part["S"] == "/Lbl"]
    body = next((part for part in parts if part["S"] == "/LBody"), None) or _new("/LBody", item, parts[0], pdf)
    body["K"][:] = [kid for part in parts if part not in labels for kid in _held(part, body)]
    item["K"][:] = [part.reference for part in (*labels, body)]


def _held(part: Any, body: Any) -> list[Any]:
    if part is body:
        return list(body["K"])
    if part["S"] == "/LBody":
        # What a term means goes on in the next line.
        part["S"] = "/Span"
    part["P"] = body.reference
    return [part.reference]


def _new(kind: str, parent: Any, like: Any, pdf: Any) -> Any:
    made = pydyf.Dictionary(
        {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": like["Pg"], "P": parent.reference}
    )
    pdf.add_object(made)
    return made
