"""The ground of every row: UTC moments, versions, random keys for addresses."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, String, TypeDecorator
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from review_app.extensions.declarative import Base

__all__ = ["Base", "Keyed", "Utc", "Versioned", "as_of", "new_key", "utc_now", "words"]


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database on either engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: which zone they mean is a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(of: type[StrEnum]) -> Enum:
    """Return a column type that keeps the word of an enumeration, checked by the database."""
    return Enum(
        of,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        name=of.__name__.lower(),
        length=40,
    )


def new_key() -> str:
    """Return a key that cannot be guessed: 132 bits, 22 letters that need no escaping in an address."""
    return secrets.token_urlsafe(16)


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def utc_now() -> datetime:
    """Return this moment; the one clock of models and services."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let the clock of models and services stand at a moment: the demo world is played as its story went."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


class Keyed:
    """A row that addresses point at by a random key, never by its number."""

    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)


class Versioned:
    """A row that two people may edit: a save on an old version is refused by the database layer."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}
