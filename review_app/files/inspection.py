"""Sends a file to a confined process and takes its answer: this process never parses what somebody sent."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Media
from review_app.files.refusals import SENTENCES, Reason
from review_app.reports.exports.word_back import Edited, Found
from review_app.reports.printing.press import DOORWAY, KEPT

SECONDS, MEMORY, LARGEST = 5, 512_000_000, 64_000_000
# Seconds count while the process computes; on a busy machine it may take this many times longer by the clock.
BUSY = 3
# Two at once leave room for everybody else; a third waits a little.
AT_ONCE, PATIENCE = 2, 30.0
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Clean:
    """A clean copy of a file; pixels of a picture, pages of a PDF."""

    media: Media
    content: bytes
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def inspect(content: bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> Clean:
    """Return a clean copy of a PNG, JPEG or PDF; Unacceptable, with the field "file" to blame, for anything else."""
    told, made = _asked("attachment", content, seconds, memory)
    return Clean(content=made, **(told | {"media": Media(told["media"])}))


def read_word(content: bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> Found:
    """Return the messages in a Word file of ours; Unacceptable, with the field "file" to blame, for any other file."""
    told, made = _asked("word", content, seconds, memory)
    messages = (Edited(**(one | {"was": tuple(one["was"])})) for one in json.loads(made))
    return Found(tuple(messages), **told)


def _asked(task: str, content: bytes, seconds: int, memory: int) -> tuple[dict[str, Any], bytes]:
    """Return what the confined process tells of a file, and what it has made of it."""
    if not _turns.acquire(timeout=PATIENCE):
        raise _refusal(Reason.BUSY)
    try:
        answer = _answer(task, content, seconds, memory)
    finally:
        _turns.release()
    facts, _line, made = answer.partition(b"\n")
    told: dict[str, Any] = json.loads(facts)
    if "reason" in told:
        raise _refusal(Reason(told["reason"]), told["values"])
    return told, made


def _answer(task: str, content: bytes, seconds: int, memory: int) -> bytes:
    """Run the confined process on files that have no name: when we are killed, nothing is left of them."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        try:
            ended = _run(task, (given, answer), seconds, memory)
        except subprocess.TimeoutExpired as late:
            raise _refusal(Reason.TOO_MUCH) from late
        if ended:
            raise _refusal(Reason.TOO_MUCH if -ended in (signal.SIGXCPU, signal.SIGKILL) else Reason.BROKEN)
        answer.seek(0)
        return answer.read()


def _run(task: str, files: tuple[IO[bytes], IO[bytes]], seconds: int, memory: int) -> int:
    given, answer = files
    return subprocess.run(
        [sys.executable, "-I", str(DOORWAY), "files.confined", str(seconds), str(memory), str(LARGEST), task],
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
        cwd="/",
        start_new_session=True,
        timeout=seconds * BUSY,
        check=False,
    ).returncode


def _refusal(reason: Reason, values: Mapping[str, int] | None = None) -> Unacceptable:
    return Unacceptable(SENTENCES[reason], values, field="file")
