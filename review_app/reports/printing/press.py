"""Prints a snapshot into a file through a separate, killable process; works without Pango, and says so."""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review_app.domain.printing import Allowance, Form, Lane, allowance, lane_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.materials import PROJECT
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.frames import Closed, Overdue, arrives, receive, send
from review_app.reports.printing.jobs import STOP, Job
from review_app.reports.printing.shelf import PRIVATE, put

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
GRACE, STARTING = 10.0, 60.0
LOOK = 1.0
Watch = Callable[[int], bool]


def look_on(_pages: int) -> bool:
    """Watch a printing without a word."""
    return True


@dataclass(frozen=True)
class Printed:
    """What was printed: its pages, the SHA-256 of the file, and how many seconds it took."""

    pages: int
    sha256: str
    seconds: float


class Press:
    """One press room, started when it is first needed and again when it was stopped. One job at a time.

    A job may take what its length allows, or these seconds and bytes of memory.
    """

    def __init__(self, root: Path = PROJECT, *, seconds: float | None = None, memory: int | None = None) -> None:
        self._root, self._seconds, self._memory = root, seconds, memory
        self._lock = threading.Lock()
        self._room: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._owner = 0
        self._is_over = False

    def print_to(
        self, path: Path, paper: Paper, form: Form = Form.PDF, *, watch: Watch = look_on, mode: int = PRIVATE
    ) -> Printed:
        """Print a report into `path`, which appears whole or not at all. Raises `PrintFailed`.

        `watch` is told about once a second how many pages there are, and says whether to go on. `mode` is the file's.
        """
        started = time.monotonic()
        snapshot = paper.to_bytes()
        facts, content = self._printed(Job(snapshot, form, self._allowance(snapshot)), watch)
        done = put(path, (content,), lane_of(_weight(snapshot)), mode=mode)
        return Printed(int(facts["pages"]), done.sha256, round(time.monotonic() - started, 3))

    def warm(self) -> None:
        """Start the room before the first job. Raises `PrintFailed` when this machine cannot print."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """Send everybody home."""
        with self._lock:
            self._stop()

    def leave(self) -> None:
        """Send everybody home at once, whatever they are at: this process ends."""
        self._is_over = True
        room = self._room
        if room is not None and self._owner == os.getpid() and room.poll() is None:
            os.killpg(room.pid, signal.SIGKILL)
        self.close()

    def _allowance(self, snapshot: bytes) -> Allowance:
        usual = allowance(_weight(snapshot))
        return Allowance(self._seconds or usual.seconds, self._memory or usual.memory)

    def _printed(self, job: Job, watch: Watch) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            try:
                return self._asked(self._started(), job, watch)
            except Closed:
                # The room was stopped from outside between two jobs: a new one gets the same job once.
                self._stop()
            try:
                return self._asked(self._started(), job, watch)
            except Closed as gone:
                self._stop()
                raise PrintFailed(Reason.CRASH) from gone

    def _asked(self, room: subprocess.Popen[bytes], job: Job, watch: Watch) -> tuple[dict[str, Any], bytes]:
        try:
            send(_descriptor(room.stdin), job.heading, job.snapshot)
            facts = self._followed(room, time.monotonic() + job.allowance.seconds + GRACE, watch)
            return facts, receive(_descriptor(room.stdout), seconds=GRACE)
        except Overdue as late:
            self._stop()
            raise PrintFailed(Reason.TIMEOUT, f"{job.allowance.seconds:g}") from late

    def _followed(self, room: subprocess.Popen[bytes], deadline: float, watch: Watch) -> dict[str, Any]:
        """Return the answer of the room, and pass on meanwhile which page it is at."""
        answers, page, look_at = _descriptor(room.stdout), 0, time.monotonic() + LOOK
        while True:
            now = time.monotonic()
            if now >= look_at:
                look_at = now + LOOK
                self._shown(page, room, watch)
            if not arrives(answers, seconds=min(look_at, deadline) - now):
                if time.monotonic() >= deadline:
                    raise Overdue
                continue
            facts = _facts(receive(answers, seconds=GRACE))
            if "page" not in facts:
                return facts
            page = facts["page"]

    def _shown(self, page: int, room: subprocess.Popen[bytes], watch: Watch) -> None:
        try:
            goes_on = watch(page)
        except BaseException:
            # Whoever watches is in trouble of its own: nobody would take the answer.
            self._stop()
            raise
        if not goes_on:
            send(_descriptor(room.stdin), STOP)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._is_over:
            raise PrintFailed(Reason.CRASH, "the process ends")
        if self._room is not None and self._room.poll() is None and self._owner == os.getpid():
            return self._room
        self._stop()
        self._scratch = tempfile.TemporaryDirectory(prefix="press-")
        self._owner = os.getpid()
        self._room = _open_room(self._root, Path(self._scratch.name))
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


def _open_room(root: Path, scratch: Path) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    with (scratch / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-I", str(DOORWAY), "reports.printing.room", str(root)],
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


def _weight(snapshot: bytes) -> int:
    """Return the characters of a snapshot, as the database counts them."""
    return len(snapshot.decode())


def _facts(answer: bytes) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(answer)
    if "reason" in facts:
        raise PrintFailed(Reason(facts["reason"]), facts["detail"])
    return facts


def _why(said: str) -> tuple[Reason, str]:
    """Read in the last words of a room why it did not open."""
    last = said.strip().rsplit("\n", 1)[-1]
    return (Reason.PANGO if "cannot load library" in said else Reason.CRASH), last


_PRESSES = {lane: Press() for lane in Lane}
for _press in _PRESSES.values():
    atexit.register(_press.leave)


def print_to(
    path: Path, paper: Paper, form: Form = Form.PDF, *, watch: Watch = look_on, mode: int = PRIVATE
) -> Printed:
    """Print a report into `path` on the press of its lane. Raises `PrintFailed`.

    Of the two presses of this process one is for long reports: nobody's two pages wait for somebody's thousand.
    """
    return _PRESSES[lane_of(_weight(paper.to_bytes()))].print_to(path, paper, form, watch=watch, mode=mode)


def warm(lane: Lane = Lane.QUICK) -> None:
    """Start a press of this process. Raises `PrintFailed` when this machine cannot print."""
    _PRESSES[lane].warm()


def rest(lane: Lane) -> None:
    """Close a press that is seldom needed: its memory is worth more than the second it takes to open it again."""
    _PRESSES[lane].close()
