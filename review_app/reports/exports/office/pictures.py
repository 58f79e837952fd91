"""The pictures of a Word file: our drawings as PNG, for many programs cannot draw SVG; photos and logos as they are."""

import atexit
import base64
import binascii
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import resvg_py
from fontTools.ttLib import woff2
from PIL import Image, UnidentifiedImageError

from review_app.reports.drawings.figures import SVG, is_ours
from review_app.reports.exports.office.sheet import MM
from review_app.reports.materials import FONTS, Materials

# Twice as fine as a screen of 96 dots an inch; a millimetre then has as many dots.
DOTS = 96.0
FINER = 2
TYPE = "Inter"
# No drawing says anything in italics, and each font takes half a second to unpack.
UPRIGHT = tuple(name for name in FONTS if "Italic" not in name)
PHOTOS = {"data:image/png;base64,": "PNG", "data:image/jpeg;base64,": "JPEG"}
MOST_PIXELS = 50_000_000
MM_AN_INCH = 25.4


@dataclass(frozen=True)
class Picture:
    """A picture as a file, and its size in the units of Word drawings."""

    content: bytes
    width: int
    height: int

    def stream(self) -> BytesIO:
        """Return the picture to be read."""
        return BytesIO(self.content)


def picture_of(address: str, materials: Materials) -> Picture | None:
    """Return the picture in an address that holds one; nothing is ever fetched."""
    if address.startswith(SVG):
        return _drawn(unquote(address.removeprefix(SVG)), materials) if is_ours(address) else None
    beginning = next((one for one in PHOTOS if address.startswith(one)), None)
    return _photo(address.removeprefix(beginning), PHOTOS[beginning]) if beginning else None


@lru_cache(maxsize=64)
def _drawn(svg: str, materials: Materials) -> Picture:
    """Draw with our own typeface alone, so that every machine draws the same."""
    fonts = _fonts(materials.fonts)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        dpi=DOTS,
        zoom=FINER,
        skip_system_fonts=True,
        font_files=[str(font) for font in fonts],
        font_family=TYPE,
        sans_serif_family=TYPE,
    )
    return _sized(bytes(drawn), DOTS * FINER)


def _photo(encoded: str, form: str) -> Picture | None:
    try:
        content = base64.b64decode(encoded, validate=True)
        with Image.open(BytesIO(content), formats=[form]) as image:
            return _sized(content, DOTS * FINER) if image.width * image.height <= MOST_PIXELS else None
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError):
        return None


def _sized(content: bytes, dots: float) -> Picture:
    with Image.open(BytesIO(content)) as image:
        width, height = (int(side / dots * MM_AN_INCH * MM) for side in image.size)
    return Picture(content, width, height)


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> tuple[Path, ...]:
    """Unpack the fonts of the reports once in a process: what draws the figures reads no packed ones."""
    kept = tempfile.TemporaryDirectory(prefix="word-fonts-")
    atexit.register(kept.cleanup)
    unpacked = []
    for name in UPRIGHT:
        if (folder / name).is_file():
            made = Path(kept.name, name).with_suffix(".ttf")
            with (folder / name).open("rb") as packed, made.open("wb") as plain:
                woff2.decompress(packed, plain)
            unpacked.append(made)
    return tuple(unpacked)
