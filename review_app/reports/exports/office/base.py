"""The empty Word file a report begins with: our styles, lists and theme in the network's colours, nothing else."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Template
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_STORED, ZipFile

from docx import Document
from docx.document import Document as Docx

from review_app.reports.exports.office.sheet import Sheet
from review_app.reports.frozen.snapshot import Brand
from review_app.reports.materials import Materials

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument."
PARTS = {
    "styles.xml": ("styles", "wordprocessingml.styles+xml"),
    "numbering.xml": ("numbering", "wordprocessingml.numbering+xml"),
    "settings.xml": ("settings", "wordprocessingml.settings+xml"),
    "theme.xml": ("theme", "theme+xml"),
}
_SIZE = re.compile(r'<w:(sz|szCs) w:val="(\d+)"/>')
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def blank(brand: Brand, language: str, materials: Materials, sheet: Sheet) -> Docx:
    """Return an empty document in the look of a network, `language` as Word names it."""
    colours = tuple(getattr(brand, name).lstrip("#").upper() for name in ("ink", "accent", "mid", "pale", "line"))
    return Document(BytesIO(_template(materials.word, colours, language, sheet.right, sheet.scale)))


@lru_cache(maxsize=32)
def _template(folder: Path, colours: tuple[str, ...], language: str, right: int, scale: float) -> bytes:
    known = dict(zip(("ink", "accent", "mid", "pale", "line"), colours, strict=True))
    known |= {"language": language, "right": str(right)}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", _content_types())
        package.writestr("_rels/.rels", _relations({"word/document.xml": "officeDocument"}))
        package.writestr("word/document.xml", _DOCUMENT)
        package.writestr("word/_rels/document.xml.rels", _relations({name: kind for name, (kind, _) in PARTS.items()}))
        for name in PARTS:
            part = Template((folder / name).read_text("utf-8")).substitute(known)
            package.writestr(f"word/{name}", _SIZE.sub(lambda found: _scaled(found, scale), part))
    return made.getvalue()


def _scaled(found: re.Match[str], scale: float) -> str:
    return f'<w:{found[1]} w:val="{round(int(found[2]) * scale)}"/>'


def _content_types() -> str:
    parts = {f"/word/{name}": kind for name, (_, kind) in PARTS.items()}
    parts["/word/document.xml"] = "wordprocessingml.document.main+xml"
    told = "".join(
        f"<Override PartName={quoteattr(name)} ContentType={quoteattr(_TYPE + kind)}/>" for name, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for number, (name, kind) in enumerate(targets.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


_DOCUMENT = (
    f'{_HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}"><w:body><w:sectPr/></w:body></w:document>'
)
