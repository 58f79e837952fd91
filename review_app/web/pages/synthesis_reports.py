"""The report of a synthesis: the draft for those who write, publication, and the published one for its readers."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.languages import LANGUAGES
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.queries import network_synthesis as reading
from review_app.queries.network_synthesis import WRITE
from review_app.reports import page as paper
from review_app.reports.exports.forms import FORMS
from review_app.services import synthesis_publishing
from review_app.web import prints, sessions, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.forms.synthesis_reports import PublishForm, publish_form
from review_app.web.gate import commits, network, public
from review_app.web.offers import Offer, language_asked, language_named
from review_app.web.waking import wake_worker

bp = Blueprint("synthesis_reports", __name__, url_prefix="/syntheses/<slug>")
PUBLISH = "publish a synthesis"
RETRY_SECONDS = "10"


@bp.get("/preview")
@network(WRITE)
def preview(slug: str) -> ResponseReturnValue:
    """Show the synthesis as it would be published now."""
    synthesis, language = _there(slug), language_asked()
    draft = synthesis_publishing.draft_of(synthesis, made_by=sessions.require_person().name)
    return render_template(
        "syntheses/preview.html",
        synthesis=synthesis,
        article=paper.body(draft.spoken(language)),
        offer=_offer(synthesis, language_named(language)),
        lang=language_named(language),
        languages=LANGUAGES,
        spoken=language,
        form=PageForm(formdata=None),
    )


@bp.get("/publish")
@network(PUBLISH)
def confirm(slug: str) -> ResponseReturnValue:
    """Ask for readers and confirmation before the synthesis is published."""
    synthesis = _there(slug)
    return _confirm_page(synthesis, _form(synthesis))


@bp.post("/publish")
@commits
@network(PUBLISH)
def publish(slug: str) -> ResponseReturnValue:
    """Freeze and publish the synthesis."""
    synthesis = _there(slug)
    form = _form(synthesis)
    if not form.validate():
        return _confirm_page(synthesis, form), 422
    try:
        edition = synthesis_publishing.publish(form.release(), synthesis, sessions.require_person())
    except Unacceptable as trouble:
        form.blame(trouble)
        return _confirm_page(synthesis, form), 422
    flash(_("Edition %(number)s of the synthesis is published.", number=edition.number))
    return redirect(url_for(".report", slug=slug), 303)


@bp.get("/report")
@public
def report(slug: str) -> ResponseReturnValue:
    """Show the published synthesis to whoever may read it."""
    edition = _edition(slug)
    _note(edition)
    return render_template(
        "syntheses/report.html",
        synthesis=edition.synthesis,
        article=paper.body(synthesis_publishing.read(edition)),
        writes=reading.writes(sessions.the_person()),
    )


@bp.get("/report.pdf")
@public
def download(slug: str) -> ResponseReturnValue:
    """Hand out the print of the published synthesis, or say that it is on its way."""
    edition = _edition(slug)
    file = prints.file_of(edition.digest)
    if file is None:
        # Nothing is written on a GET: the worker finds the missing print by itself when it is woken.
        wake_worker()
        reason = prints.trouble_with(edition.digest)
        waiting = render_template("syntheses/wait.html", synthesis=edition.synthesis, reason=reason)
        return waiting, 503, {"Retry-After": RETRY_SECONDS}
    _note(edition, downloaded=True)
    return handed_out(file, media="application/pdf", name=f"{slug}-synthesis-{edition.number}.pdf")


def _offer(synthesis: Synthesis, lang: str | None) -> Offer:
    """Return the draft in every form in which it can be taken away."""
    slug = synthesis.ref
    forms = tuple(
        (form, url_for("synthesis_drafts.download", slug=slug, form=form.name, lang=lang)) for form in FORMS.values()
    )
    return Offer(_("Draft of the synthesis"), "", url_for(".preview", slug=slug, lang=lang), forms)


def _note(edition: SynthesisEdition, *, downloaded: bool = False) -> None:
    """What everybody may read is not counted."""
    if edition.synthesis.level is not Level.PUBLIC:
        sights.shows(sights.SYNTHESIS, about=edition.key, downloaded=downloaded)


def _there(slug: str) -> Synthesis:
    return reading.find(slug) or abort(404)


def _edition(slug: str) -> SynthesisEdition:
    return reading.published(slug, sessions.the_person()) or abort(404)


def _form(synthesis: Synthesis) -> PublishForm:
    levels = synthesis_publishing.open_levels(synthesis)
    return publish_form(synthesis.level, levels, is_first=not synthesis_publishing.needs_change(synthesis))


def _confirm_page(synthesis: Synthesis, form: PublishForm) -> str:
    return render_template("syntheses/confirm.html", synthesis=synthesis, form=form, problems=form.problems())
