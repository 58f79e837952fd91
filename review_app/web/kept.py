"""Keeps what somebody typed when it could not be taken: shown on the page that says why, ready to be sent again.

Somebody whose session ended while typing gets their text with a sign-in form around it. That form carries the text as
kept-* and its address as kept_to; once signed in, `resume` offers it again and one button saves it.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple, cast

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from review_app.services import submissions
from review_app.web import wording

NEVER_KEPT = frozenset(("csrf_token", "password", "new_password", "kept_to"))
SILENT = frozenset(("nonce", "version", "next"))
PREFIX = "kept-"
MOST_FIELDS = 400
_PIECE = 1 << 20
A_CHOICE = re.compile(r"^[a-z0-9_-]{1,40}$")


class Kept(NamedTuple):
    """One field that was typed or chosen; `silent` ones travel unseen, of a choice only the word is shown."""

    name: str
    value: str

    @property
    def silent(self) -> bool:
        """Whether the field is the form's own, nothing a person wrote."""
        return self.name in SILENT or not self.value

    @property
    def chosen(self) -> bool:
        """Whether this was most likely a choice, not a text."""
        return bool(A_CHOICE.match(self.value))

    @property
    def rows(self) -> int:
        """How tall the field is drawn in which the text can be changed."""
        return 8 if len(self.value) > 120 or "\n" in self.value else 2


@dataclass(frozen=True)
class Shown:
    """A kept field as a page shows it: `label` is the question's words, `said` what was answered."""

    name: str
    value: str
    label: str
    said: str
    silent: bool
    chosen: bool
    rows: int


def shown(fields: list[Kept], path: str) -> list[Shown]:
    """Return kept fields with the words of the form that they were sent to."""
    found = []
    for one in fields:
        label, said = wording.labelled(one.name, one.value, path)
        chosen = one.chosen or said != one.value
        found.append(Shown(one.name, one.value, label, said, silent=one.silent, chosen=chosen, rows=one.rows))
    return found


def typed() -> list[Kept]:
    """Return the fields of this request that are a person's work, in order; no password, no token."""
    fields = cast("MultiDict[str, str]", request.form).items(multi=True)
    found = [Kept(name, value) for name, value in fields if name not in NEVER_KEPT and not name.startswith(PREFIX)]
    return found[:MOST_FIELDS]


def has_text() -> bool:
    """Tell whether somebody typed something worth showing."""
    return any(one.value.strip() for one in typed() if one.name not in SILENT)


def carried() -> list[Kept]:
    """Return what a sign-in form carries for somebody whose session ended while typing."""
    fields = cast("MultiDict[str, str]", request.form).items(multi=True)
    found = [Kept(name.removeprefix(PREFIX), value) for name, value in fields if name.startswith(PREFIX)]
    return [one for one in found if one.name not in NEVER_KEPT][:MOST_FIELDS]


def is_carrying() -> bool:
    """Tell whether this sign-in form carries a text that waits to be sent."""
    return bool(carried()) and _takes_forms(request.form.get("kept_to", ""))


def resume() -> ResponseReturnValue:
    """Offer the carried text again to the person who has just signed in; one button sends it on its way."""
    # The session is new, so the token made for the sign-in form is worth nothing any more.
    g.pop("csrf_token", None)
    return render_template(
        "errors/kept.html",
        title=_("You are signed in. Your text is here"),
        sentence=_("Nothing was saved yet. Look it over, then send it again."),
        fields=shown(carried(), request.form["kept_to"]),
        again="send",
        to=request.form["kept_to"],
    )


def ask_again(problem: str) -> ResponseReturnValue:
    """Ask for address and password once more, the carried text still with it."""
    page = render_template(
        "errors/kept.html",
        title=_("You are signed out"),
        sentence=_("What you typed is still kept below: sign in, and send it again."),
        fields=shown(carried(), request.form["kept_to"]),
        again="sign in",
        to=request.form["kept_to"],
        problem=problem,
        email=request.form.get("email", "")[:254],
    )
    return page, 422


def own_path(candidate: str) -> str:
    """Return a path of this site, or the home page for anything else (ASVS 5.0 V3.7.2)."""
    plain = candidate.strip()
    ours = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain
    printable = all(" " < letter < "\x7f" for letter in plain)
    return plain if ours and printable and len(plain) < 400 else url_for("home.index")


def _takes_forms(path: str) -> bool:
    if not path or own_path(path) != path:
        return False
    try:
        current_app.create_url_adapter(request).match(path, method="POST")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


def submission() -> str:
    """Return the name of what is being sent, empty when the form carries no nonce; another file is another thing."""
    return submissions.name_of(request.form.get("nonce", ""), request.path, [*typed(), *_files()])


def _files() -> list[tuple[str, str]]:
    files = [(name, hashlib.sha256(), one) for name, one in request.files.items(multi=True)]
    for _name, digest, one in files:
        # Whoever asked before may have read it to its end.
        one.stream.seek(0)
        while part := one.stream.read(_PIECE):
            digest.update(part)
        one.stream.seek(0)
    return [(name, digest.hexdigest()) for name, digest, _one in files]
