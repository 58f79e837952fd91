"""The manifest of a backup: what belongs to it, and a checksum over every byte, its own included."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

NAME = "manifest.json"
DATABASE = "database.sqlite"
FORMAT = 1
CHECKSUM = "checksum"
SEGMENT = r"[^/\\.\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PartPath = Annotated[
    str, Field(pattern=rf"^(database\.sqlite|(reports|files|methods|brand)(/{SEGMENT})+)$", max_length=500)
]


class Unreadable(ValueError):
    """A manifest or a list of erasures that cannot be trusted; the text is a sentence for the operator."""


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Part(_Plain):
    """One file of a backup: where it lies in it, its size in bytes, the SHA-256 of its content."""

    path: PartPath
    size: Annotated[int, Field(ge=0)]
    sha256: Digest


class Erasure(_Plain):
    """Somebody who was erased: the opaque key of the account, and when. No name, no address."""

    key: Annotated[str, Field(min_length=1, max_length=200)]
    at: str = ""


class Manifest(_Plain):
    """What a backup holds. `schema_revision` is empty when the database is kept elsewhere (PostgreSQL).

    `left_out` counts the rows that were stripped by table; `missing` names files the installation itself had lost.
    """

    format: Annotated[int, Field(ge=1)] = FORMAT
    made_at: datetime
    product: str
    database: str
    schema_revision: str
    left_out: dict[str, int]
    missing: tuple[str, ...]
    erasures: tuple[Erasure, ...]
    parts: tuple[Part, ...]

    def to_bytes(self) -> bytes:
        """Return the one way to write this manifest, with the checksum over all of it."""
        plain = self.model_dump(mode="json")
        return _written({**plain, CHECKSUM: hashlib.sha256(_written(plain)).hexdigest()})


def read(content: bytes) -> Manifest:
    """Return the manifest that these bytes are, to the byte. Raises Unreadable."""
    try:
        plain = json.loads(content)
        plain.pop(CHECKSUM)
        manifest = Manifest.model_validate(plain)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable(f"{NAME} is damaged: it cannot be read.") from fault
    if manifest.to_bytes() != content:
        raise Unreadable(f"{NAME} is damaged: its checksum does not fit.")
    if manifest.format != FORMAT:
        raise Unreadable(f"This backup has the format {manifest.format}; this version reads format {FORMAT}.")
    return manifest


def read_erasures(content: bytes) -> tuple[Erasure, ...]:
    """Return the erasures of an append-only file, a line each. A last line cut short by a crash was never told done."""
    whole = content[: content.rfind(b"\n") + 1]
    found = []
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            plain = json.loads(line)
            found.append(Erasure(key=str(plain["key"]), at=str(plain.get("at", ""))))
        except (ValueError, AttributeError, KeyError, TypeError) as fault:
            raise Unreadable(f"Line {number} of the list of erasures cannot be read.") from fault
    return tuple(found)


def write_erasures(erasures: tuple[Erasure, ...]) -> bytes:
    """Return the file that `read_erasures` reads."""
    return b"".join(json.dumps(one.model_dump()).encode() + b"\n" for one in erasures)


def merged(*lists: tuple[Erasure, ...]) -> tuple[Erasure, ...]:
    """Return every erasure of several lists once, in the order of first mention."""
    known = {one.key: one for erasures in reversed(lists) for one in reversed(erasures)}
    order = dict.fromkeys(one.key for erasures in lists for one in erasures)
    return tuple(known[key] for key in order)


def _written(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=True).encode() + b"\n"
