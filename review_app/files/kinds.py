"""What a file is, told by its first bytes and never by its name: an allow-list of three."""

from collections.abc import Mapping

import filetype

from review_app.domain.vocabulary import Media
from review_app.files.refusals import Reason, Rejected

# A file must begin as its kind begins: what only contains the signature somewhere is something else as well.
BEGINNINGS: Mapping[bytes, Media] = {
    b"\x89PNG\r\n\x1a\n": Media.PNG,
    b"\xff\xd8\xff": Media.JPEG,
    b"%PDF-": Media.PDF,
}
LOOK = 4096
OFFICE = ("officedocument", "msword", "ms-excel", "ms-powerpoint", "opendocument", "rtf")


def kind_of(content: bytes) -> Media:
    """Return the kind of a file, or raise Rejected with what it is instead."""
    for beginning, media in BEGINNINGS.items():
        if content.startswith(beginning):
            return media
    raise Rejected(_other_kind(content))


def _other_kind(content: bytes) -> Reason:
    if not content.strip(b"\0 \t\r\n"):
        return Reason.EMPTY
    guessed = filetype.guess(content)
    return _by_type(guessed.mime) if guessed else _by_look(content[:LOOK])


def _by_type(mime: str) -> Reason:
    if any(word in mime for word in OFFICE):
        return Reason.OFFICE
    if mime in ("image/heic", "image/avif"):
        return Reason.HEIC
    if mime.startswith("image/"):
        return Reason.OTHER_PICTURE
    if mime == "application/postscript":
        return Reason.POSTSCRIPT
    return Reason.ARCHIVE if mime in ARCHIVES else Reason.UNKNOWN


ARCHIVES = frozenset(
    f"application/{name}"
    for name in ("zip", "gzip", "x-tar", "x-7z-compressed", "x-bzip2", "x-xz", "x-rar-compressed", "zstd")
)


def _by_look(head: bytes) -> Reason:
    if b"<svg" in head.lower():
        return Reason.DRAWING
    if b"%!PS" in head:
        return Reason.POSTSCRIPT
    # The last letter of the look may be cut in the middle.
    plain = head.decode("utf-8", errors="ignore")
    is_text = b"\0" not in head and len(plain.encode()) > len(head) - 4
    return Reason.TEXT if is_text else Reason.UNKNOWN
