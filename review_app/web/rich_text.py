"""Formatted text of the host as safe HTML: bold, lists, links; no HTML of its own, no pictures (RELIABILITY 36)."""

from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

LONGEST, LONGEST_ADDRESS = 20_000, 2000
SCHEMES = frozenset(("http", "https", "mailto"))
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code"}
CLASSES = {
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "p": "govuk-body",
    "a": "govuk-link",
}


class _Reader(MarkdownIt):
    """Markdown that makes a link of an address of ours only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return len(url) < LONGEST_ADDRESS and urlsplit(url).scheme.lower() in SCHEMES


_MARKDOWN = _Reader("zero", {"html": False, "linkify": False, "maxNesting": 20, "breaks": True}).enable(
    ["emphasis", "link", "list", "newline", "escape", "blockquote", "backticks", "autolink", "entity"]
)
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes=set(SCHEMES),
    link_rel="noopener noreferrer",
    set_tag_attribute_values={tag: {"class": name} for tag, name in CLASSES.items()},
)


def rich(text: str) -> Markup:
    """Return formatted text as HTML that carries no more than `TAGS`, and links to no more than `SCHEMES`."""
    drawn = _MARKDOWN.render(text[:LONGEST], {})
    # The one Markup of this file: what the cleaner lets through is in the two lists above.
    return Markup(_CLEANER.clean(drawn))  # noqa: S704
