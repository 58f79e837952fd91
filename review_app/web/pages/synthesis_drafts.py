"""The draft of a synthesis as a file: printed by the same press as every report, and in the other forms."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review_app.domain.printing import Form as PrintForm
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.queries import network_synthesis as reading
from review_app.queries.network_synthesis import WRITE
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.services import renderings, synthesis_publishing
from review_app.web import prints, sessions, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, network
from review_app.web.offers import form_asked, form_named, language_asked, language_named
from review_app.web.waking import wake_worker

bp = Blueprint("synthesis_drafts", __name__, url_prefix="/syntheses/<slug>")


@bp.get("/draft.<form>")
@network(WRITE)
def download(slug: str, form: str) -> ResponseReturnValue:
    """Hand out the draft as a file: as it stands now, or a print of the one that the address names."""
    synthesis, shape = _there(slug), FORMS.get(form) or abort(404)
    if shape.make is None:
        return _print_of(synthesis, shape)
    made = synthesis_publishing.draft_of(synthesis, made_by=_my_name()).spoken(language_asked())
    try:
        chunks = shape.make(made, request.args.get("table", ""))
    except KeyError:
        abort(404)
    sights.shows(sights.SYNTHESIS, about=slug, downloaded=True)
    answer = Response(chunks, content_type=shape.mime)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(made, shape))
    return answer


@bp.get("/draft/print")
@network(WRITE)
def progress(slug: str) -> ResponseReturnValue:
    """Show how far the print of a draft is, or offer to make it; the page looks again by itself."""
    synthesis, form, language = _there(slug), form_asked(), language_asked()
    draft = _named(synthesis)
    if draft is None and request.args.get("draft"):
        return redirect(_page_of(synthesis, None, form), 303)
    draft = draft or _printed_now(synthesis)
    row = renderings.find(draft.digest, form, language) if draft else None
    answer = make_response(
        render_template(
            "syntheses/print.html",
            synthesis=synthesis,
            title=FORMS[form.value].title,
            address=_address(synthesis, draft, form),
            download=url_for(".download", **_address(synthesis, draft, None), form=form.value),
            asked=row is not None,
            form=PageForm(formdata=None),
            **prints.standing(row),
        )
    )
    again = prints.look_again(row) if row else None
    if again:
        answer.headers["Refresh"] = again
    return answer


@bp.post("/draft/print")
@commits
@network(WRITE)
def print_draft(slug: str) -> ResponseReturnValue:
    """Freeze the draft as it is now, or take the one that the address names, and ask for its print."""
    synthesis, form = _there(slug), form_asked()
    draft = _named(synthesis) or synthesis_publishing.freeze_draft(synthesis, sessions.require_person())
    renderings.ask(draft.digest, form=form, language=language_asked(), folder=prints.folder())
    return redirect(_page_of(synthesis, draft, form), 303)


@bp.post("/draft/cancel")
@commits
@network(WRITE)
def cancel(slug: str) -> ResponseReturnValue:
    """Let the print of a draft be."""
    synthesis, form = _there(slug), form_asked()
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
    paper = synthesis_publishing.read(draft).spoken(language_asked())
    return handed_out(file, media=shape.mime, name=file_name(paper, shape))


def _named(synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft that the address names by its key; None without a key, and for one that has gone since."""
    key = request.args.get("draft", "")
    return reading.draft(key, synthesis) if key else None


def _printed_now(synthesis: Synthesis) -> SynthesisEdition | None:
    """Return the draft that says what the synthesis says now; None when nobody had it printed."""
    now = synthesis_publishing.draft_of(synthesis, made_by=_my_name())
    return reading.draft_that_says(now.sha256, synthesis)


def _my_name() -> str:
    return sessions.require_person().name


def _there(slug: str) -> Synthesis:
    return reading.find(slug) or abort(404)


def _page_of(synthesis: Synthesis, draft: SynthesisEdition | None, form: PrintForm) -> str:
    return url_for(".progress", **_address(synthesis, draft, form))


def _address(synthesis: Synthesis, draft: SynthesisEdition | None, form: PrintForm | None) -> dict[str, Any]:
    """Return what an address says of a print: only what is not usual. A form in its path says it there."""
    language = language_asked()
    said = {"slug": synthesis.ref, "draft": draft.key if draft else None, "lang": language_named(language)}
    return said if form is None else {**said, "form": form_named(form)}
