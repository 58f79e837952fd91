"""Syntheses over many reviews: the list, the beginning, the reviews in one, and its texts."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.text import clean_line
from review_app.models.base import new_key
from review_app.models.network_synthesis import Synthesis
from review_app.queries import network_synthesis as reading
from review_app.queries import synthesis_candidates as candidates
from review_app.queries.network_synthesis import WRITE
from review_app.queries.paging import PAGE
from review_app.queries.synthesis_candidates import Wanted
from review_app.services import feedback, network_synthesis, synthesis_coding, synthesis_deleting, synthesis_publishing
from review_app.services.synthesis_coding import Wanted as AnyStatement
from review_app.web import conflict, sessions
from review_app.web.forms.base import PageForm
from review_app.web.forms.syntheses import LEVELS, StartForm, TextsForm, texts_form
from review_app.web.gate import commits, network, public, writes
from review_app.web.paging import Pages, narrowed_by, page_asked, year_asked

bp = Blueprint("syntheses", __name__, url_prefix="/syntheses")
LONGEST_SEARCH, MOST_REFS = 160, 100
FILTERS = ("theme", "country", "method", "year", "until")
DELETE = "delete a synthesis"


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """List the syntheses this person may read; those who write see what is not published yet as well."""
    person = sessions.the_person()
    found = reading.listed(person, page_asked())
    return render_template(
        "syntheses/index.html",
        lines=found.rows,
        pages=Pages(found.page, found.total, PAGE),
        writes=reading.writes(person),
        levels=LEVELS,
    )


@bp.get("/new")
@network(WRITE)
def new() -> ResponseReturnValue:
    """Ask what the synthesis is about; the page makes its key."""
    return render_template("syntheses/new.html", form=StartForm(formdata=None), key=new_key())


@bp.post("/new/<key>")
@commits
@network(WRITE)
def create(key: str) -> ResponseReturnValue:
    """Begin a synthesis."""
    if not feedback.KEY.match(key):
        abort(404)
    form = StartForm()
    if not form.validate():
        return render_template("syntheses/new.html", form=form, key=key), 422
    try:
        start = form.start(current_app.config["SETTINGS"].network_name)
        synthesis = network_synthesis.open_synthesis(key, start, sessions.require_person())
    except Unacceptable as trouble:
        form.blame(trouble)
        return render_template("syntheses/new.html", form=form, key=key), 422
    flash(_("The synthesis is begun. Next, choose the reviews it rests on."))
    return redirect(url_for(".reviews", slug=synthesis.ref), 303)


@bp.get("/<slug>")
@writes
def show(synthesis: Synthesis) -> ResponseReturnValue:
    """Show what is done and what is not."""
    return render_template(
        "syntheses/show.html",
        synthesis=synthesis,
        reviews=len(candidates.chosen(synthesis)),
        held=synthesis_publishing.held_back(synthesis, synthesis.level),
        themes=len(reading.themes_of(synthesis)),
        said=synthesis_coding.listed(synthesis, AnyStatement()),
        editions=reading.editions(synthesis),
        deletes=synthesis_deleting.may_delete(synthesis),
        levels=LEVELS,
    )


@bp.get("/<slug>/delete")
@network(DELETE)
def delete_page(slug: str) -> ResponseReturnValue:
    """Say what goes with a draft before it is deleted, or why it cannot be."""
    return _delete_page(_there(slug))


@bp.post("/<slug>/delete")
@commits
@network(DELETE)
def delete(slug: str) -> ResponseReturnValue:
    """Delete a draft that was never published."""
    synthesis = _there(slug)
    if not synthesis_deleting.may_delete(synthesis):
        return _delete_page(synthesis), 422
    title = synthesis.title
    synthesis_deleting.remove(synthesis, sessions.require_person())
    flash(_("“%(title)s” is deleted.", title=title))
    return redirect(url_for(".index"), 303)


@bp.get("/<slug>/texts")
@writes
def texts(synthesis: Synthesis) -> ResponseReturnValue:
    """Show the texts to change them."""
    kept = {**network_synthesis.content_of(synthesis), "version": str(synthesis.version)}
    return _texts_page(synthesis, texts_form(kept))


@bp.post("/<slug>/texts")
@commits
@writes
def save_texts(synthesis: Synthesis) -> ResponseReturnValue:
    """Save the texts."""
    form, back = texts_form({}), url_for(".texts", slug=synthesis.ref)
    if not form.validate():
        return _texts_page(synthesis, form), 422
    try:
        by_itself, seen, person = conflict.is_autosave(), form.seen_version, sessions.require_person()
        network_synthesis.save_texts(form.texts(), synthesis, person, seen_version=seen, by_itself=by_itself)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Texts of the synthesis"), back=back)
    if conflict.is_autosave():
        return conflict.saved(synthesis.version, to=back)
    flash(_("Saved."))
    return redirect(url_for(".show", slug=synthesis.ref), 303)


@bp.get("/<slug>/reviews")
@writes
def reviews(synthesis: Synthesis) -> ResponseReturnValue:
    """List the reviews that may enter, narrowed by theme, country, method and years."""
    wanted = _wanted()
    found = candidates.listed(synthesis, wanted)
    return render_template(
        "syntheses/reviews.html",
        synthesis=synthesis,
        found=found,
        pages=Pages(found.page, found.total, PAGE),
        wanted=wanted,
        kept=_kept(),
        filters=FILTERS,
        choices=candidates.choices(synthesis),
        chosen=len(candidates.chosen(synthesis)),
        held=synthesis_publishing.held_back(synthesis, synthesis.level),
        form=PageForm(formdata=None),
    )


@bp.post("/<slug>/reviews")
@commits
@writes
def choose(synthesis: Synthesis) -> ResponseReturnValue:
    """Take in what is ticked on the page that was sent, and leave out what is ticked there no more."""
    ticked, shown = _refs("ref"), _refs("shown")
    network_synthesis.choose(ticked, synthesis)
    network_synthesis.leave_out(shown - ticked, synthesis)
    return _chosen(synthesis)


@bp.post("/<slug>/reviews/all")
@commits
@writes
def choose_all(synthesis: Synthesis) -> ResponseReturnValue:
    """Take in every review that fits what was looked for, on all pages."""
    network_synthesis.choose(candidates.matching(synthesis, _wanted()), synthesis)
    return _chosen(synthesis)


def _chosen(synthesis: Synthesis) -> ResponseReturnValue:
    count = len(candidates.chosen(synthesis))
    flash(ngettext("Saved. %(num)s review is in it now.", "Saved. %(num)s reviews are in it now.", count))
    return redirect(url_for(".reviews", slug=synthesis.ref, page=page_asked(), **_kept()), 303)


def _refs(name: str) -> set[str]:
    return {clean_line(ref)[:LONGEST_SEARCH] for ref in request.form.getlist(name)[:MOST_REFS]}


def _there(slug: str) -> Synthesis:
    return reading.find(slug) or abort(404)


def _kept() -> dict[str, Any]:
    return narrowed_by(FILTERS, longest=LONGEST_SEARCH)


def _wanted() -> Wanted:
    kept = _kept()
    return Wanted(
        kept.get("theme", ""),
        kept.get("country", ""),
        method=kept.get("method", ""),
        year=year_asked(),
        until=year_asked("until"),
        page=page_asked(),
    )


def _delete_page(synthesis: Synthesis) -> str:
    return render_template(
        "syntheses/delete.html",
        synthesis=synthesis,
        verdict=synthesis_deleting.may_delete(synthesis),
        going=synthesis_deleting.going(synthesis),
        form=PageForm(formdata=None),
    )


def _texts_page(synthesis: Synthesis, form: TextsForm) -> str:
    saved_at = synthesis.saved_at
    return render_template(
        "syntheses/texts.html", synthesis=synthesis, form=form, saved_at=saved_at, problems=form.problems()
    )
