"""Backups: database and files under one manifest, taken while people write; there whole, or not at all."""

import secrets
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import make_url

from review_app.config import Settings
from review_app.domain import manifest
from review_app.domain.manifest import Erasure, Manifest, Part, Unreadable
from review_app.extensions import disk
from review_app.models.base import utc_now
from review_app.services import backup_database, schema
from review_app.services.renderings import app_version

DRAFT, LOCK = ".making-", ".lock"
FOLDERS = ("reports", "files", "methods")
TRIES = 5
MOST_TOLD = 10
DOORS = " ".join(f"--exclude-table-data={table}" for table in backup_database.DOORS)


class NotPossible(Exception):
    """A backup or a restore that does not come about; the text is a sentence for the operator."""


class Damaged(NotPossible):
    """A backup that is not what it was; `problems` are sentences."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Vanished(Exception):
    """A file that the copied rows name was taken away before it was copied."""


@dataclass(frozen=True)
class Backup:
    """A backup that is there: where, and what belongs to it."""

    path: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """How many bytes its parts have."""
        return sum(part.size for part in self.manifest.parts)


def home(settings: Settings) -> Path:
    """Return where backups of an installation go when nothing else is said."""
    return settings.backup_dir or settings.data_dir / "backups"


def database_file(settings: Settings) -> Path | None:
    """Return the SQLite file of an installation; None when its database is elsewhere."""
    url = make_url(settings.database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def dump_line(settings: Settings, target: Path) -> str:
    """Return the command that copies a PostgreSQL database as a backup would. The password is not in it."""
    url = make_url(settings.database).set(drivername="postgresql", password=None)
    return f"pg_dump --format=custom {DOORS} --file={target} {url.render_as_string()}"


def make(settings: Settings, to: Path) -> Backup:
    """Make a backup in the folder `to`. It appears whole, or not at all and NotPossible says why."""
    try:
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        with disk.hold(to / LOCK):
            disk.sweep(to, DRAFT)
            disk.sweep(to, disk.GONE)
            with disk.draft_in(to, DRAFT) as draft:
                made = _fill(draft, settings)
                path = to / f"{made.made_at:%Y-%m-%dT%H-%M-%SZ}-{secrets.token_hex(3)}"
                draft.rename(path)
                disk.sync(to)
    except disk.Held as held:
        raise NotPossible(f"Another backup is being made in {to}.") from held
    except (OSError, sqlite3.Error, backup_database.Unsound, Unreadable, ValidationError) as trouble:
        raise NotPossible(f"The backup was not made: {told(trouble)}") from trouble
    return Backup(path, made)


def verify(path: Path) -> Backup:
    """Read a backup to its last byte. Raises Damaged with every problem found."""
    if path.name.startswith(DRAFT):
        raise Damaged([f"{path} is no backup: its making was interrupted."])
    try:
        found = manifest.read((path / manifest.NAME).read_bytes())
        problems = [*_problems(path, found)]
        if not problems and found.schema_revision:
            problems = [*_contradictions(path, found)]
    except Unreadable as trouble:
        raise Damaged([str(trouble)]) from trouble
    except (OSError, sqlite3.Error, backup_database.Unsound) as trouble:
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


def told(trouble: Exception) -> str:
    """Return a fault of the disk or the database as a part of a sentence."""
    if isinstance(trouble, OSError):
        name = f" ({trouble.filename})" if trouble.filename else ""
        return f"{trouble.strerror or trouble}{name}."
    if isinstance(trouble, ValidationError):
        return f"a file has a name that cannot be kept: {trouble.errors()[0].get('input')!r}."
    return f"{trouble}".rstrip(".") + "."


def erasures_of(settings: Settings) -> tuple[Erasure, ...]:
    """Return who was erased, as the append-only file beside the data says. Raises Unreadable, OSError."""
    path = settings.data_dir / "erasures.jsonl"
    return manifest.read_erasures(path.read_bytes()) if path.exists() else ()


def _fill(draft: Path, settings: Settings) -> Manifest:
    """Copy database and files and write the manifest last; begin again when a file went away in between."""
    for _try in range(TRIES):
        try:
            return _filled(draft, settings)
        except Vanished as gone:
            missing = str(gone)
            disk.empty(draft)
    raise NotPossible(
        f"The backup was not made: the database names files that are not there: {missing}. "
        "Put them back, or delete what they belong to."
    )


def _filled(draft: Path, settings: Settings) -> Manifest:
    """Copy the database first, then the files: a file is there before the row that names it, and never changes."""
    source, target, begun, left_out = database_file(settings), draft / manifest.DATABASE, utc_now(), {}
    if source is not None:
        left_out = _database(source, target)
    parts = [*_copied(draft, settings)]
    if source is not None:
        parts.append(_completed(target, parts))
    made = Manifest(
        made_at=begun,
        product=app_version(),
        database=make_url(settings.database).get_backend_name(),
        schema_revision=backup_database.revision(target) if source is not None else "",
        left_out=left_out,
        erasures=manifest.merged(erasures_of(settings), _erased_in(target)),
        parts=tuple(sorted(parts, key=lambda part: part.path)),
    )
    disk.write(draft / manifest.NAME, made.to_bytes())
    disk.sync_tree(draft)
    return made


def _completed(target: Path, parts: list[Part]) -> Part:
    """Hold the copied rows against the copied files. A print that was lost will be printed again after a restore."""
    copied = {part.path for part in parts}
    backup_database.print_again(target, copied)
    missing = sorted(backup_database.named_files(target) - copied)
    if missing:
        raise Vanished(", ".join(missing[:MOST_TOLD]))
    backup_database.check(target)
    disk.flush(target)
    content = disk.measured(target)
    return Part(path=manifest.DATABASE, size=content.size, sha256=content.sha256)


def _erased_in(target: Path) -> tuple[Erasure, ...]:
    found = backup_database.erased(target) if target.exists() else []
    return tuple(Erasure(key=key, at=at) for key, at in found)


def _database(source: Path, target: Path) -> dict[str, int]:
    if not source.exists():
        raise NotPossible(f"There is no database at {source}.")
    backup_database.copy(source, target)
    target.chmod(0o600)
    found = backup_database.revision(target)
    if not found:
        raise NotPossible(f"The database at {source} has no tables yet, or none of this product.")
    if schema.foreign(found):
        raise NotPossible(schema.foreign(found))
    return backup_database.strip(target)


def _copied(draft: Path, settings: Settings) -> Iterator[Part]:
    for folder in FOLDERS:
        for source in files_in(settings.data_dir / folder):
            path = f"{folder}/{source.relative_to(settings.data_dir / folder).as_posix()}"
            try:
                content = disk.copied(source, draft / path)
            except FileNotFoundError:
                continue
            yield Part(path=path, size=content.size, sha256=content.sha256)


def files_in(folder: Path) -> list[Path]:
    """Return the plain files below a folder, without those that are still being written (a dot before the name)."""
    inside = (path for path in folder.rglob("*") if _is_plain(path))
    return sorted(path for path in inside if not any(step.startswith(".") for step in path.relative_to(folder).parts))


def _problems(path: Path, found: Manifest) -> Iterator[str]:
    wanted = {part.path: part for part in found.parts}
    there = {inner.relative_to(path).as_posix(): inner for inner in path.rglob("*") if _is_file(inner)}
    there.pop(manifest.NAME, None)
    yield from (f"{name} is missing." for name in sorted(wanted.keys() - there.keys()))
    yield from (f"{name} does not belong to this backup." for name in sorted(there.keys() - wanted.keys()))
    for name in sorted(wanted.keys() & there.keys()):
        if not _is_plain(there[name]) or disk.measured(there[name]) != content_of(wanted[name]):
            yield f"{name} is damaged: its content is not what was backed up."


def content_of(part: Part) -> disk.Content:
    """Return what a part must hold."""
    return disk.Content(part.size, part.sha256)


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _is_file(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()


def _contradictions(path: Path, found: Manifest) -> Iterator[str]:
    copied = path / manifest.DATABASE
    backup_database.check(copied)
    if backup_database.revision(copied) != found.schema_revision:
        yield "The database has another schema than the manifest says."
    missing = backup_database.named_files(copied) - {part.path for part in found.parts}
    yield from (f"{name} is named by the database and is not in this backup." for name in sorted(missing))


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups of a folder; return which. What else lies there is left alone."""
    old = [backup.path for backup in all_in(folder)[:-keep]] if keep > 0 else []
    for path in old:
        disk.discard(path)
    return old


def is_due(folder: Path, now: datetime) -> bool:
    """Tell whether the newest backup of a folder is a day old, or there is none."""
    made = all_in(folder)
    return not made or now - made[-1].manifest.made_at >= timedelta(days=1)
