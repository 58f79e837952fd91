"""What somebody has written into a Word file of ours: the messages, found by their bookmarks. Nothing else is read.

Defensive throughout: no entity is resolved, nothing unpacks to more than it may, a file with macros is refused. Who
calls this reads in a confined process (`files.confined`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from review_app.reports.exports.office import marks
from review_app.reports.exports.office.archive import WordRefused, WordTrouble, parsed, unpacked
from review_app.reports.exports.office.gathering import Gathering, Line
from review_app.reports.exports.office.marks import PAPER, REVIEW, Part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is not read as the text: deleted words, the place that words were moved from, frames, a second rendering.
SKIPPED = frozenset((f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr", f"{COMPATIBLE}Fallback"))
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
LABEL = "label"


@dataclass(frozen=True)
class Edited:
    """A message as it stands in a file. `mark` stands for its key (`marks.message_of`).

    `was` holds a digest of each part as it stood when the file was made (`marks.digest`), headline first.
    """

    mark: str
    headline: str
    body: str
    dissent: str
    was: tuple[str, str, str]

    def text(self, part: Part) -> str:
        """Return one part."""
        return {Part.HEADLINE: self.headline, Part.BODY: self.body, Part.DISSENT: self.dissent}[part]


@dataclass(frozen=True)
class Found:
    """What a file holds: its messages in their order, and of which review and frozen report it says it is."""

    messages: tuple[Edited, ...]
    review: str = ""
    content: str = ""


def read(content: bytes) -> Found:
    """Return the messages in a .docx file. Raises WordRefused for what is none, or holds more than it may."""
    parts = unpacked(content)
    body = parsed(parts["document"]).find(f"{W}body")
    if body is None:
        raise WordRefused(WordTrouble.NOT_WORD)
    names = _style_names(parts.get("styles"))
    gathering = Gathering()
    _walk(body, gathering, names)
    gathering.end()
    told = _properties(parts.get("properties"))
    return Found(tuple(_messages(gathering)), told.get(REVIEW, ""), told.get(PAPER, ""))


def _walk(element: Any, gathering: Gathering, names: dict[str, str]) -> None:
    """Read an element in the order of its text; the parser has limited how deep it goes."""
    for child in element:
        if child.tag in SKIPPED or (child.tag == f"{W}r" and names.get(_style(child, "r")) == LABEL):
            continue
        if child.tag == f"{W}bookmarkStart":
            gathering.open(child.get(f"{W}id", ""), marks.read(child.get(f"{W}name", "")))
        elif child.tag == f"{W}bookmarkEnd":
            gathering.close(child.get(f"{W}id", ""))
        elif child.tag == f"{W}t":
            gathering.say(child.text or "")
        elif child.tag in SIGNS:
            gathering.say(SIGNS[child.tag])
        elif child.tag == f"{W}p":
            _walk(child, gathering, names)
            _end_paragraph(child, gathering, names)
        else:
            _walk(child, gathering, names)


def _end_paragraph(paragraph: Any, gathering: Gathering, names: dict[str, str]) -> None:
    """A paragraph whose end was deleted while changes were tracked goes on in the next one."""
    if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
        style = _style(paragraph, "p")
        gathering.end_paragraph(names.get(style, style.lower()))


def _style(element: Any, letter: str) -> str:
    """Return the id of the style of a paragraph or a run."""
    found = element.find(f"{W}{letter}Pr/{W}{letter}Style")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _style_names(content: bytes | None) -> dict[str, str]:
    """Return the names of styles in small letters, by id: programs keep the names and number the ids anew."""
    if content is None:
        return {}
    found = parsed(content).iter(f"{W}style")
    named = ((one.get(f"{W}styleId", ""), one.find(f"{W}name")) for one in found)
    return {key: str(name.get(f"{W}val", "")).lower() for key, name in named if name is not None}


def _properties(content: bytes | None) -> dict[str, str]:
    if content is None:
        return {}
    return {
        str(one.get("name", "")): "".join(one.itertext()).strip()[:200] for one in parsed(content).iter("{*}property")
    }


def _messages(gathering: Gathering) -> Iterator[Edited]:
    for mark, was in gathering.was.items():
        said = gathering.texts[mark]
        # Whoever breaks a headline in two writes below it what belongs to the explanation.
        headline, *more = _lines(said[Part.HEADLINE]) or [""]
        body = "\n".join([*more, *_lines(said[Part.BODY])])
        yield Edited(mark, headline, body, " ".join(_lines(said[Part.DISSENT])), was)


def _lines(lines: list[Line]) -> list[str]:
    found = (" ".join(part.split()) for line in lines for part in line.split("\n"))
    return [line for line in found if line]
