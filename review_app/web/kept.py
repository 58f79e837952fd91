"""Keeps what somebody typed when it could not be taken: shown on the page that says why, ready to be sent again."""

from typing import cast

from flask import request, url_for
from werkzeug.datastructures import MultiDict

NEVER_KEPT = frozenset(("csrf_token", "password", "new_password", "kept_to"))
MOST_FIELDS = 400


def typed() -> list[tuple[str, str]]:
    """Return the fields of this request that are a person's work, in order; no password, no token."""
    fields = cast("MultiDict[str, str]", request.form).items(multi=True)
    return [(name, value) for name, value in fields if name not in NEVER_KEPT][:MOST_FIELDS]


def has_text() -> bool:
    """Tell whether somebody typed something worth showing."""
    return any(value.strip() for name, value in typed() if name not in ("nonce", "version", "next"))


def own_path(candidate: str) -> str:
    """Return a path of this site, or the home page for anything else (ASVS 5.0 V3.7.2)."""
    plain = candidate.strip()
    ours = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain
    printable = all(" " < letter < "\x7f" for letter in plain)
    return plain if ours and printable and len(plain) < 400 else url_for("home.index")
