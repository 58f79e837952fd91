"""PDF files: refused when they can do anything but be read, and written anew without what tells of their author."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

from review_app.files.refusals import Reason, Rejected

MOST_PAGES = 300
MOST_OBJECTS = 300_000
MOST_UNPACKED = 400_000_000
MOST_IMAGE_PIXELS = 200_000_000
DEEPEST = 60
CHUNK = 1 << 20
# What a finding means. A key anywhere, or an action of this name anywhere; the first that is found is told.
KEYS = {
    "/JS": Reason.SCRIPT,
    "/JavaScript": Reason.SCRIPT,
    "/XFA": Reason.SCRIPT,
    "/EF": Reason.EMBEDDED,
    "/EmbeddedFiles": Reason.EMBEDDED,
    "/Collection": Reason.EMBEDDED,
    "/AF": Reason.EMBEDDED,
    "/AA": Reason.ACTION,
    "/RichMediaContent": Reason.ACTION,
    "/3DD": Reason.ACTION,
}
ACTIONS = {
    "/JavaScript": Reason.SCRIPT,
    "/Launch": Reason.LAUNCH,
    "/GoToE": Reason.EMBEDDED,
    "/GoToR": Reason.ACTION,
    "/ImportData": Reason.ACTION,
    "/SubmitForm": Reason.ACTION,
    "/Rendition": Reason.ACTION,
    "/RichMediaExecute": Reason.ACTION,
    "/Movie": Reason.ACTION,
    "/Sound": Reason.ACTION,
}
TYPES = {"/EmbeddedFile": Reason.EMBEDDED}
TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
WORTH_A_LOOK = re.compile(
    rb"/(JS|JavaScript|XFA|EF|EmbeddedFiles?|Collection|AF|AA|RichMedia\w*|3DD|Launch|GoTo[ER]|ImportData|SubmitForm"
    rb"|Rendition|Movie|Sound|Metadata|PieceInfo|LastModified|URI)\b"
)
LINK = re.compile(r"^\s*(https?:|mailto:|tel:|#|[^:]*$|[^:]*/)", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A clean PDF."""

    content: bytes
    pages: int


def cleaned(content: bytes) -> Document:
    """Return a PDF written anew: nothing before or behind it, no earlier version, no author. Raises Rejected."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Rejected(Reason.ENCRYPTED)
            return _checked(pdf)
    except pikepdf.PasswordError as locked:
        raise Rejected(Reason.ENCRYPTED) from locked
    except (pikepdf.PikepdfError, RecursionError, ValueError, TypeError, AttributeError, KeyError) as damage:
        # Decrypting wants chance from the system, which cannot be opened here: it fails before it says why.
        is_locked = isinstance(damage, RuntimeError) and b"/Encrypt" in content
        raise Rejected(Reason.ENCRYPTED if is_locked else Reason.BROKEN_PDF) from damage


def _checked(pdf: Pdf) -> Document:
    _count(pdf)
    if len(pdf.objects) > MOST_OBJECTS:
        raise Rejected(Reason.TOO_MUCH)
    _check_opening(pdf)
    unpacked = 0
    for one in pdf.objects:
        head = one.stream_dict if isinstance(one, Stream) else one
        if isinstance(head, Dictionary | Array) and WORTH_A_LOOK.search(head.unparse(resolved=True)):
            _look(head, DEEPEST)
        if isinstance(one, Stream):
            unpacked += _unpacked(one, MOST_UNPACKED - unpacked)
    _forget_author(pdf)
    made = io.BytesIO()
    pdf.save(
        made,
        stream_decode_level=StreamDecodeLevel.none,
        compress_streams=False,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return Document(made.getvalue(), len(pdf.pages))


def _count(pdf: Pdf) -> None:
    """Believe the count a file gives when it is too high; when it is not, count for ourselves."""
    said = pdf.Root.Pages.get("/Count", 0)
    told = int(said) if isinstance(said, int) else 0
    pages = told if told > MOST_PAGES else len(pdf.pages)
    if pages > MOST_PAGES:
        raise Rejected(Reason.PAGES, given=pages, most=MOST_PAGES)
    if pages < 1:
        raise Rejected(Reason.BROKEN_PDF)


def _check_opening(pdf: Pdf) -> None:
    """Take out the place where a PDF opens, which many programs write; refuse anything else it does at opening."""
    opening = pdf.Root.get("/OpenAction")
    if opening is None:
        return
    if isinstance(opening, Dictionary):
        word = str(opening.get("/S", ""))
        if word != "/GoTo" or "/Next" in opening:
            raise Rejected(ACTIONS.get(word, Reason.OPEN_ACTION))
    elif not isinstance(opening, Array):
        raise Rejected(Reason.OPEN_ACTION)
    del pdf.Root.OpenAction


def _look(thing: Object, deep: int) -> None:
    """Look through one object as far as it is written in one piece; what it points at is looked at by itself."""
    if deep == 0:
        raise Rejected(Reason.BROKEN_PDF)
    if isinstance(thing, Dictionary):
        _look_at_keys(thing)
    for one in _inside(thing):
        _look(one, deep - 1)


def _look_at_keys(one: Dictionary) -> None:
    found = [KEYS[key] for key in one.keys() if key in KEYS]  # noqa: SIM118 (iterating a PDF dictionary gives no keys)
    action, kind = str(one.get("/S", "")), str(one.get("/Type", ""))
    found += [found_in[word] for found_in, word in ((ACTIONS, action), (TYPES, kind)) if word in found_in]
    if found:
        # A dictionary of page actions is empty in harmless files, and a script in it is told as what it is.
        raise Rejected(min(found, key=list(Reason).index))
    address = one.get("/URI")
    if isinstance(address, pikepdf.String) and not LINK.match(str(address)):
        raise Rejected(Reason.SCRIPT if "script:" in str(address).lower() else Reason.ACTION)
    for key in TELLING:
        if key in one:
            del one[key]


def _inside(thing: Object) -> Iterator[Object]:
    values = [value for _key, value in thing.items()] if isinstance(thing, Dictionary) else list(thing)
    yield from (one for one in values if isinstance(one, Dictionary | Array) and not one.is_indirect)


def _unpacked(stream: Stream, most: int) -> int:
    """Return how much a stream unpacks to, without keeping it."""
    if stream.stream_dict.get("/Subtype") == Name.Image:
        pixels = int(stream.stream_dict.get("/Width", 0)) * int(stream.stream_dict.get("/Height", 0))
        if pixels > MOST_IMAGE_PIXELS:
            raise Rejected(Reason.UNPACKED)
    chunks = iter([bytes(stream.read_raw_bytes())])
    for name in _filters(stream):
        if name not in ("/FlateDecode", "/Fl"):
            break
        chunks = _inflated(chunks)
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise Rejected(Reason.UNPACKED)
    return total


def _filters(stream: Stream) -> list[str]:
    given = stream.stream_dict.get("/Filter")
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, Array) else [str(given)]


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Inflate a piece at a time; what cannot be inflated ends there, as it does for a reader of the file."""
    engine = zlib.decompressobj()
    for chunk in chunks:
        left = chunk
        while left and not engine.eof:
            try:
                yield engine.decompress(left, CHUNK)
            except zlib.error:
                return
            left = engine.unconsumed_tail


def _forget_author(pdf: Pdf) -> None:
    for key in TELLING:
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
