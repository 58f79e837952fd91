"""Files that are there whole or not at all, even when the power fails, and folders that one program holds at a time."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path

PIECE = 1 << 20
GONE = ".gone-"


@dataclass(frozen=True)
class Content:
    """What a file holds: bytes and their SHA-256."""

    size: int
    sha256: str


class Held(Exception):
    """Another program holds what was asked for."""


def measured(path: Path) -> Content:
    """Read a file to its end. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Content(size, digest.hexdigest())


def copied(source: Path, target: Path) -> Content:
    """Copy a file to the disk itself, making the folders on the way; return what was copied. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as came, _new(target) as made:
        while piece := came.read(PIECE):
            made.write(piece)
            digest.update(piece)
            size += len(piece)
        _to_disk(made)
    return Content(size, digest.hexdigest())


def kept(target: Path, content: bytes) -> Content:
    """Write a new file to the disk itself, making the folders on the way; return what was written. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write(target, content)
    return Content(len(content), hashlib.sha256(content).hexdigest())


def write(path: Path, content: bytes) -> None:
    """Write a new file to the disk itself. Raises OSError."""
    with _new(path) as file:
        file.write(content)
        _to_disk(file)


def rewrite(path: Path, content: bytes) -> None:
    """Put a file in the place of another, in one step. Raises OSError."""
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    write(draft, content)
    draft.replace(path)
    sync(path.parent)


def flush(path: Path) -> None:
    """Bring a file that somebody else wrote to the disk itself. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk itself. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Bring the names in a folder and in every folder below it to the disk itself. Raises OSError."""
    for inner in sorted(folder.rglob("*")):
        if inner.is_dir():
            sync(inner)
    sync(folder)


@contextmanager
def draft_in(folder: Path, prefix: str) -> Iterator[Path]:
    """Give a new private folder to build in; what is left of it in the end, or at a failure, is thrown away."""
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(folder: Path, prefix: str) -> None:
    """Throw away the folders that interrupted programs left; only by who holds the lock of that work."""
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def discard(folder: Path) -> None:
    """Delete a folder; it is out of sight in one step, however long the rest takes. Raises OSError."""
    gone = folder.with_name(f"{GONE}{folder.name}")
    folder.rename(gone)
    shutil.rmtree(gone)


@contextmanager
def hold(lock: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends. Raises Held at once when others hold it."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Held(str(lock)) from taken
        yield
    finally:
        os.close(descriptor)


def _new(path: Path) -> BufferedWriter:
    """Open a file that must not be there yet, for its owner alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "wb")


def _to_disk(file: BufferedWriter) -> None:
    file.flush()
    os.fsync(file.fileno())
