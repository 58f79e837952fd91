"""Letters that were delivered as files into a folder: found when somebody is erased, deleted when they are old."""

from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from review_app.config import Settings
from review_app.domain.traces import Traces


def folder_of(settings: Settings) -> Path | None:
    """Return the folder into which letters are delivered; None where a mail server takes them."""
    where = urlsplit(settings.mail)
    return Path(unquote(where.path)) if where.scheme == "file" else None


def forget(settings: Settings, traces: Traces) -> int:
    """Delete the letters to a person, and those that name them; return how many."""
    theirs = [path for path in _files(settings) if traces.are_in(_read(path))]
    for path in theirs:
        path.unlink(missing_ok=True)
    return len(theirs)


def sweep(settings: Settings, before: datetime) -> None:
    """Delete letters that were delivered before a moment."""
    for path in _files(settings):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _files(settings: Settings) -> list[Path]:
    folder = folder_of(settings)
    return sorted(folder.glob("*.eml")) if folder and folder.is_dir() else []


def _read(path: Path) -> str:
    """Return headers and text of a letter as a person reads them."""
    letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    lines = [str(value) for value in letter.values()]
    return "\n".join([*lines, str(letter.get_content())])
