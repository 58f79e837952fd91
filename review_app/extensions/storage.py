"""Where files are kept: a folder beside the data, or an S3 address by one setting; in step with the database."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from flask import Flask, current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from review_app.config import Settings
from review_app.extensions.database import db

if TYPE_CHECKING:
    from obstore.store import ObjectStore

log = structlog.get_logger(__name__)
TROUBLE = (BaseError, OSError, ValueError)
PLACE = "storage"
NEW, GONE = "files to drop when nothing is committed", "files to drop once it is committed"


class StorageDown(Exception):
    """The storage of files cannot be reached or takes nothing; the file was not kept or not read."""


class Kept(NamedTuple):
    """A file in the storage: its name there, its size in bytes, and since when it is there (UTC)."""

    name: str
    size: int
    since: datetime


class Storage:
    """Files under random names, flat. Made without touching the disk: a page without files needs none."""

    def __init__(self, url: str, folder: Path) -> None:
        where = urlsplit(url)
        self._url = url
        self.folder = None if url and where.scheme != "file" else Path(unquote(where.path)) if url else folder

    @cached_property
    def _store(self) -> "ObjectStore":
        if self.folder is None:
            plain = urlsplit(os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT", ""))).scheme == "http"
            return from_url(
                self._url,
                client_options={"timeout": "30s", "connect_timeout": "5s", "allow_http": plain},
                retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
            )
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self.folder)

    def put(self, content: bytes, name: str = "") -> str:
        """Keep a file so that it survives a power cut, and return its name: 160 random bits. Raises StorageDown."""
        name = name or secrets.token_hex(20)
        try:
            obstore.put(self._store, name, content)
            self._settle(name)
        except TROUBLE as trouble:
            raise StorageDown(_said(trouble)) from trouble
        return name

    def get(self, name: str) -> bytes:
        """Return a file. Raises FileNotFoundError when it is not there, StorageDown when nobody can tell."""
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            raise
        except TROUBLE as trouble:
            raise StorageDown(_said(trouble)) from trouble

    def delete(self, name: str) -> None:
        """Delete a file; one that is gone already is gone. Raises StorageDown."""
        try:
            obstore.delete(self._store, name)
            self._settle()
        except FileNotFoundError:
            return
        except TROUBLE as trouble:
            raise StorageDown(_said(trouble)) from trouble

    def listed(self) -> Iterator[Kept]:
        """Return all kept files; with `get` that is all a backup needs. Raises StorageDown."""
        try:
            for batch in obstore.list(self._store):
                for one in batch:
                    yield Kept(one["path"], one["size"], one["last_modified"])
        except TROUBLE as trouble:
            raise StorageDown(_said(trouble)) from trouble

    def tidy(self, before: datetime) -> int:
        """Delete what a kill left half written before a moment; an S3 address shows nothing half written."""
        left = [path for path in self.folder.glob("*#*") if _since(path) < before] if self.folder else []
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _settle(self, name: str = "") -> None:
        """Have the disk write the file and its entry now: the row that points at it is written the same way."""
        if self.folder is None:
            return
        for path in (self.folder / name, self.folder) if name else (self.folder,):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def bind(app: Flask, settings: Settings) -> None:
    """Give the app its storage of files."""
    app.extensions[PLACE] = Storage(settings.files_url, settings.data_dir.resolve() / "files")


def store() -> Storage:
    """Return the storage of files of the running app."""
    return cast(Storage, current_app.extensions[PLACE])


def put_with_commit(content: bytes) -> str:
    """Keep a file, and drop it again when the transaction that is now open ends without a commit."""
    name = store().put(content)
    if not db.session().in_transaction():
        db.session.begin()
    db.session.info.setdefault(NEW, []).append(name)
    return name


def delete_with_commit(name: str) -> None:
    """Delete a file once the transaction that is now open is committed, and not otherwise."""
    db.session.info.setdefault(GONE, []).append(name)


def _committed(session: Session) -> None:
    # A savepoint that holds says nothing yet about the whole.
    if not session.in_nested_transaction():
        session.info.pop(NEW, None)
        _drop(session.info.pop(GONE, []))


def _rolled_back(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(GONE, None)
        _drop(session.info.pop(NEW, []))


def _drop(names: list[str]) -> None:
    for name in names:
        try:
            store().delete(name)
        except StorageDown as trouble:
            # The sweeper finds it: no row points at it.
            log.warning("file not deleted", file=name, trouble=str(trouble))


def _said(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {str(trouble).splitlines()[0][:300]}"


def _since(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


event.listen(db.session, "after_commit", _committed)
event.listen(db.session, "after_soft_rollback", _rolled_back)
