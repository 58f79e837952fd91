"""Opens a Word file that somebody sends: what it is, and no more of it than it may unpack to."""

import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

MEGABYTE = 1_000_000
MOST_PARTS = 2_000
MOST_DOCUMENT, MOST_OTHER, MOST_DECLARED = 20 * MEGABYTE, 4 * MEGABYTE, 400 * MEGABYTE
# What a word processor writes packs to a sixtieth at most; beyond this it was made to burst.
MOST_RATIO, SMALL = 200, MEGABYTE
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError)
OLD, RICH = b"\xd0\xcf\x11\xe0", b"{\\rtf"
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
MACROS = ("macroenabled", "vbaproject")


class WordTrouble(StrEnum):
    """What stands against a Word file."""

    NOT_WORD = "not word"
    OLD_WORD = "old word"
    OPEN_DOCUMENT = "open document"
    MACROS = "macros"
    BROKEN = "broken word"
    UNPACKED = "unpacked word"


class WordRefused(Exception):
    """A file that is not read."""

    def __init__(self, trouble: WordTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts that are read: `document`, and where there are any `styles` and `properties`."""
    if not content.startswith(b"PK"):
        old = content.startswith((OLD, RICH))
        raise WordRefused(WordTrouble.OLD_WORD if old else WordTrouble.NOT_WORD)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _parts(archive)
    except DAMAGES as damage:
        raise WordRefused(WordTrouble.BROKEN) from damage
    except RuntimeError as locked:
        # An entry with a password.
        raise WordRefused(WordTrouble.OLD_WORD) from locked


def parsed(content: bytes) -> Any:
    """Return the root of an XML part; no entity is resolved, nothing is fetched, nothing nests without end."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as damage:
        if damage.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from damage
        raise WordRefused(WordTrouble.BROKEN) from damage
    # No word processor writes a document type; who does wants something else than to be read.
    if root.getroottree().docinfo.doctype:
        raise WordRefused(WordTrouble.BROKEN)
    return root


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = _entries(archive)
    if TYPES not in entries:
        is_open = "mimetype" in entries and "content.xml" in entries
        raise WordRefused(WordTrouble.OPEN_DOCUMENT if is_open else WordTrouble.NOT_WORD)
    types = _types(_read(archive, entries[TYPES], MOST_OTHER))
    if any(word in kind.lower() for kind in types for word in MACROS):
        raise WordRefused(WordTrouble.MACROS)
    if types.get(MAIN) not in entries:
        raise WordRefused(WordTrouble.NOT_WORD)
    found = {"document": _read(archive, entries[types[MAIN]], MOST_DOCUMENT)}
    for name, kind in (("styles", STYLES), ("properties", PROPERTIES)):
        if types.get(kind) in entries:
            found[name] = _read(archive, entries[types[kind]], MOST_OTHER)
    return found


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    listed = archive.infolist()
    entries = {one.filename.lower(): one for one in listed}
    if len(entries) < len(listed) or len(listed) > MOST_PARTS:
        raise WordRefused(WordTrouble.BROKEN)
    if sum(one.file_size for one in listed) > MOST_DECLARED or any(map(_bursts, listed)):
        raise WordRefused(WordTrouble.UNPACKED)
    if any("vbaproject" in name for name in entries):
        raise WordRefused(WordTrouble.MACROS)
    return {TYPES if name == TYPES.lower() else name: one for name, one in entries.items()}


def _bursts(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Return a part, however large it says it is."""
    if entry.compress_type not in METHODS:
        raise WordRefused(WordTrouble.BROKEN)
    with archive.open(entry) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise WordRefused(WordTrouble.UNPACKED)
    return content


def _types(content: bytes) -> dict[str, str]:
    """Return the name of the part of each kind; of the names of a kind the first counts."""
    found: dict[str, str] = {}
    root = parsed(content)
    for one in root.iter("{*}Override", "{*}Default"):
        kind, name = one.get("ContentType", ""), one.get("PartName", "")
        found.setdefault(kind, name.lstrip("/").lower())
    return found
