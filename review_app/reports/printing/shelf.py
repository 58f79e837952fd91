"""The folder of finished prints: who prints into it now, and files that are there whole or not at all."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from review_app.domain.printing import Lane

LOCK = ".printing-"
# A print of the house is read by the house alone; a file at a path that somebody named is theirs, as their umask says.
PRIVATE, ORDINARY = 0o600, 0o666


@dataclass(frozen=True)
class Put:
    """What was written: its bytes, and the SHA-256 of the file."""

    size: int
    sha256: str


@contextmanager
def alone(folder: Path, lane: Lane = Lane.QUICK) -> Iterator[bool]:
    """Tell whether nobody else prints in a lane of a folder, and keep it so until the block ends.

    The system itself ends it for a process that was killed, so nobody has to guess how long a dead one is waited for.
    Raises OSError when the folder cannot be written.
    """
    handle = os.open(folder / f"{LOCK}{lane.value}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_locked(handle)
    finally:
        os.close(handle)


def is_lock(name: str) -> bool:
    """Tell whether a file is what `alone` holds on to: removed, a second one would be held beside the first."""
    return name in {f"{LOCK}{lane.value}" for lane in Lane}


def clear(folder: Path, lane: Lane = Lane.QUICK) -> None:
    """Remove what somebody who was killed while writing has left of a lane; only for who is alone in it."""
    for left in folder.glob(f".{lane.value}.*.pdf.*"):
        left.unlink(missing_ok=True)


def put(path: Path, pieces: Iterable[bytes], lane: Lane = Lane.QUICK, *, mode: int = PRIVATE) -> Put:
    """Write a file piece by piece that is there whole or not at all, even when the power fails (RELIABILITY 56).

    Of `mode` the umask takes what it takes from every new file. Raises OSError, and whatever the pieces raise.
    """
    begun = path.with_name(f".{lane.value}.{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        done = _written(descriptor, pieces)
        begun.replace(path)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return done


def _written(descriptor: int, pieces: Iterable[bytes]) -> Put:
    size, digest = 0, hashlib.sha256()
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return Put(size, digest.hexdigest())


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
