"""Where a text may lead: to a page of the web or to an e-mail address, to nothing else."""

import re
from urllib.parse import urlsplit

from review_app.reports.printable import Address
from review_app.reports.view import Link

_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


def link_to(text: str, prefix: str = "", note: str = "") -> Link:
    """Return a text as a link when it is a web or e-mail address, otherwise as a text.

    `prefix` is what a text that leads nowhere is introduced by.
    """
    address = address_of(text)
    return Link(text if address or not prefix else f"{prefix}: {text}", address, note)


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
