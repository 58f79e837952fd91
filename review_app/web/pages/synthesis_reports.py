"""The report of a synthesis: published by those who write, read and taken away by its readers in each form."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.languages import LANGUAGES
from review_app.domain.printing import Form as PrintForm
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.queries import network_synthesis as reading
from review_app.reports import page as paper
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.reports.frozen.snapshot import Paper
from review_app.services import renderings, synthesis_publishing
from review_app.web import prints, sessions, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.forms.synthesis_reports import PublishForm, publish_form
from review_app.web.gate import commits, network, public
from review_app.web.offers import (
    Offer,
    form_asked,
    form_named,
    form_of_file,
    in_every_form,
    language_asked,
    language_named,
    made_at_once,
)
from review_app.web.waking import wake_worker

bp = Blueprint("synthesis_reports", __name__, url_prefix="/syntheses/<slug>")
PUBLISH = "publish a synthesis"


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
    language = language_asked()
    lang = language_named(language)
    forms = in_every_form(".download", slug=slug, lang=lang)
    return render_template(
        "syntheses/report.html",
        synthesis=edition.synthesis,
        article=paper.body(_spoken(edition)),
        offer=Offer(_("Synthesis"), "", url_for(".report", slug=slug, lang=lang), forms),
        lang=lang,
        languages=LANGUAGES,
        spoken=language,
        writes=reading.writes(sessions.the_person()),
    )


@bp.get("/report.<form>")
@public
def download(slug: str, form: str) -> ResponseReturnValue:
    """Hand out the published synthesis as a file."""
    edition, shape = _edition(slug), form_of_file(form)
    if shape.make is None:
        return _print_of(edition, shape)
    answer = made_at_once(_spoken(edition), shape)
    _note(edition, downloaded=True)
    return answer


@bp.get("/report/print")
@public
def progress(slug: str) -> ResponseReturnValue:
    """Show how far the print of the published synthesis is, or offer to make it; the page looks again by itself."""
    edition, form = _edition(slug), form_asked()
    row = prints.shown(renderings.find(edition.digest, form, language_asked()))
    address = _address(edition, form)
    page = render_template(
        "syntheses/print.html",
        synthesis=edition.synthesis,
        name=_("Print of the synthesis"),
        title=FORMS[form.value].title,
        languages=LANGUAGES,
        spoken=language_asked(),
        to_report=url_for(".report", slug=slug, lang=address["lang"]),
        report=_("Synthesis"),
        print=url_for(".print_report", **address),
        download=url_for(".download", **{**address, "form": form.value}),
        look=url_for(".progress", **address),
        asked=row is not None,
        form=PageForm(formdata=None),
        **prints.standing(row),
    )
    return prints.watched(page, prints.look_again(row) if row else None)


@bp.post("/report/print")
@commits
@public
def print_report(slug: str) -> ResponseReturnValue:
    """Ask for a print of the published synthesis; nothing is printed twice."""
    edition, form = _edition(slug), form_asked()
    renderings.ask(edition.digest, form=form, language=language_asked(), folder=prints.folder())
    return redirect(url_for(".progress", **_address(edition, form)), 303)


def _print_of(edition: SynthesisEdition, shape: Form) -> ResponseReturnValue:
    """Hand out a print, or lead to the page that makes it: nothing is written on a GET."""
    form = PrintForm(shape.name)
    file = prints.file_of(edition.digest, form, language_asked())
    if file is None:
        wake_worker()
        return redirect(url_for(".progress", **_address(edition, form)), 303)
    _note(edition, downloaded=True)
    return handed_out(file, media=shape.mime, name=file_name(_spoken(edition), shape))


def _note(edition: SynthesisEdition, *, downloaded: bool = False) -> None:
    """What everybody may read is not counted."""
    if edition.synthesis.level is not Level.PUBLIC:
        sights.shows(sights.SYNTHESIS, about=edition.key, downloaded=downloaded)


def _there(slug: str) -> Synthesis:
    return reading.find(slug) or abort(404)


def _edition(slug: str) -> SynthesisEdition:
    return reading.published(slug, sessions.the_person()) or abort(404)


def _spoken(edition: SynthesisEdition) -> Paper:
    return synthesis_publishing.read(edition).spoken(language_asked())


def _address(edition: SynthesisEdition, form: PrintForm) -> dict[str, Any]:
    lang = language_named(language_asked())
    return {"slug": edition.synthesis.ref, "form": form_named(form), "lang": lang}


def _form(synthesis: Synthesis) -> PublishForm:
    levels = synthesis_publishing.open_levels(synthesis)
    return publish_form(synthesis.level, levels, is_first=not synthesis_publishing.needs_change(synthesis))


def _confirm_page(synthesis: Synthesis, form: PublishForm) -> str:
    return render_template("syntheses/confirm.html", synthesis=synthesis, form=form, problems=form.problems())
