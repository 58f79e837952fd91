"""The pages of earlier versions, whoever's text it is: the list, one version in full, and putting it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Stale
from review_app.domain.workflow import Verdict
from review_app.queries import versions
from review_app.queries.versions import Told, Version
from review_app.web.earlier import Changed, Text
from review_app.web.forms.base import PageForm


@dataclass(frozen=True)
class Case:
    """One text before one reader. `room` and `kind` name its doors, `address` is what their addresses need.

    `caption` stands above the heading, `told` says who wrote as far as the reader may know; the verdict is whether
    they may put a version back, and why not.
    """

    room: str
    kind: str
    text: Text
    address: Mapping[str, Any]
    caption: str
    told: Told
    verdict: Verdict


def list_page(case: Case, *, is_stale: bool = False) -> str:
    """Return one page of the versions, each with what it changed."""
    found = versions.listed(*case.text.thing, case.told, page=request.args.get("page", 1, type=int))
    changes = {one.number: _changed(case.text, one) for one in found.rows}
    return _page("versions/index.html", case, found=found, changes=changes, is_stale=is_stale)


def in_full(case: Case, number: int) -> str:
    """Return one version in full, and what has changed since; 404 for one that never was."""
    version = _there(case, number)
    return _page(
        "versions/one.html",
        case,
        version=version,
        answers=case.text.answers(version.content),
        since=case.text.changes(version.content, version.now) if version.now is not None else [],
    )


def put_back(case: Case, number: int) -> ResponseReturnValue:
    """Make a version the newest again, unless somebody has saved one that this reader has not seen."""
    version = _there(case, number)
    try:
        # Nobody has read what a newer version says, so it is not put aside unread.
        case.text.put_back(version.content, PageForm().seen_version or 0)
    except Stale:
        return list_page(case, is_stale=True), 409
    flash(_("Version %(number)s is back, as the newest one. What stood there before is kept below it.", number=number))
    return redirect(url_for(f"{case.room}.{case.kind}", **case.address), 303)


def _there(case: Case, number: int) -> Version:
    return versions.one(*case.text.thing, case.told, number=number) or abort(404)


def _changed(text: Text, version: Version) -> list[Changed]:
    """Return what a version changed against the one before it; the first changed nothing."""
    return text.changes(version.before, version.content) if version.before is not None else []


def _page(template: str, case: Case, **values: Any) -> str:
    return render_template(
        template,
        caption=case.caption,
        text=case.text,
        doors=f"{case.room}.{case.kind}",
        put=f"{case.room}.put_{case.kind}_back",
        address=case.address,
        form=PageForm(formdata=None, data={"version": str(case.text.version)}),
        verdict=case.verdict,
        can_be_put_back=bool(case.verdict) and not case.text.closed,
        **values,
    )
