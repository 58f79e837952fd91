"""Brings a backup back: looked through first, made ready beside the data, then put in place as a whole."""

import json
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from review_app.domain import manifest
from review_app.domain.manifest import Erasure, Unreadable
from review_app.extensions import disk
from review_app.extensions.storage import StorageDown
from review_app.services import backup_database, backups, schema
from review_app.services.backup_database import NotPossible
from review_app.services.backup_parts import ERASURES, FOLDERS, MOST_TOLD, erasures_of
from review_app.services.backups import Backup

DRAFT, OLD = ".restoring-", "replaced-"
DATABASE = "reviews.sqlite"
MARKER, IN_USE = ".unfinished-restore", ".in-use"
# In this order: the database comes last, and with it the site.
PLACES = (
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    "queue.sqlite",
    "queue.sqlite-wal",
    "queue.sqlite-shm",
    ERASURES,
    *FOLDERS,
    DATABASE,
)
UNIMPORTANT = frozenset({"secret_key", "backups", "lost+found", IN_USE})


@dataclass(frozen=True)
class Settled:
    """What became of a restored database: how many people were erased again, which files are kept elsewhere now."""

    erased: int
    elsewhere: frozenset[str] = frozenset()


Settle = Callable[[Path, tuple[Erasure, ...]], Settled]
"""Migrate the database in a folder and erase again whom it is told; what it raises stops the restore."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: from which backup, how many were erased again, where the old data lies now."""

    backup: Backup
    erased: int
    old: Path | None


def restore(backup: Path, data: Path, settle: Settle, *, replace: bool = False, listed: Path | None = None) -> Restored:
    """Bring a backup into an empty data folder, or with `replace` in the place of what is there.

    All of it or nothing: NotPossible says why. What is replaced is kept beside it. `listed` names a further file of
    erasures; those of this backup, of every other in its folder and of the replaced data are known already.
    """
    found = backups.verify(backup)
    _insist_that_it_fits(found)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with disk.hold(data / IN_USE):
            if is_unfinished(data):
                raise NotPossible(unfinished(data))
            disk.sweep(data, DRAFT)
            _insist_that_there_is_room(data, replace=replace)
            return _restored(found, data, settle, listed)
    except disk.Held as held:
        raise NotPossible(f"The site or its worker is running on {data}. Stop both first.") from held
    except (OSError, sqlite3.Error, StorageDown, Unreadable) as trouble:
        raise NotPossible(f"The backup was not restored: {backups.told(trouble)}") from trouble


def is_unfinished(data: Path) -> bool:
    """Tell whether a restore was stopped while it put things in place."""
    return (data / MARKER).exists()


def unfinished(data: Path) -> str:
    """Return the sentence about a restore that was stopped while it put things in place."""
    return (
        f"A restore into {data} was interrupted, so it holds parts of two installations. "
        f"Finish it with: flask backup finish --data {data}"
    )


def finish(data: Path) -> None:
    """Put in place what an interrupted restore had ready, and throw away what it had not. Raises Held, OSError."""
    with disk.hold(data / IN_USE):
        if is_unfinished(data):
            plan = json.loads((data / MARKER).read_bytes())
            _put(data, data / plan["ready"], data / plan["old"], tuple(plan["coming"]))
        disk.sweep(data, DRAFT)


def _insist_that_it_fits(found: Backup) -> None:
    if found.manifest.database != "sqlite":
        raise NotPossible(
            f"{found.path} holds the files of an installation on {found.manifest.database}. Copy its folders "
            f"{', '.join(FOLDERS)} into the data folder and the database with pg_restore (docs/running.md)."
        )
    if trouble := schema.foreign(found.manifest.schema_revision):
        raise NotPossible(trouble)


def _insist_that_there_is_room(data: Path, *, replace: bool) -> None:
    used = sorted(inner.name for inner in data.iterdir() if not _is_unimportant(inner))
    if used and not replace:
        raise NotPossible(
            f"{data} is not empty: it holds {', '.join(used[:MOST_TOLD])}. Choose an empty folder, or say "
            "--replace: what is there is then kept in a folder beside it."
        )
    if backup_database.is_in_use(data / DATABASE):
        raise NotPossible(f"Another program has {data / DATABASE} open. Stop it first.")


def _is_unimportant(path: Path) -> bool:
    return path.name in UNIMPORTANT or path.name.startswith((OLD, DRAFT))


def _restored(found: Backup, data: Path, settle: Settle, listed: Path | None) -> Restored:
    gone = erasures_known(found, data, listed)
    name = f"{found.manifest.made_at:%Y-%m-%d}-{secrets.token_hex(3)}"
    ready, old = data / f"{DRAFT}{name}", data / f"{OLD}{name}"
    with disk.draft_in(data, DRAFT) as draft:
        _bring(found, draft)
        settled = settle(draft, gone)
        _insist_that_it_is_whole(draft, {*settled.elsewhere, *found.manifest.missing})
        if gone:
            disk.rewrite(draft / ERASURES, manifest.write_erasures(manifest.merged(gone, erasures_of(draft))))
        disk.sync_tree(draft)
        # From here on nothing throws it away but the end: see `finish`.
        draft.rename(ready)
    coming = tuple(name for name in PLACES if (ready / name).exists())
    disk.rewrite(data / MARKER, json.dumps({"ready": ready.name, "old": old.name, "coming": coming}).encode())
    _put(data, ready, old, coming)
    disk.sweep(data, DRAFT)
    return Restored(found, settled.erased, old if old.exists() else None)


def erasures_known(found: Backup, data: Path, listed: Path | None) -> tuple[Erasure, ...]:
    """Return who must stay erased: the backup, every backup beside it, the replaced data and a list may know.

    A manifest beside it that cannot be read may be the only one that knows: then a list has to be handed in.
    """
    beside = [backup.manifest.erasures for backup in backups.all_in(found.path.resolve().parent)]
    further = manifest.read_erasures(listed.read_bytes()) if listed is not None else ()
    return manifest.merged(found.manifest.erasures, *beside, erasures_of(data), further)


def _bring(found: Backup, draft: Path) -> None:
    """Copy every part and hold it against the manifest once more: it was looked at a while ago."""
    for part in found.manifest.parts:
        target = draft / (DATABASE if part.path == manifest.DATABASE else part.path)
        if disk.copied(found.path / part.path, target) != backups.content_of(part):
            raise NotPossible(f"The backup was not restored: {part.path} is damaged.")


def _insist_that_it_is_whole(draft: Path, elsewhere: set[str]) -> None:
    """Look through the database as it will be served. Files of people erased just now are gone, with their rows."""
    database = draft / DATABASE
    backup_database.settle(database)
    backup_database.check(database)
    disk.flush(database)
    named = sorted(backup_database.named_files(database) - elsewhere)
    missing = [name for name in named if not (draft / name).exists()]
    if missing:
        raise NotPossible(f"The backup was not restored: {', '.join(missing[:MOST_TOLD])} is missing.")


def _put(data: Path, ready: Path, old: Path, coming: tuple[str, ...]) -> None:
    """Move the old things out and the new ones in; after an interruption the same again goes on where it stopped."""
    for name in PLACES:
        if name in coming and not (ready / name).exists():
            continue
        if (data / name).exists():
            old.mkdir(exist_ok=True, mode=0o700)
            (data / name).rename(old / name)
        if name in coming:
            (ready / name).rename(data / name)
        disk.sync(data)
    (data / MARKER).unlink()
    disk.sync(data)
