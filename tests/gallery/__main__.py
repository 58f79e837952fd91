"""`./run gallery [NAME ...]`: prints the demonstration's reports and keeps pictures of their pages in docs/gallery."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from review_app.reports.exports.forms import FORMS
from review_app.reports.printing.press import Press
from tests.bench.world import World, app_on
from tests.gallery.papers import SHOWN

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "gallery"
DOTS, COLOURS, MOST_PAGES = 72, 64, 40


@dataclass(frozen=True)
class Pictures:
    """The pages of one report as pictures, PNG bytes in the order of the pages."""

    name: str
    title: str
    pages: tuple[bytes, ...]


def main(names):
    """Make the pictures of these reports, or of all, anew."""
    FOLDER.mkdir(exist_ok=True)
    shown = [one for one in SHOWN if not names or one.name in names]
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        world = World.made(Path(folder))
        app = app_on(world.copy("gallery"))
        press = Press(seconds=600)
        with app.app_context():
            papers = [(one, one.paper()) for one in shown]
        for one, paper in papers:
            keep(Pictures(one.name, one.title, tuple(pages_of(one, paper, press, Path(folder)))))
        press.close()
    write_index()


def pages_of(one, paper, press, folder):
    """Print a report and turn each page into a picture."""
    path = folder / f"{one.name}.pdf"
    if one.form == "docx":
        word = folder / f"{one.name}.docx"
        word.write_bytes(b"".join(FORMS["docx"].make(paper, "")))
        by_office(word, folder)
    else:
        press.print_to(path, paper)
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", path, folder / one.name], check=True)
    for picture in sorted(folder.glob(f"{one.name}-*.png"))[:MOST_PAGES]:
        yield small(picture.read_bytes())


def by_office(word, folder):
    """Let another program than ours lay out a Word file."""
    profile = (folder / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, folder, word], check=True, capture_output=True)


def small(picture):
    """Return a picture with few colours: a page has few, and a repository keeps every byte."""
    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def keep(pictures):
    """Put the pages of a report in the place of those from before."""
    for old in pages_kept(pictures.name):
        old.unlink()
    for number, page in enumerate(pictures.pages, start=1):
        (FOLDER / f"{pictures.name}-{number:02}.png").write_bytes(page)
    print(f"{pictures.name}: {len(pictures.pages)} pages", flush=True)


def pages_kept(name):
    """Return the pictures of one report in the order of its pages; another name may begin like this one."""
    return sorted(path for path in FOLDER.glob(f"{name}-*.png") if path.stem.removeprefix(f"{name}-").isdigit())


def write_index():
    """List all pictures, report by report."""
    lines = [
        "# What the reports look like",
        "",
        "Made by `./run gallery` from the demonstration; every place is invented.",
    ]
    for one in SHOWN:
        pages = pages_kept(one.name)
        lines += ["", f"## {one.title}", "", one.about, ""]
        lines += [f"![{one.title}, page {number}]({page.name})" for number, page in enumerate(pages, start=1)]
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
