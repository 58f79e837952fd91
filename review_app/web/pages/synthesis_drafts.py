"""The draft of a synthesis, for those who write: to read, printed by the same press as every report, in each form."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.languages import LANGUAGES
from review_app.domain.printing import Form as PrintForm
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.queries import network_synthesis as reading
from review_app.reports import page as paper
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.reports.frozen.snapshot import Paper
from review_app.services import renderings, synthesis_drafts, synthesis_publishing
from review_app.web import prints, sessions, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, writes
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

bp = Blueprint("synthesis_drafts", __name__, url_prefix="/syntheses/<slug>")


@bp.get("/preview")
@writes
def preview(synthesis: Synthesis) -> ResponseReturnValue:
    """Show the synthesis as it would be published now."""
    language, slug = language_asked(), synthesis.ref
    lang = language_named(language)
    forms = in_every_form(".download", slug=slug, lang=lang)
    return render_template(
        "syntheses/preview.html",
        synthesis=synthesis,
        article=paper.body(_now(synthesis).spoken(language)),
        offer=Offer(_("Draft of the synthesis"), "", url_for(".preview", slug=slug, lang=lang), forms),
        lang=lang,
        languages=LANGUAGES,
        spoken=language,
        form=PageForm(formdata=None),
    )


@bp.get("/draft.<form>")
@writes
def download(synthesis: Synthesis, form: str) -> ResponseReturnValue:
    """Hand out the draft as a file: as it stands now, or a print of the one that the address names."""
    shape = form_of_file(form)
    if shape.make is None:
        return _print_of(synthesis, shape)
    answer = made_at_once(_now(synthesis).spoken(language_asked()), shape)
    sights.shows(sights.SYNTHESIS, about=synthesis.ref, downloaded=True)
    return answer


@bp.get("/draft/print")
@writes
def progress(synthesis: Synthesis) -> ResponseReturnValue:
    """Show how far the print of a draft is, or offer to make it; the page looks again by itself."""
    form, language = form_asked(), language_asked()
    draft = _named(synthesis)
    if draft is None and request.args.get("draft"):
        return redirect(_page_of(synthesis, None, form), 303)
    draft = draft or _printed_now(synthesis)
    row = prints.shown(renderings.find(draft.digest, form, language)) if draft else None
    address = _address(synthesis, draft, form)
    page = render_template(
        "syntheses/print.html",
        synthesis=synthesis,
        name=_("Print of the draft"),
        title=FORMS[form.value].title,
        languages=LANGUAGES,
        spoken=language,
        to_report=url_for(".preview", slug=synthesis.ref, lang=address["lang"]),
        report=_("Draft of the synthesis"),
        print=url_for(".print_draft", **address),
        download=url_for(".download", **_address(synthesis, draft, None), form=form.value),
        look=url_for(".progress", **address),
        cancel=url_for(".cancel", **address),
        asked=row is not None,
        form=PageForm(formdata=None),
        **prints.standing(row),
    )
    return prints.watched(page, prints.look_again(row) if row else None)


@bp.post("/draft/print")
@commits
@writes
def print_draft(synthesis: Synthesis) -> ResponseReturnValue:
    """Freeze the draft as it is now, or take the one that the address names, and ask for its print."""
    form = form_asked()
    draft = _named(synthesis) or synthesis_drafts.freeze(synthesis, sessions.require_person())
    renderings.ask(draft.digest, form=form, language=language_asked(), folder=prints.folder())
    return redirect(_page_of(synthesis, draft, form), 303)


@bp.post("/draft/cancel")
@commits
@writes
def cancel(synthesis: Synthesis) -> ResponseReturnValue:
    """Let the print of a draft be."""
    form = form_asked()
    draft = _named(synthesis)
    row = renderings.find(draft.digest, form, language_asked()) if draft else None
    if row is not None:
        renderings.cancel(row)
    return redirect(_page_of(synthesis, draft, form), 303)


def _print_of(synthesis: Synthesis, shape: Form) -> ResponseReturnValue:
    """Hand out a print, or lead to the page that makes it: nothing is written on a GET."""
    form, draft = PrintForm(shape.name), _named(synthesis) or _printed_now(synthesis)
    file = prints.file_of(draft.digest, form, language_asked()) if draft else None
    if draft is None or file is None:
        wake_worker()
        return redirect(_page_of(synthesis, draft, form), 303)
    sights.shows(sights.SYNTHESIS, about=draft.key, downloaded=True)
    made = synthesis_publishing.read(draft).spoken(language_asked())
    return handed_out(file, media=shape.mime, name=file_name(made, shape))


def _named(synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft that the address names by its key; None without a key, and for one that has gone since."""
    key = request.args.get("draft", "")
    return reading.draft(key, synthesis) if key else None


def _printed_now(synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft that says what the synthesis says now; None when none is frozen."""
    return reading.draft_that_says(_now(synthesis).sha256, synthesis)


def _now(synthesis: Synthesis) -> Paper:
    return synthesis_publishing.draft_of(synthesis, made_by=sessions.require_person().name)


def _page_of(synthesis: Synthesis, draft: SynthesisEdition | None, form: PrintForm) -> str:
    return url_for(".progress", **_address(synthesis, draft, form))


def _address(synthesis: Synthesis, draft: SynthesisEdition | None, form: PrintForm | None) -> dict[str, Any]:
    """Return what an address says of a print: only what is not usual. A form in its path says it there.

    A draft made ahead may go any moment; its print is found by what it says.
    """
    key = draft.key if draft and not draft.ahead else None
    said = {"slug": synthesis.ref, "draft": key, "lang": language_named(language_asked())}
    return said if form is None else {**said, "form": form_named(form)}
