"""The room where reports are printed: a warm process that forks a limited child a job."""

import atexit
import gc
import json
import logging
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from review_app.domain.printing import Allowance, Form
from review_app.domain.vocabulary import ItemKind, Precision, Side
from review_app.reports import page
from review_app.reports.exports.attachments import attachments
from review_app.reports.frozen.snapshot import Draft, KindCount, Message, Numbers, Paper, Place, Section, Snapshot, When
from review_app.reports.kinds import registry
from review_app.reports.materials import Materials
from review_app.reports.printing import jobs, pdf
from review_app.reports.printing.archive import Enclosed
from review_app.reports.printing.failures import Reason
from review_app.reports.printing.frames import Closed, receive, send
from review_app.reports.printing.jobs import STOP, Job, on_page
from review_app.reports.wording.printable import is_letter, spelled_out

SCRATCH = "press-"
CARRYING = 10.0
"""Seconds that a finished paper may take from the child to the room."""
COURTESY = 10
"""Pages come before paper: a report takes the time that nobody who reads or writes needs."""


FILE_SIZE = 64_000_000
RARELY = (20_000, 20, 20)
"""How often a child looks for garbage: nearly all it makes is in use until the end."""
EVERY = 0.2
"""Seconds between two words on which page is being laid out."""


@dataclass(frozen=True)
class Task:
    """One rendering, in the child: what to print, and where the answer goes."""

    job: Job
    answer: int


def main(root: str) -> None:
    """Warm up, say so, and print whatever comes in; a child leaves this function once its job is done."""
    os.nice(COURTESY)
    requests, answers = os.dup(0), os.dup(1)
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    materials = Materials.of(Path(root))
    missing = materials.missing_fonts()
    if missing:
        send(answers, _told(Reason.FONTS, ", ".join(missing)))
        return
    assets = pdf.Assets.read(materials)
    _warm(materials, assets)
    send(answers, b"{}")
    task = _next_task(requests, answers)
    if task is None:
        _leave_nothing(Path.cwd())
        return
    with pdf.followed(_Pages(task.answer).tell):
        answer = printed(task.job.snapshot, materials, assets, task.job.form)
    send(task.answer, *answer)
    _end_at_once()


def _end_at_once() -> NoReturn:
    """Leave without giving back every object of a long report one by one: the system takes all of it at once."""
    atexit._run_exitfuncs()
    os._exit(0)


class _Pages:
    """Tells the room now and then which page is being laid out; a second round through all pages tells no less."""

    def __init__(self, answer: int) -> None:
        self._answer, self._most, self._next = answer, 0, 0.0

    def tell(self, number: int) -> None:
        now = time.monotonic()
        if number > self._most and now >= self._next:
            self._most, self._next = number, now + EVERY
            send(self._answer, on_page(number))


def printed(snapshot: bytes, materials: Materials, assets: pdf.Assets, form: Form = Form.PDF) -> tuple[bytes, ...]:
    """Return the answer to one job: its facts as JSON, then the PDF when there is one."""
    try:
        rendered = _rendered(registry.read(snapshot), materials, assets, form)
    except MemoryError:
        return (_told(Reason.MEMORY),)
    except pdf.Refused as refused:
        return (_told(Reason.REFUSED, str(refused)),)
    except pdf.MissingGlyphs as missing:
        return (_told(Reason.GLYPHS, str(missing)),)
    return json.dumps({"pages": rendered.pages}).encode(), rendered.content


def _rendered(paper: Paper, materials: Materials, assets: pdf.Assets, form: Form) -> pdf.Rendered:
    """Print; where no font knows a sign such as an emoji, print its name. A lost letter stops it all."""
    html, inside = page.document(paper, materials=materials), _enclosed(paper) if form is Form.PDFA else None
    put = partial(pdf.render, assets=assets, identifier=paper.sha256, brand=paper.brand, enclosed=inside)
    try:
        return put(html)
    except pdf.MissingGlyphs as missing:
        if any(is_letter(one) for one in missing.characters):
            raise
        return put(spelled_out(html, missing.characters))


def _enclosed(paper: Paper) -> Enclosed:
    return Enclosed(attachments(paper), paper.frozen_on or (paper.draft.made_on if paper.draft else None))


def _told(reason: Reason, detail: str = "") -> bytes:
    return json.dumps({"reason": reason, "detail": detail}).encode()


def _next_task(requests: int, answers: int) -> Task | None:
    """Fork a child a request and pass its answer on; return the task in the child, None when the press is gone."""
    ready = _registered()
    while True:
        try:
            heading = receive(requests)
            if heading == STOP:
                # It met the answer of the job it was meant for.
                continue
            job = jobs.read(heading, receive(requests))
        except Closed:
            return None
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _confine(job.allowance)
            gc.set_threshold(*RARELY)
            for descriptor in (requests, answers, reading, 0):
                os.close(descriptor)
            return Task(job, writing)
        os.close(writing)
        answer = _answer_of(Child(child, reading, job.allowance), requests, answers)
        os.close(reading)
        _sweep(ready)
        if answer is None:
            return None
        send(answers, *answer)


def _confine(limits: Allowance) -> None:
    """Let the system end a rendering that takes too much; no core file may hold a report."""
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass(frozen=True)
class Child:
    """The process of one rendering, the pipe it answers through, and what it may take."""

    number: int
    reading: int
    limits: Allowance

    def ended(self) -> int:
        """Wait for its end; return how it ended."""
        return os.waitpid(self.number, 0)[1]

    def killed(self, reason: Reason) -> tuple[bytes, ...]:
        """End it; return what to answer in its place."""
        os.kill(self.number, signal.SIGKILL)
        self.ended()
        return (self.told(reason),)

    def told(self, reason: Reason) -> bytes:
        """Say why there is no answer, with the limit that it met."""
        limits = {Reason.TIMEOUT: f"{self.limits.seconds:g}", Reason.MEMORY: str(self.limits.memory // 1_000_000)}
        return _told(reason, limits.get(reason, ""))


def _answer_of(child: Child, requests: int, answers: int) -> tuple[bytes, ...] | None:
    """Return what the child says, or why it says nothing; None when the press went away meanwhile."""
    deadline = time.monotonic() + child.limits.seconds
    while True:
        ready = select.select([child.reading, requests], [], [], max(0.0, deadline - time.monotonic()))[0]
        if not ready:
            return child.killed(Reason.TIMEOUT)
        if child.reading not in ready:
            return _stopped(child, requests)
        answer = _heard(child, deadline)
        if b'"page"' not in answer[0]:
            return answer
        send(answers, *answer)


def _stopped(child: Child, requests: int) -> tuple[bytes, ...] | None:
    """Whatever comes while a child prints is the word to stop it, or the end of the press."""
    answer = child.killed(Reason.CANCELLED)
    try:
        receive(requests)
    except Closed:
        return None
    return answer


def _heard(child: Child, deadline: float) -> tuple[bytes, ...]:
    try:
        facts = receive(child.reading, seconds=max(1.0, deadline - time.monotonic()))
        if b'"page"' in facts:
            return (facts,)
        if facts == _told(Reason.MEMORY):
            facts = child.told(Reason.MEMORY)
        content = () if b'"reason"' in facts else (receive(child.reading, seconds=CARRYING),)
    except Closed:
        return (child.told(_reason_of(child.ended())),)
    child.ended()
    return (facts, *content)


def _reason_of(status: int) -> Reason:
    """Why a child ended without a word. GLib ends a process that gets no memory by abort or trap."""
    if not os.WIFSIGNALED(status):
        return Reason.CRASH
    by = os.WTERMSIG(status)
    if by in (signal.SIGXCPU, signal.SIGKILL):
        return Reason.TIMEOUT
    return Reason.MEMORY if by in (signal.SIGABRT, signal.SIGTRAP) else Reason.CRASH


def _leave_nothing(scratch: Path) -> None:
    """Remove the scratch folder of a press that was killed and could not do it."""
    if scratch.name.startswith(SCRATCH):
        shutil.rmtree(scratch, ignore_errors=True)


def _registered() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("weasyprint-*"))


def _sweep(ready: set[Path]) -> None:
    """Remove the fonts that a killed child left in the scratch folder, beside those that the room has ready."""
    for left in _registered() - ready:
        shutil.rmtree(left, ignore_errors=True)


def _warm(materials: Materials, assets: pdf.Assets) -> None:
    """Print one small report, so that every child starts with everything read and compiled."""
    kind = ItemKind.LESSON
    sample = Snapshot(
        ref="warm",
        number=None,
        frozen_on=None,
        draft=Draft(made_by="the press", made_on=date(2000, 1, 1)),
        title="Αа",
        network="",
        method="",
        when=When(start="2000", end=None, precision=Precision.YEAR),
        theme="",
        numbers=Numbers(peer_cities=1),
        places=(Place(name="A", country="BE", kind="city", side=Side.HOST, latitude=51, longitude=4),),
        counts=(KindCount(kind=kind, count=1),),
        sections=(Section(kind=kind, messages=(Message(kind=kind, headline="A"),)),),
    )
    printed(sample.to_bytes(), materials, assets)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(*sys.argv[1:])
