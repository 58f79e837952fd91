"""Snapshots that an earlier edition of the product froze, brought into the shape of today; what they say stays."""

from typing import Any

from review_app.domain.errata import Change
from review_app.reports.frozen.snapshot import ENGLISH


def current(plain: dict[str, Any], *, frozen_as: str = "") -> dict[str, Any]:
    """Return a snapshot in today's edition. Edition 1 named a language only where it was not English.

    One of an earlier edition keeps the fingerprint that it was frozen as: its copies bear that as their code.
    """
    if "erratum" in plain:
        plain = {**plain, "erratum": [_erratum(line) for line in plain["erratum"]]}
    if plain.get("edition") != 1:
        return plain
    kept = {name: value for name, value in plain.items() if name != "practice_language"}
    sections = [_section(section) for section in plain.get("sections", ())]
    today = {"edition": 2, "text_language": plain.get("practice_language") or ENGLISH, "sections": sections}
    return {**kept, **today, "frozen_as": frozen_as}


def _erratum(line: Any) -> Any:
    """Errata were finished English lines once."""
    return {"change": Change.AS_WRITTEN.value, "text": line} if isinstance(line, str) else line


def _section(section: dict[str, Any]) -> dict[str, Any]:
    return {
        **section,
        "messages": [_message(message) for message in section.get("messages", ())],
        "singles": [_message(message) for message in section.get("singles", ())],
    }


def _message(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "language": message.get("language") or ENGLISH}
