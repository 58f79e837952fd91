"""The register of personal data: what is kept of people, why, how long, who sees it, what erasure does to it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Role

FILE = Path(__file__).parent / "privacy.toml"
FORMER = "Former participant"
"""What stands where the name of an erased person stood."""
SELF, NOBODY = "self", "nobody"
WHO = frozenset((*Thing, *Role, SELF, NOBODY))
MONTH, LONG = 365 / 12, 60


class Erased(StrEnum):
    """What erasure does to a column."""

    REMOVED = "removed"
    UNSIGNED = "unsigned"
    CLEANED = "cleaned"
    CONSENT = "consent"
    REISSUED = "reissued"
    STAYS = "stays"


@dataclass(frozen=True)
class Period:
    """How long something is kept: `says` in words, `days` a number or the setting that holds it; None has no end."""

    name: str
    says: str
    days: float | str | None = None

    def length(self, settings: object) -> float | None:
        """Return how many days it is in an installation."""
        return float(getattr(settings, self.days)) if isinstance(self.days, str) else self.days


@dataclass(frozen=True)
class Column:
    """One column that may tell something about a person."""

    table: str
    name: str
    what: str
    why: str
    kept: Period
    seen: tuple[str, ...]
    erased: Erased
    is_text: bool


@dataclass(frozen=True)
class Table:
    """One table: its plain columns by name, the others with everything the register says of them."""

    name: str
    title: str
    why: str
    plain: frozenset[str]
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Register:
    """All of it."""

    periods: Mapping[str, Period]
    tables: Mapping[str, Table] = field(default_factory=dict)

    def columns(self, *erased: Erased) -> Iterator[Column]:
        """Return the columns to which erasure does one of these; all of them when none is named."""
        for table in self.tables.values():
            yield from (column for column in table.columns if not erased or column.erased in erased)


@lru_cache(maxsize=1)
def register() -> Register:
    """Return the register that the product ships. Raises KeyError or ValueError for one that cannot be right."""
    return read(FILE.read_text(encoding="utf-8"))


def kept_for(period: str) -> timedelta:
    """Return how long a period lasts that no setting changes."""
    days = register().periods[period].length(None)
    assert days is not None, f"{period} has no end of its own"
    return timedelta(days=days)


def read(text: str) -> Register:
    """Return a register from its text (TOML)."""
    plain = tomllib.loads(text)
    periods = {name: Period(name, **words) for name, words in plain["period"].items()}
    return Register(periods, {name: _table(name, row, periods) for name, row in plain["table"].items()})


def _table(name: str, row: Mapping[str, Any], periods: Mapping[str, Period]) -> Table:
    personal = [_column(name, key, {**row, **said}, periods) for key, said in row.get("personal", {}).items()]
    texts = row.get("texts", {})
    written = [_column(name, key, {**row, **texts}, periods, is_text=True) for key in texts.get("columns", ())]
    return Table(
        name, row.get("title", ""), row.get("why", ""), plain=frozenset(row["plain"]), columns=(*personal, *written)
    )


def _column(
    table: str, name: str, said: Mapping[str, Any], periods: Mapping[str, Period], *, is_text: bool = False
) -> Column:
    unknown = set(said["seen"]) - WHO
    if unknown:
        raise ValueError(f"{table}.{name}: nobody knows who {', '.join(sorted(unknown))} is")
    return Column(
        table,
        name,
        what=said["what"],
        why=said["why"],
        kept=periods[said["kept"]],
        seen=tuple(said["seen"]),
        erased=Erased(said["erased"]),
        is_text=is_text,
    )


def in_words(days: float) -> tuple[int, bool]:
    """Return a length as whole months (True) when it is long, else as whole days (False)."""
    months = round(days / MONTH)
    return (months, True) if days >= LONG and abs(days - months * MONTH) < 1 else (round(days), False)
