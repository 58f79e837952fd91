"""Methods that can be chosen, and the edition a review runs by."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from review_app.domain import method_file
from review_app.domain.workflow import Method
from review_app.models.review import MethodEdition


def digest(definition: dict[str, Any]) -> str:
    """Return the name of a definition: the same content, the same 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()


def of(edition: MethodEdition) -> Method:
    """Return the method of an edition; parsed once per process, because editions never change."""
    return _parsed(edition.digest, json.dumps(edition.definition))


@lru_cache(maxsize=64)
def _parsed(_digest: str, definition: str) -> Method:
    return method_file.build(json.loads(definition))


def definitions(network_folder: Path) -> dict[str, dict[str, Any]]:
    """Return every method on offer by name: the shipped ones, then the network's own, which win."""
    files = [*sorted(method_file.FOLDER.glob("*.toml")), *sorted(network_folder.glob("*.toml"))]
    found = (method_file.read(path) for path in files)
    return {definition["name"]: definition for definition in found}


def reports_today(name: str, network_folder: Path) -> tuple[str, ...]:
    """Return the kinds of report that a method makes as it is on offer today; none for one that is no longer."""
    return tuple(map(str, definitions(network_folder).get(name, {}).get("reports", ())))
