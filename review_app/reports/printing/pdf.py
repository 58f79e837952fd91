"""From HTML to PDF/UA: the only file that knows WeasyPrint. Bundled assets alone, and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any

from fontTools.ttLib import woff2
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from review_app.reports import brand_styles
from review_app.reports.drawings.figures import is_ours
from review_app.reports.frozen.snapshot import Brand
from review_app.reports.materials import FONTS, STYLES, Materials

# A name that no network resolves (RFC 6761): relative addresses lead to the shelf and nowhere else.
BASE = "http://bundle.invalid/"
STYLE_TYPE, FONT_TYPE = "text/css", "font/ttf"
BRAND, PLAIN = "brand.css", Brand()


class Refused(Exception):
    """The page asked for something that is not bundled with it."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        super().__init__(", ".join(address[:80] for address in addresses))
        self.addresses = addresses


class MissingGlyphs(Exception):
    """No font at hand can draw these characters."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(" ".join(characters))
        self.characters = characters


@dataclass(frozen=True)
class Assets:
    """What a page may ask for: the content of each asset by its address, read once."""

    shelf: Mapping[str, tuple[bytes, str]]

    @classmethod
    def read(cls, materials: Materials) -> "Assets":
        """Read styles and fonts; fonts are unpacked here, so that no rendering has to do it again."""
        shelf = {BASE + name: ((materials.styles / name).read_bytes(), STYLE_TYPE) for name in STYLES}
        for name in FONTS:
            shelf[BASE + name] = (_unpacked((materials.fonts / name).read_bytes()), FONT_TYPE)
        return cls(MappingProxyType(shelf))


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the shelf, our own drawings and the logo of the report; counts and refuses all else (RELIABILITY 50)."""

    def __init__(self, assets: Assets, brand: Brand) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._shelf = {**assets.shelf, BASE + BRAND: (brand_styles.printed(brand), STYLE_TYPE)}
        self._logo = brand.logo
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a bundled asset, one of our drawings or the logo; anything else is remembered and refused."""
        if url in self._shelf:
            content, kind = self._shelf[url]
            return URLFetcherResponse(url, content, {"Content-Type": kind})
        if is_ours(url) or (self._logo and url == self._logo):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise ValueError("refused")


def render(html: str, assets: Assets, *, identifier: str, brand: Brand = PLAIN) -> Rendered:
    """Return the page as PDF/UA-1 under a fixed identifier: the same page gives the same bytes.

    Raises `Refused` and `MissingGlyphs`: a page that asks for something strange is not printed with a hole.
    """
    fetcher = Fetcher(assets, brand)
    document = HTML(string=html, base_url=BASE, url_fetcher=fetcher).render(pdf_variant="pdf/ua-1")
    content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), finisher=_scope_headers)
    if fetcher.refused:
        raise Refused(tuple(fetcher.refused))
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs(tuple(sorted(missing)))
    return Rendered(content, len(document.pages))


def _unpacked(font: bytes) -> bytes:
    plain = BytesIO()
    woff2.decompress(BytesIO(font), plain)
    return plain.getvalue()


def _scope_headers(_document: object, pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row: WeasyPrint 70 leaves it out."""
    by_reference = {one.reference: one for one in pdf.objects if hasattr(one, "get")}
    for cell in by_reference.values():
        if cell.get("S") == "/TH":
            group = by_reference[by_reference[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
