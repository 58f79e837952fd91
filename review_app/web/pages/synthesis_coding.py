"""Coding: the statements of the chosen reports, page by page, each put under the themes it belongs to."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line
from review_app.models.network_synthesis import Synthesis
from review_app.queries import network_synthesis as reading
from review_app.services import synthesis_coding, synthesis_themes
from review_app.services.synthesis_coding import NOWHERE, PAGE, Wanted
from review_app.services.synthesis_themes import REMARK, Chosen
from review_app.web.forms.base import PageForm, Problem
from review_app.web.gate import commits, writes
from review_app.web.kinds import KINDS
from review_app.web.paging import Pages, narrowed_by, page_asked

bp = Blueprint("synthesis_coding", __name__, url_prefix="/syntheses/<slug>/statements")
FILTERS = ("kind", "review", "theme")
LONGEST = 80


@bp.get("")
@writes
def index(synthesis: Synthesis) -> ResponseReturnValue:
    """Show one page of the statements with the themes."""
    return _page(synthesis)


@bp.post("")
@commits
@writes
def save(synthesis: Synthesis) -> ResponseReturnValue:
    """Save what was ticked and unticked on the page that was sent."""
    try:
        for chosen in _sent(synthesis):
            synthesis_themes.code(synthesis, chosen)
    except Unacceptable as trouble:
        return _page(synthesis, trouble), 422
    flash(_("Saved."))
    return redirect(url_for(".index", slug=synthesis.ref, page=page_asked(), **_kept()), 303)


def _sent(synthesis: Synthesis) -> Iterator[Chosen]:
    """Read what was ticked. What its report no longer says is passed over: nobody can have read it."""
    rows = [(clean_line(_one("ref", n)), clean_line(_one("mark", n)), n) for n in range(PAGE)]
    known = synthesis_coding.known(synthesis, {(ref, what) for ref, what, _number in rows})
    for ref, what, number in rows:
        if (ref, what) in known:
            yield _chosen(known[ref, what], what, number)


def _chosen(review: int, statement: str, number: int) -> Chosen:
    themes = frozenset(request.form.getlist(f"theme-{number}"))
    remark = clean_line(_one("remark", number))
    if len(remark) > REMARK:
        raise Unacceptable(mark("A remark takes at most %(limit)s characters."), {"limit": REMARK}, field="remark")
    if remark and not themes:
        raise Unacceptable(mark("A remark stands under a theme: tick one, or leave the remark empty."), field="remark")
    return Chosen(review, statement, themes, before=frozenset(_one("was", number).split()), remark=remark)


def _one(name: str, number: int) -> str:
    return request.form.get(f"{name}-{number}", "")


def _kept() -> dict[str, Any]:
    return narrowed_by(FILTERS, longest=LONGEST)


def _wanted() -> Wanted:
    kept = _kept()
    kind = next((one for one in KINDS if one.value == kept.get("kind")), None)
    return Wanted(kind, kept.get("review", ""), theme=kept.get("theme", ""), page=page_asked())


def _page(synthesis: Synthesis, trouble: Unacceptable | None = None) -> str:
    found, wanted = synthesis_coding.listed(synthesis, _wanted()), _wanted()
    form = PageForm(formdata=None)
    problems = [Problem(_(trouble.sentence) % dict(trouble.values), "#statements")] if trouble else []
    return render_template(
        "syntheses/coding.html",
        synthesis=synthesis,
        found=found,
        pages=Pages(found.page, found.total, PAGE),
        wanted=wanted,
        kept=_kept(),
        rows=[
            (number, line, *_as_typed(number, line, is_again=bool(trouble))) for number, line in enumerate(found.rows)
        ],
        themes=reading.themes_of(synthesis),
        kinds=KINDS,
        nowhere=NOWHERE,
        most=REMARK,
        form=form,
        problems=problems,
    )


def _as_typed(number: int, line: synthesis_coding.Line, *, is_again: bool) -> tuple[frozenset[str], str]:
    """Return what is ticked and remarked: what stands, or what was sent and could not be taken."""
    if not is_again or _one("mark", number) != line.mark:
        return line.themes, line.remark
    return frozenset(request.form.getlist(f"theme-{number}")), clean_line(_one("remark", number))
