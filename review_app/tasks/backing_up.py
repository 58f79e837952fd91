"""The backup of the day, made by the worker where it is told to."""

import structlog

from review_app.config import Settings
from review_app.models.base import utc_now
from review_app.services import backups
from review_app.services.backup_parts import Source, files_of

log = structlog.get_logger(__name__)


def back_up(settings: Settings) -> None:
    """Make the backup of the day where BACKUP_DIR says, and let old ones give way. A lost file is told in the log."""
    if not settings.backup_dir or not backups.is_due(settings.backups_dir, utc_now()):
        return
    made = backups.make(Source(settings, files_of(settings)), settings.backups_dir, incomplete=True)
    backups.verify(made.path)
    gone = backups.prune(settings.backups_dir, settings.backup_keep)
    log.info("backed up", path=str(made.path), missing=made.manifest.missing, gone=len(gone))
