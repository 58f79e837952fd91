"""From HTML to PDF/UA: the page that WeasyPrint prints. Bundled assets alone, and no clock."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any

from fontTools.ttLib import woff2
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from review_app.reports import brand_styles
from review_app.reports.drawings.figures import is_ours
from review_app.reports.frozen.snapshot import Brand
from review_app.reports.materials import FONTS, STYLES, Materials
from review_app.reports.printing import light, tagging
from review_app.reports.printing.archive import MEDIA, RELATION, TOLD, Enclosed, both_named

# A name that no network resolves (RFC 6761): relative addresses lead to the shelf and nowhere else.
BASE = "http://bundle.invalid/"
READING, KEEPING = "pdf/ua-1", "pdf/a-3a"
ON_PAGE = "Step 5 - Creating layout - Page"
STYLE_TYPE, FONT_TYPE = "text/css", "font/ttf"
BRAND, PLAIN = "brand.css", Brand()
_LIGHT = light.stylesheet()


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
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the shelf, our own drawings and the logo of the report; counts and refuses all else (RELIABILITY 50)."""

    def __init__(self, shelf: Mapping[str, tuple[bytes, str]], brand: Brand = PLAIN) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._shelf = {**shelf, BASE + BRAND: (brand_styles.printed(brand), STYLE_TYPE)}
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


class Fonts(FontConfiguration):  # type: ignore[misc]
    """Registered fonts, whose files go with the process that registered them and not with a child of it."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        super().__init__()

    def __del__(self) -> None:
        if self._owner == os.getpid():
            super().__del__()


@dataclass(frozen=True)
class Assets:
    """What a page may ask for: the content of each asset by its address, read once, and the same ready for use.

    A stylesheet is parsed and a font is registered once a room, not once a report: a tenth of a short one's time.
    """

    shelf: Mapping[str, tuple[bytes, str]]
    sheets: Mapping[str, CSS]
    fonts: FontConfiguration

    @classmethod
    def read(cls, materials: Materials) -> "Assets":
        """Read styles and fonts; fonts are unpacked here, so that no rendering has to do it again."""
        shelf = {BASE + name: ((materials.styles / name).read_bytes(), STYLE_TYPE) for name in STYLES}
        for name in FONTS:
            shelf[BASE + name] = (_unpacked((materials.fonts / name).read_bytes()), FONT_TYPE)
        fetcher, fonts = Fetcher(shelf), Fonts()
        sheets = {name: CSS(url=BASE + name, url_fetcher=fetcher, font_config=fonts) for name in STYLES}
        return cls(MappingProxyType(shelf), MappingProxyType(sheets), fonts)


class Page(HTML):  # type: ignore[misc]
    """A page that takes the stylesheets it names from the room, ready for use, and of WeasyPrint's what it can need.

    WeasyPrint's own stylesheet has six rules for parts of any element (marker, footnote and the like), and with each
    it computes a style for each element. No report has a footnote, and only list items have a marker.
    """

    def __init__(self, html: str, assets: Assets, fetcher: Fetcher) -> None:
        super().__init__(string=html, base_url=BASE, url_fetcher=fetcher)
        self.sheets = []
        head = self.etree_element.find("head")
        for link in head.findall("link") if head is not None else ():
            if link.get("rel") == "stylesheet" and link.get("href") in assets.sheets:
                self.sheets.append(assets.sheets[link.get("href")])
                head.remove(link)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_LIGHT] if not forms else super()._ua_stylesheets(forms)


def render(
    html: str, assets: Assets, *, identifier: str, brand: Brand = PLAIN, enclosed: Enclosed | None = None
) -> Rendered:
    """Return the page as PDF/UA-1 under a fixed identifier: the same page gives the same bytes.

    With files to enclose it is PDF/A-3a as well. Raises `Refused` and `MissingGlyphs`: a page that asks for something
    strange is not printed with a hole.
    """
    fetcher = Fetcher(assets.shelf, brand)
    variant, shown = READING if enclosed is None else KEEPING, Page(html, assets, fetcher)
    document = light.laid_out(shown, assets.fonts, pdf_variant=variant, stylesheets=shown.sheets)
    content = document.write_pdf(
        pdf_variant=variant,
        pdf_identifier=identifier.encode(),
        finisher=tagging.completed if enclosed is None else _finish_archive,
        attachments=_attached(enclosed, fetcher) if enclosed else None,
    )
    if fetcher.refused:
        raise Refused(tuple(fetcher.refused))
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs(tuple(sorted(missing)))
    return Rendered(content, len(document.pages))


@contextmanager
def followed(told: Callable[[int], None]) -> Iterator[None]:
    """Tell which page is being laid out while the block lasts; WeasyPrint says it to its log."""
    progress, ear = logging.getLogger("weasyprint.progress"), _Ear(told)
    progress.addHandler(ear)
    progress.setLevel(logging.INFO)
    progress.propagate = False
    try:
        yield
    finally:
        progress.removeHandler(ear)
        progress.setLevel(logging.NOTSET)
        progress.propagate = True


class _Ear(logging.Handler):
    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__()
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(ON_PAGE) and isinstance(record.args, tuple):
            self._told(int(str(record.args[0])))


def _attached(enclosed: Enclosed, fetcher: Fetcher) -> list[Attachment]:
    """Files that are given as bytes: the fetcher is asked for none of them."""
    return [
        Attachment(
            file_obj=BytesIO(content),
            url_fetcher=fetcher,
            name=name,
            description=TOLD[name],
            created=enclosed.moment,
            modified=enclosed.moment,
            relationship=RELATION,
        )
        for name, content in sorted(enclosed.files.items())
    ]


def _unpacked(font: bytes) -> bytes:
    plain = BytesIO()
    woff2.decompress(BytesIO(font), plain)
    return plain.getvalue()


def _finish_archive(document: object, pdf: Any) -> None:
    """Name both standards, and the media of what is inside: what WeasyPrint guesses hangs on the machine."""
    tagging.completed(document, pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream, metadata.compress = [both_named(b"".join(metadata.stream))], False
    # Each file is listed twice by WeasyPrint 70.
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    for one in pdf.objects:
        if hasattr(one, "get") and one.get("Type") == "/Filespec":
            name = one["UF"].string
            pdf.objects[int(one["EF"]["F"].split()[0])].extra["Subtype"] = "/" + MEDIA[name].replace("/", "#2f")
