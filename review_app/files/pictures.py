"""Pictures: decoded as what they are, turned upright, and written anew, so that nothing but the picture stays."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin

from review_app.domain.vocabulary import Media
from review_app.files.refusals import Reason, Rejected

MILLION = 1_000_000
MOST_PIXELS = 50 * MILLION
LONGEST_SIDE = 2400
FORMATS: Mapping[Media, str] = {Media.PNG: "PNG", Media.JPEG: "JPEG"}
WAYS: Mapping[Media, Mapping[str, int | bool]] = {
    Media.PNG: {"compress_level": 6},
    Media.JPEG: {"quality": 85, "optimize": True, "progressive": True},
}
# Read here, because the confined process opens no file any more; phones write JPEG as MPO.
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin)
Image.preinit()
SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Picture:
    """A clean picture, in pixels."""

    content: bytes
    width: int
    height: int


def cleaned(content: bytes, media: Media) -> Picture:
    """Return a picture written anew: upright, at most 2400 pixels long, without place, comment, profile or tail.

    Raises Rejected for a damaged one, and before anything is decoded for one with too many pixels.
    """
    # Our own cap speaks first, with its sentence.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = _decoded(content, media)
    except (OSError, SyntaxError, ValueError, EOFError) as damage:
        raise Rejected(Reason.BROKEN_PICTURE) from damage
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    # Saving would take comment and profile along from here.
    image.info = {}
    made = io.BytesIO()
    image.save(made, FORMATS[media], **WAYS[media])
    return Picture(made.getvalue(), *image.size)


def _decoded(content: bytes, media: Media) -> Image.Image:
    image: Image.Image = Image.open(io.BytesIO(content), formats=[FORMATS[media]])
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise Rejected(Reason.PIXELS, given=-(-pixels // MILLION), most=MOST_PIXELS // MILLION)
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    return _plain(_true_colours(ImageOps.exif_transpose(image)), media)


def _true_colours(image: Image.Image) -> Image.Image:
    """Turn the colours of a phone into those every screen knows; a profile that cannot be read is left out."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _plain(image: Image.Image, media: Media) -> Image.Image:
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if media is Media.JPEG:
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")
