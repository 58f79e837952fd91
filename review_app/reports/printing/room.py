"""The room where reports are printed: a warm process that forks a limited child a job."""

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
from pathlib import Path

from review_app.domain.vocabulary import ItemKind, Precision, Side
from review_app.reports import page
from review_app.reports.frozen.snapshot import Draft, KindCount, Message, Numbers, Paper, Place, Section, Snapshot, When
from review_app.reports.kinds import registry
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf
from review_app.reports.printing.failures import Reason
from review_app.reports.printing.frames import Closed, receive, send
from review_app.reports.wording.printable import is_letter, spelled_out

SCRATCH = "press-"
COURTESY = 10
"""Pages come before paper: a report takes the time that nobody who reads or writes needs."""


@dataclass(frozen=True)
class Limits:
    """What one rendering may take."""

    seconds: float = 60
    memory: int = 1_500_000_000
    file_size: int = 64_000_000


@dataclass(frozen=True)
class Job:
    """One rendering, in the child: what to print, and where the answer goes."""

    snapshot: bytes
    answer: int


def main(root: str, seconds: str, memory: str) -> None:
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
    job = _next_job(requests, answers, Limits(float(seconds), int(memory)))
    if job is None:
        _leave_nothing(Path.cwd())
        return
    send(job.answer, *printed(job.snapshot, materials, assets))


def printed(snapshot: bytes, materials: Materials, assets: pdf.Assets) -> tuple[bytes, ...]:
    """Return the answer to one job: its facts as JSON, then the PDF when there is one."""
    try:
        rendered = _rendered(registry.read(snapshot), materials, assets)
    except MemoryError:
        return (_told(Reason.MEMORY),)
    except pdf.Refused as refused:
        return (_told(Reason.REFUSED, str(refused)),)
    except pdf.MissingGlyphs as missing:
        return (_told(Reason.GLYPHS, str(missing)),)
    return json.dumps({"pages": rendered.pages}).encode(), rendered.content


def _rendered(snapshot: Paper, materials: Materials, assets: pdf.Assets) -> pdf.Rendered:
    """Print; where no font knows a sign such as an emoji, print its name. A lost letter stops it all."""
    html, identifier = page.document(snapshot, materials=materials), snapshot.sha256
    try:
        return pdf.render(html, assets, identifier=identifier, brand=snapshot.brand)
    except pdf.MissingGlyphs as missing:
        if any(is_letter(one) for one in missing.characters):
            raise
        spelled = spelled_out(html, missing.characters)
        return pdf.render(spelled, assets, identifier=identifier, brand=snapshot.brand)


def _told(reason: Reason, detail: str = "") -> bytes:
    return json.dumps({"reason": reason, "detail": detail}).encode()


def _next_job(requests: int, answers: int, limits: Limits) -> Job | None:
    """Fork a child a request and pass its answer on; return the job in the child, None when the press is gone."""
    while True:
        try:
            snapshot = receive(requests)
        except Closed:
            return None
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _confine(limits)
            for descriptor in (requests, answers, reading, 0):
                os.close(descriptor)
            return Job(snapshot, writing)
        os.close(writing)
        answer = _answer_of(child, reading, requests, limits)
        os.close(reading)
        _sweep()
        if answer is None:
            return None
        send(answers, *answer)


def _confine(limits: Limits) -> None:
    """Let the system end a rendering that takes too much; no core file may hold a report."""
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer_of(child: int, reading: int, requests: int, limits: Limits) -> tuple[bytes, ...] | None:
    """Return what the child says, or why it says nothing; None when the press went away meanwhile."""
    deadline = time.monotonic() + limits.seconds
    ready = select.select([reading, requests], [], [], limits.seconds)[0]
    if reading in ready:
        return _heard(child, reading, deadline)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None if ready else (_told(Reason.TIMEOUT),)


def _heard(child: int, reading: int, deadline: float) -> tuple[bytes, ...]:
    try:
        facts = receive(reading, seconds=max(1.0, deadline - time.monotonic()))
        content = () if b'"reason"' in facts else (receive(reading, seconds=max(1.0, deadline - time.monotonic())),)
    except Closed:
        _, status = os.waitpid(child, 0)
        return (_told(_reason_of(status), f"status {status}"),)
    os.waitpid(child, 0)
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


def _sweep() -> None:
    """Remove the fonts that a killed child left in the scratch folder."""
    for left in Path(tempfile.gettempdir()).glob("weasyprint-*"):
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
