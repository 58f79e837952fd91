"""The folder of finished prints: who prints into it now, and files that are there whole or not at all."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from review_app.domain.printing import Lane

LOCK = ".printing-"


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


def put(path: Path, content: bytes, lane: Lane = Lane.QUICK) -> None:
    """Write a file that is there whole or not at all, even when the power fails (RELIABILITY 56)."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{lane.value}.{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
