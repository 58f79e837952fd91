"""Check a copy: whether a printed report is genuine, and still the one that counts."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from review_app.domain.copies import code_in, ref_in
from review_app.queries import copies
from review_app.reports.parts.errata import correction_of
from review_app.reports.wording.words import Words
from review_app.services import throttle
from review_app.web import sessions
from review_app.web.forms.copies import CheckForm, check_form, is_asked
from review_app.web.gate import public

bp = Blueprint("copies", __name__)
WAIT = str(int(throttle.WINDOW.total_seconds()))


@bp.get("/check")
@public
def check() -> ResponseReturnValue:
    """Ask for reference and code, and say in a sentence what the copy is; wrong guesses are counted."""
    form = check_form()
    if not is_asked():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    guesses = throttle.of_address("check a copy", request.remote_addr or "")
    if throttle.is_over(guesses):
        return _page(form, state="wait"), 429, {"Retry-After": WAIT}
    given = form.answers()
    copy = copies.find(ref_in(given["ref"]), code_in(given["code"]), sessions.the_person())
    if copy is None:
        sessions.count_guess(guesses)
        return _page(form, state="unknown")
    return _page(form, state="current" if copy.is_current else "replaced", copy=copy)


def _page(form: CheckForm, *, state: str = "", copy: copies.Copy | None = None) -> str:
    words = Words(str(get_locale()).replace("_", "-"))
    return render_template(
        "copies/check.html",
        form=form,
        state=state,
        copy=copy,
        changes=[correction_of(one, words) for one in copy.changes] if copy else (),
        ref=ref_in(str(form.ref.data or "")),
    )
