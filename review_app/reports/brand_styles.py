"""The colours of a frozen brand as a stylesheet of its own: checked colours alone, never a word that somebody wrote."""

import re
from base64 import b64encode

from review_app.reports.frozen.snapshot import Brand
from review_app.reports.wording.printable import Address

NAMES = ("ink", "accent", "mid", "pale", "line")
_COLOURS = re.compile("(?:[0-9a-f]{6}){5}")


def printed(brand: Brand) -> bytes:
    """Return what follows assets/print on paper; margin boxes know no variables and get their colour by name."""
    tokens = "".join(f"--{name}:{getattr(brand, name)};" for name in NAMES)
    margins = "".join(f"@{place}{{color:{brand.mid}}}" for place in ("top-left", "bottom-left", "bottom-right"))
    return f":root{{{tokens}}}@page{{{margins}}}".encode("ascii")


def shown(brand: Brand) -> str:
    """Return what an article wears in a browser, over the styles of the site."""
    tokens = "".join(f"--report-{name}:{getattr(brand, name)};" for name in NAMES)
    return f".report-article{{{tokens}}}"


def within(brand: Brand) -> Address:
    """Return the same as an address that holds it, for a page that stands for itself."""
    return Address("data:text/css;base64," + b64encode(shown(brand).encode("ascii")).decode("ascii"))


def code_of(brand: Brand) -> str:
    """Return the five colours as 30 hexadecimal digits; nothing for the look of the product, which needs no styles."""
    plain = Brand()
    if all(getattr(brand, name) == getattr(plain, name) for name in NAMES):
        return ""
    return "".join(getattr(brand, name).removeprefix("#") for name in NAMES)


def brand_of(code: str) -> Brand | None:
    """Return the brand with these colours; None for what is no code."""
    if not _COLOURS.fullmatch(code):
        return None
    colours = [f"#{code[start : start + 6]}" for start in range(0, len(code), 6)]
    return Brand(**dict(zip(NAMES, colours, strict=True)))
