"""Finishes erasures: whoever a restore brought back goes again, prints nobody names go, and no byte stays behind."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from review_app.config import Settings
from review_app.extensions import database
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.privacy import Erasure
from review_app.queries import reports
from review_app.services import erasure

HALF_MADE = timedelta(hours=1)


def finish(settings: Settings) -> None:
    """Bring database, files and the file of erasures in line; may run at any time and as often as one likes."""
    erasure.reapply((), settings=settings)
    named = set(db.session.scalars(reports.digests()))
    waiting = db.session.scalar(select(func.count(Erasure.id)).where(Erasure.settled_at.is_(None)))
    db.session.commit()
    sweep_prints(settings.reports_dir, named)
    if waiting and database.wipe(db.engine):
        db.session.execute(update(Erasure).where(Erasure.settled_at.is_(None)).values(settled_at=utc_now()))
        db.session.commit()


def sweep_prints(folder: Path, named: set[str]) -> None:
    """Delete prints that no report names, and halves that a crash left; `named` are digests."""
    oldest = (utc_now() - HALF_MADE).timestamp()
    for path in folder.glob("*") if folder.is_dir() else ():
        is_print = path.suffix == ".pdf" and len(path.stem) == 64
        if (is_print and path.stem not in named) or (not is_print and path.is_file() and path.stat().st_mtime < oldest):
            path.unlink(missing_ok=True)
