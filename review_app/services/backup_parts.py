"""Fills a backup: the database first, then the files its rows name, the manifest last."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from review_app.config import Settings
from review_app.domain import manifest
from review_app.domain.manifest import Erasure, Manifest, Part
from review_app.extensions import disk, storage
from review_app.models.base import utc_now
from review_app.services import backup_database, schema
from review_app.services.backup_database import NotPossible
from review_app.services.renderings import app_version

OWN = ("methods", "brand")
FOLDERS = ("reports", "files", *OWN)
ERASURES = "erasures.jsonl"
TRIES = 20
MOST_TOLD = 10


class Files(Protocol):
    """Where attachments are kept, each under its name; `folder` is None when that is no folder."""

    @property
    def folder(self) -> Path | None:
        """The folder they are in."""

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


@dataclass
class Filling:
    """A backup on its way: what of it is copied, which files its rows miss, and since when the database is there."""

    draft: Path
    source: Source
    parts: dict[str, Part] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    begun: datetime = field(default_factory=utc_now)

    @property
    def database(self) -> Path:
        """Where the copy of the database lies."""
        return self.draft / manifest.DATABASE


def fill(draft: Path, source: Source, *, incomplete: bool) -> Manifest:
    """Copy database and files and write the manifest last. Raises NotPossible.

    A file the installation itself has lost keeps a backup from being made, unless an incomplete one is asked for.
    """
    filling, left_out = Filling(draft, source), {}
    if source.database is None:
        _copy(filling, set(_present(source.data, FOLDERS)))
    else:
        _copy_in_step(filling, source.database)
        left_out = _complete(filling, incomplete=incomplete)
        _copy(filling, set(_present(source.data, OWN)))
    made = Manifest(
        made_at=filling.begun,
        product=app_version(),
        database=source.engine,
        schema_revision=backup_database.revision(filling.database) if source.database is not None else "",
        left_out=left_out,
        missing=tuple(sorted(filling.lost)),
        erasures=manifest.merged(erasures_of(source.data), _erased_in(filling.database)),
        parts=tuple(part for _path, part in sorted(filling.parts.items())),
    )
    disk.write(draft / manifest.NAME, made.to_bytes())
    disk.sync_tree(draft)
    return made


def files_of(_settings: Settings) -> Files:
    """Return where attachments are kept; inside an app context."""
    return storage.store()


def erasures_of(data: Path) -> tuple[Erasure, ...]:
    """Return who was erased, as the append-only file in a data folder says. Raises Unreadable, OSError."""
    path = data / ERASURES
    return manifest.read_erasures(path.read_bytes()) if path.exists() else ()


def is_plain(path: Path) -> bool:
    """Tell whether a path is a file, and no link to one."""
    return stat.S_ISREG(path.lstat().st_mode)


def _present(data: Path, folders: Iterable[str]) -> Iterator[str]:
    """Return the files in some folders, without those that are still being written (a dot before the name)."""
    for path in (found for folder in folders for found in (data / folder).rglob("*")):
        steps = path.relative_to(data).parts
        if is_plain(path) and not any(step.startswith(".") for step in steps):
            yield "/".join(steps)


def _copy_in_step(filling: Filling, database: Path) -> None:
    """Copy the database before the files: a file is there before the row that names it, and never changes.

    When one went away in between, the database is copied again and only what is new is fetched. A row goes before its
    file: what was missing before a copy whose rows still name it is lost.
    """
    missing: set[str] = set()
    for _try in range(TRIES):
        filling.database.unlink(missing_ok=True)
        filling.begun = utc_now()
        _copy_database(database, filling.database)
        named = backup_database.named_files(filling.database)
        gone = _copy(filling, named - filling.parts.keys())
        filling.lost = frozenset(gone & missing)
        if gone <= filling.lost:
            _forget(filling, filling.parts.keys() - named)
            return
        missing = gone
    raise NotPossible("The backup was not made: files come and go too fast. Try again at a quieter time.")


def _copy_database(source: Path, target: Path) -> None:
    if not source.exists():
        raise NotPossible(f"There is no database at {source}.")
    backup_database.copy(source, target)
    target.chmod(0o600)
    found = backup_database.revision(target)
    if not found:
        raise NotPossible(f"The database at {source} has no tables yet, or none of this product.")
    if schema.foreign(found):
        raise NotPossible(schema.foreign(found))


def _copy(filling: Filling, wanted: set[str]) -> set[str]:
    """Copy files; return which were not there."""
    gone = set()
    for path in sorted(wanted):
        try:
            content = _fetched(path, filling)
        except FileNotFoundError:
            gone.add(path)
            continue
        filling.parts[path] = Part(path=path, size=content.size, sha256=content.sha256)
    return gone


def _fetched(path: str, filling: Filling) -> disk.Content:
    folder, _slash, name = path.partition("/")
    if folder == "files" and filling.source.database is not None:
        return disk.kept(filling.draft / path, filling.source.files.get(name))
    return disk.copied(filling.source.data / path, filling.draft / path)


def _forget(filling: Filling, paths: set[str]) -> None:
    for path in paths:
        (filling.draft / path).unlink()
        del filling.parts[path]


def _complete(filling: Filling, *, incomplete: bool) -> dict[str, int]:
    """Take the doors out of the copied database; a print that was lost will be printed again after a restore."""
    target = filling.database
    backup_database.print_again(target, set(filling.parts))
    filling.lost &= backup_database.named_files(target)
    if filling.lost and not incomplete:
        told = ", ".join(sorted(filling.lost)[:MOST_TOLD])
        raise NotPossible(
            f"The backup was not made: the database names files that are not there: {told}. Put them back, delete what "
            "they belong to, or say --incomplete."
        )
    left_out = backup_database.strip(target)
    backup_database.check(target)
    disk.flush(target)
    content = disk.measured(target)
    filling.parts[manifest.DATABASE] = Part(path=manifest.DATABASE, size=content.size, sha256=content.sha256)
    return left_out


def _erased_in(target: Path) -> tuple[Erasure, ...]:
    found = backup_database.erased(target) if target.exists() else []
    return tuple(Erasure(key=key, at=at) for key, at in found)
