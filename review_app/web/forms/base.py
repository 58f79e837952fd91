"""The ground of every form: a nonce against double submits, a version against stale saves, errors for the summary."""

import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField

from review_app.domain.refusal import Unacceptable

HIDDEN = ("csrf_token", "nonce", "version")


class Problem(NamedTuple):
    """One line of the error summary."""

    text: str
    href: str


class PageForm(FlaskForm):  # type: ignore[misc]
    """A form on a page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Reads forms alone: JSON holds lists and objects where every field expects a text, and so do files."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was sent as a form, with files for the fields that take files."""
            if formdata is not _Auto:
                return formdata
            if not is_sent():
                return None
            takers = [name for name, field in form._fields.items() if isinstance(field, FileField)]
            given = MultiDict((name, one) for name in takers for one in request.files.getlist(name))
            return CombinedMultiDict([given, request.form]) if given else request.form or None

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
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None

    def shown(self) -> Iterator[Field]:
        """Return the fields a person fills, in order."""
        yield from (field for field in self if field.name not in HIDDEN)

    def problems(self) -> list[Problem]:
        """Return what is wrong, a line a field, each with the address of its field."""
        return [Problem(str(field.errors[0]), f"#{anchor(field)}") for field in self.shown() if field.errors]

    def blame(self, trouble: Unacceptable) -> None:
        """Tie a refusal of the rules to the field it is about, or to the first one."""
        field = self[trouble.field] if trouble.field in self else next(self.shown())
        field.errors = [*field.errors, _(trouble.sentence) % dict(trouble.values)]

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by field name."""
        return {field.name: field.data for field in self.shown()}


def is_sent() -> bool:
    """Tell whether this request brings a filled form: then nothing that is kept may fill its gaps."""
    return request.method == "POST"


def anchor(field: Field) -> str:
    """Return the id that an error link jumps to: the first input of a group."""
    if getattr(field, "draws", "") == "rows":
        return f"{field.name}-0-{field.columns[0].key}"  # type: ignore[attr-defined]
    return f"{field.name}-day" if getattr(field, "draws", "") == "day" else str(field.name)
