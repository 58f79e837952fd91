"""The ground of every form: a nonce against double submits, a version against stale saves, errors for the summary."""

import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

HIDDEN = ("csrf_token", "nonce", "version")


class Problem(NamedTuple):
    """One line of the error summary."""

    text: str
    href: str


class PageForm(FlaskForm):  # type: ignore[misc]
    """A form on a page."""

    nonce = HiddenField()
    version = HiddenField()

    def hide(self) -> None:
        """Give the form a fresh nonce unless it came with one: the same page sent twice counts once."""
        given = str(self.nonce.data or "")
        self.nonce.data = given if 8 <= len(given) <= 64 and given.isascii() else secrets.token_urlsafe(16)

    @property
    def seen_version(self) -> int | None:
        """The version the person had before their eyes, None when the form says none."""
        given = str(self.version.data or "")
        return int(given) if given.isdigit() and len(given) < 10 else None

    def shown(self) -> Iterator[Field]:
        """Return the fields a person fills, in order."""
        yield from (field for field in self if field.name not in HIDDEN)

    def problems(self) -> list[Problem]:
        """Return what is wrong, a line a field, each with the address of its field."""
        return [Problem(str(field.errors[0]), f"#{anchor(field)}") for field in self.shown() if field.errors]

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by field name."""
        return {field.name: field.data for field in self.shown()}


def anchor(field: Field) -> str:
    """Return the id that an error link jumps to: the first input of a group."""
    if getattr(field, "draws", "") == "rows":
        return f"{field.name}-0-{field.columns[0].key}"  # type: ignore[attr-defined]
    return str(field.name)
