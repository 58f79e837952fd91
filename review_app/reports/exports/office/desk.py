"""What a writer of a Word file has at hand: the document, its pictures, lists and bookmarks, each with its number."""

import re
from collections import Counter
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from review_app.reports.exports.office.drawing import drawing, fitting
from review_app.reports.exports.office.marks import LONGEST_NAME
from review_app.reports.exports.office.pictures import picture_of
from review_app.reports.exports.office.sheet import Sheet
from review_app.reports.exports.office.xml import make
from review_app.reports.frozen.snapshot import Brand
from review_app.reports.materials import Materials

_ODD = re.compile("[^0-9A-Za-z]+")
NUMBERS = 2
"""In assets/word/numbering.xml: the list with numbers, and the last of all."""


class Desk:
    """One document on its way."""

    def __init__(self, document: Document, materials: Materials, sheet: Sheet, brand: Brand) -> None:
        self.document, self.materials, self.sheet, self.brand = document, materials, sheet, brand
        self._count: Counter[str] = Counter()
        self._links: dict[str, str] = {}
        self._waiting: list[str] = []
        self._names: set[str] = set()

    def put(self, container: Any, made: Any) -> None:
        """Put a paragraph or a table at the end of a container; places that wait for a paragraph are its own now."""
        container.append(made)
        if made.tag == qn("w:p"):
            self.anchor(made)

    def number(self, of: str) -> int:
        """Return the next number of a thing, from 1."""
        self._count[of] += 1
        return self._count[of]

    def link(self, address: str) -> str:
        """Return the relation to an address of the web; the same address has one."""
        if address not in self._links:
            relate = self.document.part.relate_to
            self._links[address] = relate(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[address]

    def picture(
        self, address: str, words: str, most: tuple[int, int], *, narrow: int = 0, larger: float = 1
    ) -> Any | None:
        """Return the run of a picture that shows what `words` say, None for what is no picture of ours.

        `most` are the width and height it may have; one narrower than `narrow` is drawn so much `larger`.
        """
        found = picture_of(address, self.materials)
        if found is None:
            return None
        relation, _image = self.document.part.get_or_add_image(found.stream())
        size = fitting(found, *most, larger=larger if found.width < narrow else 1)
        return drawing(self.number("picture"), relation, size, words)

    def begin_numbers(self, first: int) -> int:
        """Return the number of a list that counts from `first` by itself."""
        numbering: Any = self.document.part.numbering_part.element
        number = NUMBERS + self.number("list")
        levels = (0, 1, 2)
        starts = (
            make("w:lvlOverride", make("w:startOverride", val=first if level == 0 else 1), ilvl=level)
            for level in levels
        )
        numbering.append(make("w:num", make("w:abstractNumId", val=NUMBERS), *starts, numId=number))
        return number

    def enclose(self, name: str, first: Any, last: Any) -> None:
        """Put a bookmark around whole paragraphs: behind the last one, so that what is typed at its end is inside.

        A message that is printed twice has its bookmarks where it stands first.
        """
        if name in self._names:
            return
        self._names.add(name)
        number = self.number("bookmark")
        at = 1 if len(first) and first[0].tag == qn("w:pPr") else 0
        first.insert(at, make("w:bookmarkStart", id=number, name=name))
        last.addnext(make("w:bookmarkEnd", id=number))

    def await_anchor(self, name: str | None) -> None:
        """Remember that the next paragraph is the place which a link on the page leads to."""
        if name:
            self._waiting.append(name)

    def anchor(self, paragraph: Any) -> None:
        """Give a paragraph the places that wait for one."""
        at = 1 if len(paragraph) and paragraph[0].tag == qn("w:pPr") else 0
        for name in dict.fromkeys(map(anchor_name, self._waiting)):
            if name in self._names:
                continue
            self._names.add(name)
            number = self.number("bookmark")
            paragraph.insert(at, make("w:bookmarkEnd", id=number))
            paragraph.insert(at, make("w:bookmarkStart", id=number, name=name))
        self._waiting.clear()


def anchor_name(name: str) -> str:
    """Return the bookmark of a place on the page."""
    return f"at_{_ODD.sub('_', name)}"[:LONGEST_NAME]
