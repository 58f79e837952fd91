"""When somebody saved a newer version meanwhile: both texts side by side, nothing lost, the person decides."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from review_app.domain.refusal import Stale
from review_app.models.base import utc_now
from review_app.web import language
from review_app.web.forms.base import PageForm

AUTOSAVE = "X-Autosave"


class Difference(NamedTuple):
    """One field in two versions."""

    field: Field
    theirs: str


def is_autosave() -> bool:
    """Tell whether the page saves by itself while somebody types, and wants a short answer."""
    return request.headers.get(AUTOSAVE) == "1"


def saved(version: int, *, to: str) -> ResponseReturnValue:
    """Answer an autosave: when it was saved, under which version, and where the form now belongs."""
    now = utc_now()
    return jsonify(saved=language.saved(now), last=language.last_saved(now), version=version, to=to)


def page(form: PageForm, stale: Stale, *, title: str, back: str) -> ResponseReturnValue:
    """Show what stands there now beside what this person wrote; sending it again rests on the newer version."""
    if is_autosave():
        return jsonify(conflict=_("Somebody else has saved a newer version. Save to see both texts side by side.")), 409
    g.seen_in_conflict = stale.text
    differences = [Difference(field, readable(field, stale.theirs.get(field.name))) for field in form.shown()]
    changed = [one for one in differences if one.theirs != readable(one.field, one.field.data)]
    same = [one.field for one in differences if one not in changed]
    form.version.data = str(stale.version)
    return render_template("errors/conflict.html", form=form, changed=changed, same=same, title=title, back=back), 409


def readable(field: Field, value: Any) -> str:
    """Return a value as text a person can compare."""
    choices = getattr(field, "choices", None)
    if choices:
        named = {str(key): str(label) for key, label in choices}
        given = value if isinstance(value, list) else [value]
        return ", ".join(named.get(str(one), str(one)) for one in given if one)
    if isinstance(value, list):
        return "\n".join(", ".join(part for part in row.values() if part) for row in value if isinstance(row, Mapping))
    return str(value if value is not None else "")
