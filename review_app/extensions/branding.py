"""The brand of this installation, read from its folder of data; a broken one never stops a report."""

import io
from base64 import b64encode
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import structlog
from flask import Flask, current_app
from PIL import Image

from review_app.config import Settings
from review_app.domain import brand as brands
from review_app.domain.brand import Brand, BrandError

log = structlog.get_logger(__name__)
PLACE = "branding"
FILE = "brand.toml"
# A logo is printed 10 mm high: 240 pixels are 600 to the inch. More only makes every report larger.
LARGEST_LOGO, MOST_PIXELS, SHARP = 200_000, 25_000_000, (960, 240)
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Imprint:
    """What stands on every report of this installation: the look, where readers check a copy, who answers them.

    `problems` say why the brand cannot be used, so that the look of the product stands in for it.
    """

    brand: Brand = field(default=Brand())
    check_at: str = ""
    contact: str = ""
    problems: tuple[str, ...] = ()


class Branding:
    """Reads the brand again when one of its files has changed."""

    def __init__(self, folder: Path, address: str, contact: str = "") -> None:
        self._folder, self._check_at, self._contact = folder, f"{address}/check", contact
        self._kept: tuple[Stamp, Imprint] | None = None

    def imprint(self) -> Imprint:
        """Return what every report of today bears; with the look of the product when the brand cannot be used."""
        stamp = _stamp(self._folder)
        if self._kept is None or self._kept[0] != stamp:
            self._kept = stamp, self._imprint()
        return self._kept[1]

    def _imprint(self) -> Imprint:
        try:
            return Imprint(read(self._folder / FILE), self._check_at, self._contact)
        except BrandError as trouble:
            log.warning("brand not used", problems=len(trouble.problems), first=trouble.problems[0])
            return Imprint(Brand(), self._check_at, self._contact, trouble.problems)


def bind(app: Flask, settings: Settings) -> None:
    """Give the app its brand."""
    app.extensions[PLACE] = Branding(settings.brand_dir, settings.address, settings.contact_address)


def imprint() -> Imprint:
    """Return what every report of the running app bears."""
    return cast(Branding, current_app.extensions[PLACE]).imprint()


def read(file: Path) -> Brand:
    """Return the brand in a file, with its logo; the look of the product when there is no file. Raises BrandError."""
    if not is_there(file):
        return Brand()
    brand = brands.parsed(_content(file, most=brands.LARGEST))
    return replace(brand, logo=_logo(file.parent / brand.logo)) if brand.logo else brand


def is_there(file: Path) -> bool:
    """Tell whether there is a brand to read. Raises BrandError where nobody lets us look."""
    try:
        return file.exists()
    except OSError as trouble:
        raise _unread(file, trouble) from trouble


def _logo(file: Path) -> str:
    """Return a logo as a data address: written anew on white, as large as paper shows, so that nothing rides along."""
    content = _content(file, most=LARGEST_LOGO)
    try:
        drawn = _decoded(content)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as damage:
        raise BrandError([f"{file.name} cannot be read as a PNG picture."]) from damage
    if drawn is None:
        raise BrandError([f"{file.name} has more than {MOST_PIXELS:,} pixels."])
    drawn.thumbnail(SHARP, Image.Resampling.LANCZOS)
    paper = Image.new("RGB", drawn.size, brands.PAPER)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    made = io.BytesIO()
    paper.save(made, "PNG", compress_level=9)
    return "data:image/png;base64," + b64encode(made.getvalue()).decode("ascii")


def _decoded(content: bytes) -> Image.Image | None:
    """Return the picture; None when it has too many pixels. It is verified, as another library may forgive damage."""
    picture = Image.open(io.BytesIO(content), formats=["PNG"])
    if picture.width * picture.height > MOST_PIXELS:
        return None
    picture.verify()
    return Image.open(io.BytesIO(content), formats=["PNG"]).convert("RGBA")


def _content(file: Path, *, most: int) -> bytes:
    try:
        if not file.is_file():
            raise BrandError([f"There is no file {file.name} in the folder of the brand."])
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as trouble:
        raise _unread(file, trouble) from trouble
    if len(content) > most:
        raise BrandError([f"{file.name} is larger than {most:,} bytes."])
    return content


def _unread(file: Path, trouble: OSError) -> BrandError:
    return BrandError([f"{file.name} cannot be read: {trouble.strerror or trouble}."])


def _stamp(folder: Path) -> Stamp:
    """A file that only becomes readable keeps its size and day of writing, and changes this one."""
    try:
        found = [(one.name, one.stat()) for one in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_ctime_ns, stat.st_size) for name, stat in found)
