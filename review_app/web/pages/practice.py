"""The practice of the host: written section by section, read as a whole."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.forms import Form
from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.visibility import Thing
from review_app.queries import practice as queries
from review_app.queries.practice import Written
from review_app.queries.seats import Seat
from review_app.services import practice
from review_app.web import attached, conflict
from review_app.web.answers import read
from review_app.web.forms.base import PageForm
from review_app.web.forms.practice import figures_form, section_form
from review_app.web.gate import commits, may, sees
from review_app.web.showing import show

bp = Blueprint("practice", __name__, url_prefix="/reviews/<ref>")
ACTION, RELEASE, FIGURES = "describe the practice", "release the practice", "figures"


@bp.get("/practice")
@sees(Thing.PRACTICE)
def overview(seat: Seat) -> ResponseReturnValue:
    """Show writers their task list, and readers the text."""
    written = queries.written(seat.review, _form_of(seat))
    figures, files = queries.figures(seat.review), attached.of_practice(seat)
    if seat.may(ACTION) and "read" not in request.args:
        release = seat.may(RELEASE) if seat.has_row(RELEASE) else None
        return show("practice/tasks.html", seat, written=written, figures=figures, files=files, release=release)
    sections = [(one.section, read(one.section, one.answers)) for one in written]
    verdict = seat.may(ACTION) if seat.has_row(ACTION) else None
    return show("practice/read.html", seat, sections=sections, figures=figures, files=files, verdict=verdict)


@bp.get("/practice/<section>")
@may("describe the practice", to_look=True)
def edit(seat: Seat, section: str) -> ResponseReturnValue:
    """Show one section, to write it or to read it."""
    written = _written(seat, section)
    return _section(seat, written, section_form(written))


@bp.post("/practice/<section>")
@commits
@may("describe the practice")
def save(seat: Seat, section: str) -> ResponseReturnValue:
    """Save one section as far as it is written, and go on to the next."""
    written = _written(seat, section)
    form = section_form(written)
    if not form.validate():
        return _section(seat, written, form), 422
    try:
        row = practice.save(
            section, form.answers(), seat=seat, seen_version=form.seen_version, by_itself=conflict.is_autosave()
        )
    except Stale as stale:
        title, here = _(written.section.title), url_for(".edit", ref=seat.review.ref, section=section)
        return conflict.page(form, stale, title=title, back=here)
    if conflict.is_autosave():
        return conflict.saved(row.version, to=request.path)
    flash(_("Saved: %(section)s.", section=_(written.section.title)))
    return redirect(_after(seat, section), 303)


@bp.get("/figures")
@may("describe the practice", to_look=True)
def figures(seat: Seat) -> ResponseReturnValue:
    """Show the key figures, to write them or to read them."""
    return _figures(seat, figures_form(queries.figures(seat.review)))


@bp.post("/figures")
@commits
@may("describe the practice")
def save_figures(seat: Seat) -> ResponseReturnValue:
    """Save the key figures."""
    form = figures_form(())
    if not form.validate():
        return _figures(seat, form), 422
    try:
        version = practice.save_figures(
            form.answers()[FIGURES], seat, seen_version=form.seen_version, by_itself=conflict.is_autosave()
        )
    except Stale as stale:
        here = url_for(".figures", ref=seat.review.ref)
        return conflict.page(form, stale, title=_("Key figures"), back=here)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _figures(seat, form), 422
    if conflict.is_autosave():
        return conflict.saved(version, to=request.path)
    flash(_("Saved: %(section)s.", section=_("Key figures")))
    return redirect(url_for(".overview", ref=seat.review.ref), 303)


def _form_of(seat: Seat) -> Form:
    form = seat.method.forms.get("practice")
    if form is None:
        abort(404)
    return form


def _written(seat: Seat, section: str) -> Written:
    try:
        return queries.one(seat.review, _form_of(seat).section(section))
    except KeyError:
        abort(404)


def _after(seat: Seat, section: str) -> str:
    """The next section of the form, or the task list after the last."""
    names = [one.name for one in _form_of(seat).sections]
    following = names[names.index(section) + 1 :]
    if "stay" in request.form or not following:
        return url_for(".overview", ref=seat.review.ref)
    return url_for(".edit", ref=seat.review.ref, section=following[0])


def _section(seat: Seat, written: Written, form: PageForm) -> str:
    row = queries.section(seat.review, written.section.name)
    return show(
        "practice/section.html",
        seat,
        form=form,
        written=written,
        verdict=seat.may(ACTION),
        answers=read(written.section, written.answers),
        saved_at=row.saved_at if row else None,
        released=seat.moment.practice_released,
    )


def _figures(seat: Seat, form: PageForm) -> str:
    standing = queries.figures(seat.review)
    return show("practice/figures.html", seat, form=form, verdict=seat.may(ACTION), figures=standing)
