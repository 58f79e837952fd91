"""A print as it is handed out: its bytes once they are there, and why they are not."""

from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from review_app.models.publishing import Progress
from review_app.services import renderings


def content_of(digest: str) -> bytes | None:
    """Return the print of a snapshot; None while it is not there."""
    row = renderings.find(digest)
    if row is None or row.progress is not Progress.DONE:
        return None
    folder: Path = current_app.config["SETTINGS"].reports_dir
    try:
        return renderings.file_of(digest, folder).read_bytes()
    except FileNotFoundError:
        return None


def trouble_with(digest: str) -> str:
    """Return why a print does not come, as a sentence; empty when nothing is wrong."""
    row = renderings.find(digest)
    return renderings.told(row, _) if row else ""
