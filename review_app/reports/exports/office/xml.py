"""The XML of a Word file, made piece by piece; the order inside a piece is the schema's, which Word insists on."""

from copy import copy
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement


def make(tag: str, *inside: Any, **attributes: object) -> Any:
    """Return an element such as `w:ind`; attributes are those of its own namespace."""
    made: Any = OxmlElement(tag)
    prefix = tag.split(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), str(value))
    made.extend(inside)
    return made


def text(said: str, tag: str = "w:t") -> Any:
    """Return a text whose blanks stay at its ends."""
    made = make(tag)
    made.text = said
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(code: str, looks: Any, *, shown: str = "1", is_known: bool = True) -> list[Any]:
    """Return the runs of a field that the reader's program fills, such as PAGE; `shown` stands there until it does.

    One that is not known yet asks to be filled when the file is opened. `looks` are the properties of its runs.
    """
    begin = make("w:fldChar", fldCharType="begin") if is_known else make("w:fldChar", fldCharType="begin", dirty="true")
    parts = (
        begin,
        text(f" {code} ", "w:instrText"),
        make("w:fldChar", fldCharType="separate"),
        text(shown),
        make("w:fldChar", fldCharType="end"),
    )
    return [make("w:r", copy(looks), part) for part in parts]
