"""The themes of a synthesis: made, written, ordered, removed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Stale, Unacceptable
from review_app.models.base import new_key
from review_app.models.network_synthesis import Synthesis, SynthesisTheme
from review_app.queries import network_synthesis as reading
from review_app.services import feedback, synthesis_themes
from review_app.web import conflict, sessions
from review_app.web.forms.base import PageForm
from review_app.web.forms.synthesis_themes import POWERS, ThemeForm, theme_form
from review_app.web.gate import commits, writes

bp = Blueprint("synthesis_themes", __name__, url_prefix="/syntheses/<slug>/themes")


@bp.get("")
@writes
def index(synthesis: Synthesis) -> ResponseReturnValue:
    """List the themes in the order of the report."""
    codes = [code.theme_id for code in reading.codes_of(synthesis)]
    themes = reading.themes_of(synthesis)
    return render_template(
        "syntheses/themes.html",
        synthesis=synthesis,
        themes=themes,
        counts={theme.id: codes.count(theme.id) for theme in themes},
        powers=POWERS,
        form=PageForm(formdata=None),
    )


@bp.get("/new")
@writes
def new(synthesis: Synthesis) -> ResponseReturnValue:
    """Offer a new theme; the page makes its key."""
    key = new_key()
    return _page(synthesis, theme_form({}, reading.themes_of(synthesis), key), key)


@bp.get("/<key>")
@writes
def edit(synthesis: Synthesis, key: str) -> ResponseReturnValue:
    """Show a theme to change it."""
    theme = reading.theme(key, synthesis) or abort(404)
    kept = {**synthesis_themes.content_of(theme), "version": str(theme.version)}
    return _page(synthesis, theme_form(kept, reading.themes_of(synthesis), key), key, theme)


@bp.post("/<key>")
@commits
@writes
def save(synthesis: Synthesis, key: str) -> ResponseReturnValue:
    """Make a theme, or save what was changed in it."""
    theme, form = reading.theme(key, synthesis), theme_form({}, reading.themes_of(synthesis), key)
    if not feedback.KEY.match(key):
        abort(404)
    if not form.validate():
        return _page(synthesis, form, key, theme), 422
    back = url_for(".edit", slug=synthesis.ref, key=key)
    try:
        made = _save(form, synthesis, key)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Theme"), back=back)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _page(synthesis, form, key, theme), 422
    if conflict.is_autosave():
        return conflict.saved(made.version, to=back)
    flash(_("Saved."))
    return redirect(url_for(".index", slug=synthesis.ref, _anchor=f"theme-{key}"), 303)


@bp.post("/<key>/move")
@commits
@writes
def order(synthesis: Synthesis, key: str) -> ResponseReturnValue:
    """Move a theme one place up or down."""
    theme = _there(synthesis, key)
    synthesis_themes.move(theme, up=request.form.get("direction") == "up")
    return redirect(url_for(".index", slug=synthesis.ref, _anchor=f"theme-{key}"), 303)


@bp.post("/<key>/remove")
@commits
@writes
def drop(synthesis: Synthesis, key: str) -> ResponseReturnValue:
    """Remove a theme; the statements stand under it no more."""
    synthesis_themes.drop(_there(synthesis, key), sessions.require_person())
    flash(_("Removed. Its statements can be put under other themes."))
    return redirect(url_for(".index", slug=synthesis.ref), 303)


def _save(form: ThemeForm, synthesis: Synthesis, key: str) -> SynthesisTheme:
    return synthesis_themes.save(
        key,
        form.wording(),
        synthesis,
        sessions.require_person(),
        seen_version=form.seen_version,
        by_itself=conflict.is_autosave(),
    )


def _there(synthesis: Synthesis, key: str) -> SynthesisTheme:
    theme = reading.theme(key, synthesis)
    if theme is None:
        raise Unacceptable(mark("Somebody has removed this theme meanwhile."))
    return theme


def _page(synthesis: Synthesis, form: ThemeForm, key: str, theme: SynthesisTheme | None = None) -> str:
    return render_template(
        "syntheses/theme.html",
        synthesis=synthesis,
        form=form,
        key=key,
        theme=theme,
        plain=PageForm(formdata=None),
        saved_at=theme.saved_at if theme else None,
        problems=form.problems(),
    )
