"""Reads the shipped files of the invented network: cities, people, one file a review."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
NETWORK = DATA / "network"
STORIES = NETWORK / "reviews"

Row = dict[str, Any]


def cities() -> list[Row]:
    """Return the invented cities, the network itself first."""
    return list(_read(NETWORK / "cities.toml")["city"])


def people() -> list[Row]:
    """Return the invented people."""
    return list(_read(NETWORK / "people.toml")["person"])


def stories() -> list[Row]:
    """Return the invented reviews, in the order of their files' names: one for each stage."""
    return [_read(path) for path in sorted(STORIES.glob("*.toml"))]


def syntheses() -> list[Row]:
    """Return the syntheses over many reviews."""
    return list(_read(NETWORK / "syntheses.toml")["synthesis"])


def _read(path: Path) -> Row:
    return tomllib.loads(path.read_text(encoding="utf-8"))
