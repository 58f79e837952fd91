"""Snapshots on their way to paper: asked for with the fact, claimed by a worker, swept when something got stuck."""

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select, union_all, update

from review_app.config import ROOT
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Progress, Rendering, Report
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Printed
from review_app.services import outbox

MOST_TRIES = 3
# What another try may mend. A missing glyph stays missing, and what was too much for the minute it had is told at
# once: three minutes of waiting would say the same, and the person can ask again.
WORTH_ANOTHER_TRY = frozenset((Reason.CRASH,))
# What is wrong with the machine and not with the report: every print waits until it is mended.
MACHINE = frozenset((Reason.MACHINE, Reason.FONTS, Reason.PANGO))


def file_of(digest: str, folder: Path) -> Path:
    """Return where the print of a snapshot lies."""
    return folder / f"{digest}.pdf"


def ask(digest: str, *, folder: Path | None = None) -> Rendering:
    """Ask that a snapshot is printed, in the transaction of the fact; what is printed already is not printed again.

    With the folder of reports a print whose file is gone is asked for anew. A failed one gets its tries back.
    """
    row = find(digest)
    if row is None:
        row = Rendering(digest=digest)
        db.session.add(row)
    elif row.progress is Progress.FAILED or is_lost(row, folder):
        _again(row)
    else:
        return row
    db.session.flush()
    outbox.wake()
    return row


def find(digest: str) -> Rendering | None:
    """Return how far the print of a snapshot is; None when nobody asked for it."""
    return db.session.scalar(select(Rendering).where(Rendering.digest == digest))


def is_lost(row: Rendering, folder: Path | None) -> bool:
    """Tell whether a print is said to be there and is not."""
    return folder is not None and row.progress is Progress.DONE and not file_of(row.digest, folder).exists()


def claim() -> tuple[str, Paper] | None:
    """Take the print that waits longest; None when none waits. Commit before printing: others then leave it alone."""
    waiting = (
        select(Rendering.id).where(Rendering.progress == Progress.WAITING).order_by(Rendering.asked_at, Rendering.id)
    )
    number = db.session.scalar(waiting.limit(1))
    if number is None:
        return None
    mine = db.session.execute(
        update(Rendering)
        .where(Rendering.id == number, Rendering.progress == Progress.WAITING)
        .values(progress=Progress.RUNNING, started_at=utc_now(), tries=Rendering.tries + 1, reason="")
        .returning(Rendering.digest)
    ).scalar()
    return (mine, _snapshot(mine)) if mine else claim()


def finish(digest: str, printed: Printed) -> None:
    """Say that a print is there; its file is."""
    db.session.execute(
        update(Rendering)
        .where(Rendering.digest == digest)
        .values(
            progress=Progress.DONE,
            done_at=utc_now(),
            pages=printed.pages,
            sha256=printed.sha256,
            app_version=app_version(),
            reason="",
        )
    )


def fail(digest: str, reason: Reason, detail: str = "") -> None:
    """Say why a print did not come about; it waits for another try while one may help."""
    row = find(digest)
    if row is None:
        return
    again = reason in WORTH_ANOTHER_TRY and row.tries < MOST_TRIES
    row.progress = Progress.WAITING if again else Progress.FAILED
    row.reason = f"{reason.value}\n{detail}"
    db.session.flush()


def hold(reason: Reason, detail: str) -> None:
    """Say why nothing is printed just now; whatever waits keeps its tries, and is printed once that is mended."""
    begun = (Progress.WAITING, Progress.RUNNING)
    db.session.execute(
        update(Rendering)
        .where(Rendering.progress.in_(begun))
        .values(progress=Progress.WAITING, tries=0, reason=f"{reason.value}\n{detail}")
    )


def waits() -> bool:
    """Tell whether a print waits."""
    return db.session.scalar(select(Rendering.id).where(Rendering.progress == Progress.WAITING).limit(1)) is not None


def told(row: Rendering, gettext: Callable[[str], str]) -> str:
    """Return why a print failed or is held, as a sentence for a person; empty when nothing is wrong."""
    name, _line, detail = row.reason.partition("\n")
    is_told = row.progress is Progress.FAILED or name in MACHINE
    return PrintFailed(Reason(name), detail).told(gettext) if name and is_told else ""


def sweep(folder: Path) -> int:
    """Put back what got stuck or lost, and ask for reports that nobody asked for; return how many now wait.

    Whoever asks is alone at the press: what is said to be printed now was left by somebody who was killed.
    """
    for row in db.session.scalars(select(Rendering).where(Rendering.progress == Progress.RUNNING)).all():
        fail(row.digest, Reason.CRASH)
    lost = [row for row in _done() if is_lost(row, folder)]
    for row in lost:
        _again(row)
    for digest in _unasked():
        db.session.add(Rendering(digest=digest))
    db.session.flush()
    return len(db.session.scalars(select(Rendering.id).where(Rendering.progress == Progress.WAITING)).all())


@lru_cache(maxsize=1)
def app_version() -> str:
    """Return the version of the product that prints, as its project file states it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _done() -> list[Rendering]:
    return list(db.session.scalars(select(Rendering).where(Rendering.progress == Progress.DONE)))


def _unasked() -> set[str]:
    """Return what is published and was never asked for: reports of reviews, and syntheses over many."""
    asked = select(Rendering.digest)
    reports = select(Report.digest).where(Report.number.is_not(None), Report.digest.not_in(asked))
    syntheses = select(SynthesisEdition.digest).where(SynthesisEdition.digest.not_in(asked))
    return {*db.session.scalars(reports), *db.session.scalars(syntheses)}


def _again(row: Rendering) -> None:
    row.progress, row.tries, row.reason = Progress.WAITING, 0, ""
    row.asked_at, row.started_at, row.done_at = utc_now(), None, None


def _snapshot(digest: str) -> Paper:
    reports = select(Report.snapshot).where(Report.digest == digest)
    syntheses = select(SynthesisEdition.snapshot).where(SynthesisEdition.digest == digest)
    return registry.read(db.session.scalars(union_all(reports, syntheses).limit(1)).one())
