"""Harmless files as people have them, with a canary where a file tells more than it shows."""

import io

import pikepdf
from PIL import Image, PngImagePlugin

CANARY = "CANARY-48.8566-N"


def jpeg(size=(320, 200), *, orientation=1, mode="RGB"):
    """Return a photo that tells where it was taken, by whom, and which way up it is."""
    image = Image.new(mode, size, "teal" if mode == "RGB" else (10, 20, 30, 40))
    # A white corner tells which way up the picture is.
    image.paste("white" if mode == "RGB" else (0, 0, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    exif = image.getexif()
    exif[0x0112], exif[0x013B], exif[0x010E] = orientation, CANARY, CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 23.0), 29: CANARY})
    return _saved(image, "JPEG", exif=exif, comment=CANARY.encode(), icc_profile=b"not a profile " + CANARY.encode())


def png(size=(320, 200), *, mode="RGB"):
    """Return a picture with a text chunk and a place."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY)
    told.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    image = Image.new(mode, size, 4000 if mode == "I;16" else None)
    exif = Image.Exif()
    exif[0x013B] = CANARY
    return _saved(image, "PNG", pnginfo=told, exif=exif)


def moving_png():
    """Return a PNG of three pictures."""
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def phone_jpeg():
    """Return a JPEG of two pictures, as phones write it."""
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "green")]
    return _saved(frames[0], "MPO", save_all=True, append_images=frames[1:])


def pdf(pages=3, change=None, **saving):
    """Return a PDF with an author that opens at its first page; `change` does something to it before it is saved."""
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.docinfo["/Author"] = CANARY
    with made.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:creator"] = [CANARY]
    made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
    if change:
        change(made)
    content = io.BytesIO()
    made.save(content, **saving)
    return content.getvalue()


def _saved(image, kind, **ways):
    content = io.BytesIO()
    image.save(content, kind, **ways)
    return content.getvalue()
