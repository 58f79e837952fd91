"""WeasyPrint with less work and less memory, and the same bytes: what it does for every page and no report needs.

Each of these stands on something that WeasyPrint 70 and pydyf 0.13 do not promise. A test prints the same pages with
the plain classes and compares the bytes; decision 15 says what each gives.
"""

from typing import Any

import pydyf
from weasyprint import CSS, DEFAULT_OPTIONS
from weasyprint.document import Document
from weasyprint.html import UA

UNUSED = ("::footnote-", "::note-", "  @footnote", "  @note-area", "  @left-", "  @right-")
EDGES = ("-center", "-corner")
"""Parts of an element and of a page that no report has: with each, WeasyPrint computes a style for each of them."""


def laid_out(html: Any, fonts: Any, **options: Any) -> Document:
    """Lay out a page, and let go of what it was laid out from; options are those of `HTML.render`.

    A figure remembers the layout in which it stands, and a layout all that it began with: a third of the boxes, and
    every rule of every element.
    """
    document = _Layout._render(html, fonts, None, None, DEFAULT_OPTIONS | options)
    context = html.context
    context.style_for = context.target_collector = None
    context.page_maker.clear()
    return document


class _Layout(Document):  # type: ignore[misc]
    @classmethod
    def _build_layout_context(cls, html: Any, *given: Any) -> Any:
        html.context = super()._build_layout_context(html, *given)
        return html.context


def stylesheet() -> CSS:
    """Return WeasyPrint's own stylesheet without the rules for what no report has; only list items have a marker."""
    lines = [line for line in UA.splitlines() if not _is_unused(line)]
    return CSS(string="\n".join(lines).replace("\n::marker", "\nli::marker"), counter_style={})


def _is_unused(line: str) -> bool:
    return line.startswith(UNUSED) or (line.startswith("  @") and line.split()[0].endswith(EDGES))


def _page_references(self: pydyf.PDF) -> tuple[bytes, ...]:
    """Name every page once a file. pydyf names all of them anew for each tag of each page."""
    named: tuple[bytes, ...] = self.__dict__.get("named", ())
    if len(named) != self.pages["Count"]:
        named = self.__dict__["named"] = tuple(f"{number} 0 R".encode() for number in self.pages["Kids"][::3])
    return named


pydyf.PDF.page_references = property(_page_references)
