"""Prints a snapshot into a file through a separate, killable process; works without Pango, and says so."""

import atexit
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from review_app.reports.frozen.snapshot import Paper
from review_app.reports.materials import PROJECT
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.frames import Closed, Overdue, receive, send

DOORWAY = Path(__file__).with_name("doorway.py")
# What the room may know: where programs, libraries and fonts lie. No key and no database address.
KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "WEASYPRINT_DLL_DIRECTORIES",
)
# The room stops a late child by itself; the press waits a little longer, then stops the room.
SECONDS, MEMORY, GRACE, STARTING = 60.0, 1_500_000_000, 10.0, 60.0


@dataclass(frozen=True)
class Printed:
    """What was printed: its pages, the SHA-256 of the file, and how many seconds it took."""

    pages: int
    sha256: str
    seconds: float


class Press:
    """One press room, started when it is first needed and again when it was stopped. One job at a time."""

    def __init__(self, root: Path = PROJECT, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._root, self._seconds, self._memory = root, seconds, memory
        self._lock = threading.Lock()
        self._room: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._owner = 0

    def print_to(self, path: Path, snapshot: Paper) -> Printed:
        """Print a snapshot into `path`, which appears whole or not at all. Raises `PrintFailed`."""
        started = time.monotonic()
        facts, content = self._printed(snapshot.to_bytes())
        put(path, content)
        digest = hashlib.sha256(content).hexdigest()
        return Printed(int(facts["pages"]), digest, round(time.monotonic() - started, 3))

    def warm(self) -> None:
        """Start the room before the first job. Raises `PrintFailed` when this machine cannot print."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """Send everybody home."""
        with self._lock:
            self._stop()

    def _printed(self, snapshot: bytes) -> tuple[dict[str, str], bytes]:
        with self._lock:
            try:
                return self._asked(self._started(), snapshot)
            except Closed:
                # The room was stopped from outside between two jobs: a new one gets the same job once.
                self._stop()
            try:
                return self._asked(self._started(), snapshot)
            except Closed as gone:
                self._stop()
                raise PrintFailed(Reason.CRASH) from gone

    def _asked(self, room: subprocess.Popen[bytes], snapshot: bytes) -> tuple[dict[str, str], bytes]:
        answers = _descriptor(room.stdout)
        try:
            send(_descriptor(room.stdin), snapshot)
            facts = _facts(receive(answers, seconds=self._seconds + GRACE))
            return facts, receive(answers, seconds=GRACE)
        except Overdue as late:
            self._stop()
            raise PrintFailed(Reason.TIMEOUT) from late

    def _started(self) -> subprocess.Popen[bytes]:
        if self._room is not None and self._room.poll() is None and self._owner == os.getpid():
            return self._room
        self._stop()
        self._scratch = tempfile.TemporaryDirectory(prefix="press-")
        self._owner = os.getpid()
        self._room = _open_room(self._root, Path(self._scratch.name), self._seconds, self._memory)
        try:
            _facts(receive(_descriptor(self._room.stdout), seconds=STARTING))
        except (Closed, Overdue) as silent:
            said = Path(self._scratch.name, "said").read_text(encoding="utf-8", errors="replace")
            self._stop()
            raise PrintFailed(*_why(said)) from silent
        except PrintFailed:
            self._stop()
            raise
        return self._room

    def _stop(self) -> None:
        """End the room and its child; a room that a parent process opened is the parent's to end."""
        room, scratch = self._room, self._scratch
        self._room = self._scratch = None
        if room is None or self._owner != os.getpid():
            return
        if room.poll() is None:
            os.killpg(room.pid, signal.SIGKILL)
        room.wait()
        for pipe in (room.stdin, room.stdout):
            if pipe is not None:
                pipe.close()
        if scratch is not None:
            scratch.cleanup()


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Tell whether nobody else prints into a folder, and keep it so until the block ends.

    The system itself ends it for a process that was killed, so nobody has to guess how long a dead one is waited for.
    Raises OSError when the folder cannot be written.
    """
    handle = os.open(folder / ".printing", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_locked(handle)
    finally:
        os.close(handle)


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clear(folder: Path) -> None:
    """Remove what somebody who was killed while writing has left in a folder; only for who is alone there."""
    for left in folder.glob(".*.pdf.*"):
        left.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, even when the power fails (RELIABILITY 56)."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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


def _open_room(root: Path, scratch: Path, seconds: float, memory: int) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    with (scratch / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-I", str(DOORWAY), "reports.printing.room", str(root), str(seconds), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env={**environment, "TMPDIR": str(scratch)},
            cwd=scratch,
            start_new_session=True,
            bufsize=0,
        )


def _descriptor(pipe: object) -> int:
    return pipe.fileno()  # type: ignore[attr-defined, no-any-return]


def _facts(answer: bytes) -> dict[str, str]:
    facts: dict[str, str] = json.loads(answer)
    if "reason" in facts:
        raise PrintFailed(Reason(facts["reason"]), facts["detail"])
    return facts


def _why(said: str) -> tuple[Reason, str]:
    """Read in the last words of a room why it did not open."""
    last = said.strip().rsplit("\n", 1)[-1]
    return (Reason.PANGO if "cannot load library" in said else Reason.CRASH), last


_PRESS = Press()
atexit.register(_PRESS.close)


def print_to(path: Path, snapshot: Paper) -> Printed:
    """Print a snapshot into `path` on the one press of this process. Raises `PrintFailed`."""
    return _PRESS.print_to(path, snapshot)


def warm() -> None:
    """Start the one press of this process. Raises `PrintFailed` when this machine cannot print."""
    _PRESS.warm()
