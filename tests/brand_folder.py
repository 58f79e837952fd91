"""A folder with the look of an invented network, as an operator would put it into the data."""

import io

from PIL import Image, ImageDraw, PngImagePlugin

TOML = """
network = "Harbour and Hill"
[colours]
ink = "#0b3d35"
accent = "#7a1f5c"
mid = "#4f6660"
pale = "#e4efec"
line = "#b3cbc5"
[logo]
file = "logo.png"
text = "A buoy & a hill"
[[funder]]
name = "EaSI"
match = ["EaSI"]
[funder.funding]
en = "Funded by the European Union through EaSI."
fr = "Financé par l’Union européenne au titre d’EaSI."
[funder.disclaimer]
en = "Views are those of the authors."
"""
COLOURS = ("#0b3d35", "#7a1f5c", "#4f6660", "#e4efec", "#b3cbc5")


def picture(width=600, height=200, kind="PNG", secret=""):
    """A drawn mark on nothing; `secret` rides along as a comment."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((2, 2, height - 2, height - 2), fill=(11, 61, 53, 255))
    more = PngImagePlugin.PngInfo()
    if secret:
        more.add_text("Comment", secret)
    made = io.BytesIO()
    image.convert("RGB" if kind == "JPEG" else "RGBA").save(made, kind, **({"pnginfo": more} if kind == "PNG" else {}))
    return made.getvalue()


def put(folder, toml=TOML, logo=None):
    """Put brand and logo into a folder and return the file."""
    folder.mkdir(exist_ok=True)
    (folder / "logo.png").write_bytes(picture() if logo is None else logo)
    (folder / "brand.toml").write_text(toml, encoding="utf-8")
    return folder / "brand.toml"
