"""Fills a backup: the database first, then the files its rows name, the manifest last."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from review_app.config import Settings
from review_app.domain import manifest
from review_app.domain.manifest import Erasure, Manifest, Part
from review_app.extensions import disk
from review_app.models.base import utc_now
from review_app.services import backup_database, schema
from review_app.services.backup_database import NotPossible
from review_app.services.renderings import app_version

FOLDERS = ("reports", "files", "methods")
ERASURES = "erasures.jsonl"
TRIES = 5
MOST_TOLD = 10


class Files(Protocol):
    """Where attachments are kept, each under its name."""

    def get(self, name: str) -> bytes:
        """Return a file. Raises FileNotFoundError."""

    def put(self, content: bytes, name: str = "") -> str:
        """Keep a file under its name."""


@dataclass(frozen=True)
class Source:
    """What is backed up: an installation, and where its attachments are kept."""

    settings: Settings
    files: Files

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.settings.data_dir

    @property
    def engine(self) -> str:
        """The kind of the database: sqlite or postgresql."""
        return make_url(self.settings.database).get_backend_name()

    @property
    def database(self) -> Path | None:
        """The SQLite file; None when the database is elsewhere."""
        url = make_url(self.settings.database)
        return Path(url.database) if self.engine == "sqlite" and url.database else None


class Vanished(Exception):
    """Files that the copied rows name were taken away before they were copied."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(", ".join(self.names[:MOST_TOLD]))


def fill(draft: Path, source: Source, *, incomplete: bool) -> Manifest:
    """Copy database and files and write the manifest last. Begin again when a file went away in between.

    A file that is still missing after that is missing in the installation itself: an incomplete backup is made only
    when that is asked for.
    """
    missing: frozenset[str] = frozenset()
    for _try in range(TRIES):
        try:
            return _filled(draft, source, missing)
        except Vanished as gone:
            missing = missing | set(gone.names) if incomplete else missing
            told = str(gone)
            disk.empty(draft)
    raise NotPossible(
        f"The backup was not made: the database names files that are not there: {told}. Put them back, delete what "
        "they belong to, or say --incomplete."
    )


def erasures_of(data: Path) -> tuple[Erasure, ...]:
    """Return who was erased, as the append-only file in a data folder says. Raises Unreadable, OSError."""
    path = data / ERASURES
    return manifest.read_erasures(path.read_bytes()) if path.exists() else ()


def is_plain(path: Path) -> bool:
    """Tell whether a path is a file, and no link to one."""
    return stat.S_ISREG(path.lstat().st_mode)


def _filled(draft: Path, source: Source, missing: frozenset[str]) -> Manifest:
    """Copy the database before the files: a file is there before the row that names it, and never changes."""
    begun, target, left_out = utc_now(), draft / manifest.DATABASE, {}
    wanted = set(_present(source.data, FOLDERS))
    if source.database is not None:
        left_out = _database(source.database, target)
        wanted = backup_database.named_files(target) - missing | set(_present(source.data, ("methods",)))
    parts = [*_copied(sorted(wanted), draft, source)]
    if source.database is not None:
        parts.append(_completed(target, {part.path for part in parts} | missing))
    made = Manifest(
        made_at=begun,
        product=app_version(),
        database=source.engine,
        schema_revision=backup_database.revision(target) if source.database is not None else "",
        left_out=left_out,
        missing=tuple(sorted(missing)),
        erasures=manifest.merged(erasures_of(source.data), _erased_in(target)),
        parts=tuple(sorted(parts, key=lambda part: part.path)),
    )
    disk.write(draft / manifest.NAME, made.to_bytes())
    disk.sync_tree(draft)
    return made


def _present(data: Path, folders: Iterable[str]) -> Iterator[str]:
    """Return the files in some folders, without those that are still being written (a dot before the name)."""
    for path in (found for folder in folders for found in (data / folder).rglob("*")):
        steps = path.relative_to(data).parts
        if is_plain(path) and not any(step.startswith(".") for step in steps):
            yield "/".join(steps)


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


def _copied(wanted: list[str], draft: Path, source: Source) -> Iterator[Part]:
    for path in wanted:
        try:
            content = _fetched(path, draft / path, source)
        except FileNotFoundError:
            continue
        yield Part(path=path, size=content.size, sha256=content.sha256)


def _fetched(path: str, target: Path, source: Source) -> disk.Content:
    folder, _slash, name = path.partition("/")
    if folder == "files" and source.database is not None:
        return disk.kept(target, source.files.get(name))
    return disk.copied(source.data / path, target)


def _completed(target: Path, copied: set[str]) -> Part:
    """Hold the copied rows against the copied files. A print that was lost will be printed again after a restore."""
    backup_database.print_again(target, copied)
    gone = backup_database.named_files(target) - copied
    if gone:
        raise Vanished(gone)
    backup_database.check(target)
    disk.flush(target)
    content = disk.measured(target)
    return Part(path=manifest.DATABASE, size=content.size, sha256=content.sha256)


def _erased_in(target: Path) -> tuple[Erasure, ...]:
    found = backup_database.erased(target) if target.exists() else []
    return tuple(Erasure(key=key, at=at) for key, at in found)
