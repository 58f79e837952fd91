"""The words inside a paragraph: what is strong, what leads somewhere, in which language each word is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from docx.oxml.ns import qn

from review_app.reports.exports.office.desk import Desk, anchor_name
from review_app.reports.exports.office.marks import Part
from review_app.reports.exports.office.sheet import MM
from review_app.reports.exports.office.text import as_xml, is_right_to_left, tag_of, whole
from review_app.reports.exports.office.xml import make, text

_BLANKS = re.compile("[ \t\r\n\f]+")
BREAK = "\v"
"""Stands for a new line; no text holds it, for no XML does."""
STYLES = {"strong": "Strong", "b": "Strong", "em": "Emphasis", "i": "Emphasis"}
CLASSES = {"report-note": "Note", "report-summary": "Note", "report-code": "Strong", "report-no": "Label"}
LIGHT = frozenset(("Note", "Answer", "Tickbox"))
"""Styles that are never bold; a paragraph that is bold would make their words so."""
RAISED = {"sup": "superscript", "sub": "subscript"}
# Where the printed page puts each span on a line of its own, a line of text wants a sign between them.
LISTED, STACKED = frozenset(("report-support", "report-side")), frozenset(("dd",))
CELLS = frozenset(("th", "td"))
BETWEEN = " · "
LOGO = 10 * MM
LINKS = frozenset(("http", "https", "mailto"))


@dataclass(frozen=True)
class Voice:
    """How a word is said: language, style, where it leads, and which part of a message it belongs to."""

    language: str
    style: str = ""
    address: str = ""
    raised: str = ""
    part: Part | None = None


@dataclass(frozen=True)
class Piece:
    """Some words in one voice; a line break stands alone. `picture` is the address of one that stands in the line."""

    said: str
    voice: Voice
    picture: str = ""


def voice_of(element: Any, voice: Voice) -> Voice:
    """Return the voice inside an element."""
    name = element.get("class", "")
    style = next((style for one, style in CLASSES.items() if one in name.split()), STYLES.get(element.tag, ""))
    part = element.get("data-part")
    return Voice(
        language=element.get("lang") or voice.language,
        style=style or voice.style,
        address=_address(element) if element.tag == "a" else voice.address,
        raised=RAISED.get(element.tag, voice.raised),
        part=Part(part) if part else voice.part,
    )


def pieces_of(element: Any, voice: Voice) -> Iterator[Piece]:
    """Return the words of an element and of all that stands in it."""
    if element.text:
        yield Piece(element.text, voice)
    for number, child in enumerate(element):
        yield from _before(element, child, voice, first=number == 0 and not (element.text or "").strip())
        yield from _within(child, voice)
        if child.tail:
            yield Piece(child.tail, voice)


def _within(child: Any, voice: Voice) -> Iterator[Piece]:
    if child.tag == "img":
        yield Piece(" ".join(as_xml(child.get("alt", "")).split()), voice, child.get("src", ""))
    else:
        yield from pieces_of(child, voice_of(child, voice))


def _before(element: Any, child: Any, voice: Voice, *, first: bool) -> Iterator[Piece]:
    glued = element.tag in CELLS and not first and not (element.text or " ").endswith((" ", "\n"))
    if child.tag == "br" or (child.tag == "span" and (glued or (element.tag in STACKED and not first))):
        yield Piece(BREAK, voice)
    elif child.tag == "span" and not first and LISTED & set(element.get("class", "").split()):
        yield Piece(BETWEEN, voice)


def tidied(pieces: Iterator[Piece] | list[Piece]) -> list[Piece]:
    """Return the words with single blanks, none at the ends of a line."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.picture:
            found.append(piece)
            continue
        said = piece.said if piece.said == BREAK else _BLANKS.sub(" ", whole(as_xml(piece.said)))
        if not found or found[-1].said.endswith((" ", BREAK)):
            said = said if said == BREAK else said.lstrip(" ")
        if said.startswith(BREAK) or said == BETWEEN:
            _trim(found)
        if said:
            found.append(replace(piece, said=said))
    _trim(found)
    return found


def _trim(found: list[Piece]) -> None:
    """Take blanks off the end."""
    while found and found[-1].said != BREAK and not found[-1].picture:
        said = found[-1].said.rstrip(" ")
        if said:
            found[-1] = replace(found[-1], said=said)
            return
        found.pop()


def write_pieces(desk: Desk, paragraph: Any, pieces: list[Piece]) -> None:
    """Put words into a paragraph; neighbours that lead to one address share one link."""
    link, address = None, ""
    for piece in pieces:
        run = _picture(desk, piece) if piece.picture else run_of(piece)
        if not piece.voice.address:
            link, address = None, ""
            paragraph.append(run)
            continue
        if link is None or piece.voice.address != address:
            address, link = piece.voice.address, link_of(desk, piece.voice.address)
            paragraph.append(link)
        link.append(run)


def _picture(desk: Desk, piece: Piece) -> Any:
    """Return a picture as high as a logo; where there is none, its words."""
    run = desk.picture(piece.picture, piece.said, (desk.sheet.text_width // 2, LOGO))
    return run_of(replace(piece, picture="")) if run is None else run


def run_of(piece: Piece) -> Any:
    """Return words as Word has them, each run with its language."""
    inside = make("w:br") if piece.said == BREAK else text(piece.said)
    return make("w:r", properties_of(piece.voice), inside)


def properties_of(voice: Voice) -> Any:
    """Return how a run looks, and its language for whoever reads it aloud or checks its spelling."""
    tag, style = tag_of(voice.language), "Hyperlink" if voice.address else voice.style
    language = {"val": tag, "bidi": tag} if is_right_to_left(voice.language) else {"val": tag, "eastAsia": tag}
    return make(
        "w:rPr",
        *([make("w:rStyle", val=style)] if style else []),
        *([make("w:b", val=0), make("w:bCs", val=0)] if style in LIGHT else []),
        *([make("w:vertAlign", val=voice.raised)] if voice.raised else []),
        *([make("w:rtl")] if is_right_to_left(voice.language) else []),
        make("w:lang", **language),
    )


def link_of(desk: Desk, address: str) -> Any:
    """Return an empty link to an address of the web or a place in the file."""
    link = make("w:hyperlink", history="1")
    if address.startswith("#"):
        link.set(qn("w:anchor"), anchor_name(address[1:]))
    else:
        link.set(qn("r:id"), desk.link(address))
    return link


def _address(element: Any) -> str:
    """Return where a link leads: a page of the web, a letter, a place in the report, and nowhere else."""
    address = as_xml(element.get("href") or "").strip()
    if address.startswith("#"):
        return address
    try:
        return address if urlsplit(address).scheme in LINKS else ""
    except ValueError:
        return ""
