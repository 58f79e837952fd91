"""The XML of a Word file, made piece by piece; the order inside a piece is the schema's, which Word insists on."""

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


def field(code: str, run_properties: Any = None, shown: str = "1") -> list[Any]:
    """Return the runs of a field that the reader's program fills, such as PAGE; `shown` until it does."""
    parts = (
        make("w:fldChar", fldCharType="begin"),
        text(f" {code} ", "w:instrText"),
        make("w:fldChar", fldCharType="separate"),
        text(shown),
        make("w:fldChar", fldCharType="end"),
    )
    return [make("w:r", *([_copy(run_properties)] if run_properties is not None else []), part) for part in parts]


def _copy(element: Any) -> Any:
    return element.__copy__()
