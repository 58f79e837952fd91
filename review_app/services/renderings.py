"""Snapshots on their way to paper: asked for with the fact, claimed by a worker, swept when something got stuck."""

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, union_all, update

from review_app.config import ROOT
from review_app.domain.languages import FALLBACK
from review_app.domain.printing import Form, Lane, file_name, lane_of
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries.renderings import find, in_order, issued
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Printed
from review_app.services import outbox

__all__ = ["find"]

MOST_TRIES = 3
BEGUN = (Progress.WAITING, Progress.RUNNING)
ENDED = (Progress.FAILED, Progress.CANCELLED)
# What another try may mend. A missing glyph stays missing, and what was too much for the minute it had is told at
# once: three minutes of waiting would say the same, and the person can ask again.
WORTH_ANOTHER_TRY = frozenset((Reason.CRASH,))
# What is wrong with the machine and not with the report: every print waits until it is mended.
MACHINE = frozenset((Reason.MACHINE, Reason.FONTS, Reason.PANGO))


class Claim(NamedTuple):
    """A print that a worker has taken: which one, and what to print."""

    digest: str
    paper: Paper
    form: Form
    language: str = FALLBACK


def file_of(digest: str, folder: Path, form: Form = Form.PDF, language: str = FALLBACK) -> Path:
    """Return where the print of a snapshot lies."""
    return folder / file_name(digest, form, language)


def lies_at(row: Rendering, folder: Path) -> Path:
    """Return where a print lies, or will."""
    return file_of(row.digest, folder, row.form, row.language)


def ask(digest: str, *, form: Form = Form.PDF, language: str = FALLBACK, folder: Path | None = None) -> Rendering:
    """Ask that a snapshot is printed, in the transaction of the fact; what is printed already is not printed again.

    With the folder of reports a print whose file is gone is asked for anew. One that failed or was cancelled gets its
    tries back. One that was on its way in case somebody asks is somebody's now.
    """
    row = find(digest, form, language)
    if row is None:
        row = _new(digest, form, language)
    elif row.progress in ENDED or is_lost(row, folder):
        _again(row)
    elif not row.ahead:
        return row
    row.ahead = False
    db.session.flush()
    outbox.wake()
    return row


def ask_ahead(digest: str, *, form: Form = Form.PDF, language: str = FALLBACK) -> Rendering:
    """Ask for a print in case somebody wants it; what was asked for before, cancelled or failed is let be."""
    row = find(digest, form, language)
    if row is not None:
        return row
    row = _new(digest, form, language)
    row.ahead = True
    db.session.flush()
    outbox.wake()
    return row


def ask_published(digest: str) -> None:
    """Ask for what there is of everything that is published: the print to read now, the one to keep in its time."""
    ask(digest)
    ask_ahead(digest, form=Form.PDFA)


def cancel(row: Rendering) -> None:
    """Let a print be: one that waits is not begun, one that is at the press is stopped there within two seconds."""
    if row.progress in BEGUN:
        row.progress, row.pages = Progress.CANCELLED, None
        db.session.flush()


def is_lost(row: Rendering, folder: Path | None) -> bool:
    """Tell whether a print is said to be there and is not."""
    return folder is not None and row.progress is Progress.DONE and not lies_at(row, folder).exists()


def claim(lane: Lane = Lane.QUICK) -> Claim | None:
    """Take the print whose turn it is; None when none waits. Commit before printing: others then leave it alone."""
    number = db.session.scalar(in_order(lane).limit(1))
    if number is None:
        return None
    mine = db.session.execute(
        update(Rendering)
        .where(Rendering.id == number, Rendering.progress == Progress.WAITING)
        .values(progress=Progress.RUNNING, started_at=utc_now(), tries=Rendering.tries + 1, reason="", pages=None)
        .returning(Rendering.digest, Rendering.form, Rendering.language)
    ).first()
    if mine is None:
        return claim(lane)
    return Claim(mine.digest, _snapshot(mine.digest).spoken(mine.language), mine.form, mine.language)


def note_pages(digest: str, pages: int, *, form: Form = Form.PDF, language: str = FALLBACK) -> bool:
    """Keep how many pages there are so far; tell whether the print is still wanted."""
    still = (
        update(Rendering)
        .where(*_of(digest, form, language), Rendering.progress == Progress.RUNNING)
        .values(pages=pages or None)
        .returning(Rendering.id)
    )
    return db.session.scalar(still) is not None


def finish(digest: str, printed: Printed, *, form: Form = Form.PDF, language: str = FALLBACK) -> None:
    """Say that a print is there; its file is. What was cancelled at the last moment stays cancelled."""
    db.session.execute(
        update(Rendering)
        .where(*_of(digest, form, language), Rendering.progress != Progress.CANCELLED)
        .values(
            progress=Progress.DONE,
            done_at=utc_now(),
            pages=printed.pages,
            sha256=printed.sha256,
            app_version=app_version(),
            reason="",
        )
    )


def fail(digest: str, reason: Reason, detail: str = "", *, form: Form = Form.PDF, language: str = FALLBACK) -> None:
    """Say why a print did not come about; it waits for another try while one may help."""
    row = find(digest, form, language)
    if row is None or row.progress is Progress.CANCELLED:
        return
    again = reason in WORTH_ANOTHER_TRY and row.tries < MOST_TRIES
    row.progress = Progress.WAITING if again else Progress.FAILED
    row.reason, row.pages = f"{reason.value}\n{detail}", None
    db.session.flush()


def hold(reason: Reason, detail: str, *, lane: Lane = Lane.QUICK) -> None:
    """Say why nothing is printed just now; whatever waits keeps its tries, and is printed once that is mended."""
    begun = or_(
        Rendering.progress == Progress.WAITING,
        (Rendering.progress == Progress.RUNNING) & (Rendering.lane == lane),
    )
    db.session.execute(
        update(Rendering)
        .where(begun)
        .values(progress=Progress.WAITING, tries=0, reason=f"{reason.value}\n{detail}", pages=None)
    )


def waits(lane: Lane = Lane.QUICK) -> bool:
    """Tell whether a print waits in a lane."""
    waiting = select(Rendering.id).where(Rendering.progress == Progress.WAITING, Rendering.lane == lane)
    return db.session.scalar(waiting.limit(1)) is not None


def told(row: Rendering, gettext: Callable[[str], str]) -> str:
    """Return why a print failed or is held, as a sentence for a person; empty when nothing is wrong."""
    if row.progress is Progress.CANCELLED:
        return PrintFailed(Reason.CANCELLED).told(gettext)
    name, _line, detail = row.reason.partition("\n")
    is_told = row.progress is Progress.FAILED or name in MACHINE
    return PrintFailed(Reason(name), detail).told(gettext) if name and is_told else ""


def sweep(folder: Path, lane: Lane = Lane.QUICK) -> int:
    """Put back what got stuck or lost in a lane, and ask for reports that nobody asked for; return how many wait there.

    Whoever asks is alone in the lane: what is said to be printed there now was left by somebody who was killed.
    """
    for row in _standing(Progress.RUNNING, lane):
        fail(row.digest, Reason.CRASH, form=row.form, language=row.language)
    for row in _standing(Progress.DONE, lane):
        if is_lost(row, folder):
            _again(row)
    if lane is Lane.QUICK:
        _ask_for_published()
    db.session.flush()
    return len(_standing(Progress.WAITING, lane))


@lru_cache(maxsize=1)
def app_version() -> str:
    """Return the version of the product that prints, as its project file states it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _standing(progress: Progress, lane: Lane) -> list[Rendering]:
    return list(db.session.scalars(select(Rendering).where(Rendering.progress == progress, Rendering.lane == lane)))


def _of(digest: str | ColumnElement[str], form: Form, language: str) -> tuple[ColumnElement[bool], ...]:
    return Rendering.digest == digest, Rendering.form == form, Rendering.language == language


def _ask_for_published() -> None:
    """What is published is there to be read and to be kept, whether or not somebody has asked for it."""
    source = issued()
    for form in Form:
        asked = select(Rendering.id).where(*_of(source.c.digest, form, FALLBACK))
        unasked = select(source.c.digest).where(source.c.number.is_not(None), ~asked.exists())
        for digest in set(db.session.scalars(unasked)):
            _new(digest, form, FALLBACK).ahead = form is Form.PDFA


def _new(digest: str, form: Form, language: str) -> Rendering:
    source = issued()
    weight = db.session.scalar(select(source.c.weight).where(source.c.digest == digest).limit(1))
    row = Rendering(digest=digest, form=form, language=language, lane=lane_of(weight or 0))
    db.session.add(row)
    return row


def _again(row: Rendering) -> None:
    row.progress, row.tries, row.reason, row.pages = Progress.WAITING, 0, "", None
    row.asked_at, row.started_at, row.done_at = utc_now(), None, None


def _snapshot(digest: str) -> Paper:
    reports = select(Report.snapshot).where(Report.digest == digest)
    syntheses = select(SynthesisEdition.snapshot).where(SynthesisEdition.digest == digest)
    return registry.read(db.session.scalars(union_all(reports, syntheses).limit(1)).one())
