"""Backups: database and files under one manifest, taken while people write; there whole, or not at all."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import make_url

from review_app.config import Settings
from review_app.domain import manifest
from review_app.domain.manifest import Manifest, Part, Unreadable
from review_app.extensions import disk
from review_app.extensions.storage import StorageDown
from review_app.services import backup_database, backup_parts
from review_app.services.backup_database import NotPossible
from review_app.services.backup_parts import MOST_TOLD, Source, is_plain

DRAFT, LOCK = ".making-", ".lock"
EVERY = timedelta(days=1)


class Damaged(NotPossible):
    """A backup that is not what it was; `problems` are sentences."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Backup:
    """A backup that is there: where, and what belongs to it."""

    path: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """How many bytes its parts have."""
        return sum(part.size for part in self.manifest.parts)


def dump_line(settings: Settings, target: Path) -> str:
    """Return the command that copies a PostgreSQL database as a backup would. The password is not in it."""
    url = make_url(settings.database)._replace(drivername="postgresql", password=None)
    doors = " ".join(f"--exclude-table-data={table}" for table in backup_database.DOORS)
    return f"pg_dump --format=custom {doors} --file={target} {url.render_as_string()}"


def make(source: Source, to: Path, *, incomplete: bool = False) -> Backup:
    """Make a backup in the folder `to`. It appears whole, or not at all and NotPossible says why."""
    try:
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        with disk.hold(to / LOCK):
            disk.sweep(to, DRAFT)
            disk.sweep(to, disk.GONE)
            with disk.draft_in(to, DRAFT) as draft:
                made = backup_parts.fill(draft, source, incomplete=incomplete)
                path = to / f"{made.made_at:%Y-%m-%dT%H-%M-%SZ}-{secrets.token_hex(3)}"
                draft.rename(path)
                disk.sync(to)
    except disk.Held as held:
        raise NotPossible(f"Another backup is being made in {to}.") from held
    except (OSError, sqlite3.Error, StorageDown, Unreadable, ValidationError) as trouble:
        raise NotPossible(f"The backup was not made: {told(trouble)}") from trouble
    return Backup(path, made)


def verify(path: Path) -> Backup:
    """Read a backup to its last byte. Raises Damaged with every problem found."""
    if path.name.startswith((DRAFT, disk.GONE)):
        raise Damaged([f"{path} is no backup: its making was interrupted."])
    try:
        found = manifest.read((path / manifest.NAME).read_bytes())
        problems = [*_problems(path, found)]
        if not problems and found.schema_revision:
            problems = [*_contradictions(path, found)]
    except Unreadable as trouble:
        raise Damaged([str(trouble)]) from trouble
    except (OSError, sqlite3.Error) as trouble:
        raise Damaged([f"{path} is no backup that can be read: {told(trouble)}"]) from trouble
    if problems:
        raise Damaged([*problems[:MOST_TOLD], *(["..."] if len(problems) > MOST_TOLD else [])])
    return Backup(path, found)


def all_in(folder: Path) -> list[Backup]:
    """Return the backups of a folder whose manifests can be read, the oldest first; their parts are not looked at."""
    found = []
    for path in folder.glob(f"[!.]*/{manifest.NAME}"):
        try:
            found.append(Backup(path.parent, manifest.read(path.read_bytes())))
        except (OSError, Unreadable):
            continue
    return sorted(found, key=lambda backup: (backup.manifest.made_at, backup.path.name))


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups of a folder; return which. What else lies there is left alone."""
    old = [backup.path for backup in all_in(folder)[:-keep]] if keep > 0 else []
    for path in old:
        disk.discard(path)
    return old


def is_due(folder: Path, now: datetime) -> bool:
    """Tell whether the newest backup of a folder is a day old, or there is none."""
    made = all_in(folder)
    return not made or now - made[-1].manifest.made_at >= EVERY


def told(trouble: Exception) -> str:
    """Return a fault of the disk or the database as a part of a sentence."""
    if isinstance(trouble, OSError):
        name = f" ({trouble.filename})" if trouble.filename else ""
        return f"{trouble.strerror or trouble}{name}."
    if isinstance(trouble, ValidationError):
        return f"a file has a name that cannot be kept: {trouble.errors()[0].get('input')!r}."
    return f"{trouble}".rstrip(".") + "."


def content_of(part: Part) -> disk.Content:
    """Return what a part must hold."""
    return disk.Content(part.size, part.sha256)


def _problems(path: Path, found: Manifest) -> Iterator[str]:
    wanted = {part.path: part for part in found.parts}
    there = {inner.relative_to(path).as_posix(): inner for inner in path.rglob("*") if _is_file(inner)}
    there.pop(manifest.NAME, None)
    yield from (f"{name} is missing." for name in sorted(wanted.keys() - there.keys()))
    yield from (f"{name} does not belong to this backup." for name in sorted(there.keys() - wanted.keys()))
    for name in sorted(wanted.keys() & there.keys()):
        if not is_plain(there[name]) or disk.measured(there[name]) != content_of(wanted[name]):
            yield f"{name} is damaged: its content is not what was backed up."


def _is_file(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()


def _contradictions(path: Path, found: Manifest) -> Iterator[str]:
    copied = path / manifest.DATABASE
    backup_database.check(copied)
    if backup_database.revision(copied) != found.schema_revision:
        yield "The database has another schema than the manifest says."
    missing = backup_database.named_files(copied) - {part.path for part in found.parts} - set(found.missing)
    yield from (f"{name} is named by the database and is not in this backup." for name in sorted(missing))
