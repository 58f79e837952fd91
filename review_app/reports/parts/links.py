"""Where a text may lead: to a page of the web or to an e-mail address, to nothing else."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from review_app.reports.frozen.snapshot import Source
from review_app.reports.parts.view import Link
from review_app.reports.wording.printable import Address
from review_app.reports.wording.words import Words

_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


def link_to(text: str, note: str = "") -> Link:
    """Return a text as a link when it is a web or e-mail address, otherwise as a text."""
    return Link(text, address_of(text), note)


def short_link_to(text: str) -> Link:
    """Return a link that shows only whose page it leads to, for where the whole address stands elsewhere."""
    address = address_of(text)
    host = urlsplit(address).hostname if address else None
    return Link(host.removeprefix("www.") if host else text, address)


def source_link(source: Source, words: Words, *, typed_in: str) -> Link:
    """Return a public page with its day and what was noted about it, typed in the language `typed_in`."""
    return replace(
        link_to(source.url, note=_published(source, words)),
        typed=source.note or "",
        language=words.foreign(typed_in),
    )


def _published(source: Source, words: Words) -> str:
    try:
        return words.day(date.fromisoformat(source.published or ""))
    except ValueError:
        return source.published or ""


def address_of(text: str) -> Address | None:
    """Return the address in a text that is nothing but an address; None for any other text or scheme."""
    text = text.strip()
    if any(letter.isspace() for letter in text):
        return None
    if _MAIL.fullmatch(text.removeprefix("mailto:")):
        return Address(f"mailto:{text.removeprefix('mailto:')}")
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return Address(text) if parts.scheme in ("http", "https") and parts.hostname else None
