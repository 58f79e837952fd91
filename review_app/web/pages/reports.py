"""The report: its own texts, the preview, the print on its way, the download."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.printing import Form
from review_app.domain.refusal import Stale
from review_app.domain.visibility import Thing
from review_app.models.publishing import Report
from review_app.queries import reports as reading
from review_app.queries.seats import Seat
from review_app.reports import page as paper
from review_app.reports.frozen.snapshot import Paper
from review_app.services import publishing, renderings, report_texts
from review_app.services.publishing import CORRECT, PRINT, PUBLISH, RAISE
from review_app.services.report_texts import EDIT
from review_app.web import conflict, prints, sessions, sights
from review_app.web.files import handed_out
from review_app.web.forms.base import PageForm
from review_app.web.forms.reports import TextsForm, texts_form
from review_app.web.gate import commits, may, sees
from review_app.web.showing import show
from review_app.web.waking import wake_worker

bp = Blueprint("reports", __name__, url_prefix="/reviews/<ref>")
RETRY_SECONDS = "10"


@bp.get("/report")
@sees(Thing.PAPER)
def preview(seat: Seat) -> ResponseReturnValue:
    """Show the published report, or the draft as it would be printed now."""
    is_published = reading.sees_published(seat)
    sights.shows(sights.paper(seat))
    return show(
        "report/preview.html",
        seat,
        article=paper.body(_snapshot(seat)),
        is_published=is_published,
        form=PageForm(formdata=None),
        prints=seat.may(PRINT) if not is_published else None,
        edits=seat.has_row(EDIT) and seat.may(EDIT),
        publishes=seat.has_row(PUBLISH) and not is_published,
        corrects=seat.may(CORRECT),
        raises=seat.may(RAISE) and publishing.higher(seat.review.level),
    )


@bp.get("/report/texts")
@may(EDIT, to_look=True)
def texts(seat: Seat) -> ResponseReturnValue:
    """Show the report's own texts; at first in the host's words."""
    row = report_texts.row_of(seat.review)
    kept = report_texts.content_of(row) | {"version": str(row.version)} if row else {}
    first = {name: text for name, text in report_texts.first_words(seat.review).items() if not row}
    return _texts_page(seat, texts_form(kept | first))


@bp.post("/report/texts")
@commits
@may(EDIT)
def save_texts(seat: Seat) -> ResponseReturnValue:
    """Save the report's own texts."""
    form, back = texts_form({}), url_for(".texts", ref=seat.review.ref)
    if not form.validate():
        return _texts_page(seat, form), 422
    try:
        by_itself = conflict.is_autosave()
        row = report_texts.save(form.texts(), seat, seen_version=form.seen_version, by_itself=by_itself)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Texts of the report"), back=back)
    if conflict.is_autosave():
        return conflict.saved(row.version, to=back)
    flash(_("Saved."))
    return redirect(url_for(".preview", ref=seat.review.ref), 303)


@bp.post("/report/print")
@commits
@may(PRINT)
def print_draft(seat: Seat) -> ResponseReturnValue:
    """Freeze a draft and ask for its print; nothing is printed twice."""
    report = publishing.print_draft(seat)
    renderings.ask(report.digest, folder=prints.folder())
    return redirect(_progress(seat, report), 303)


@bp.get("/report/progress")
@sees(Thing.DRAFT)
def progress(seat: Seat) -> ResponseReturnValue:
    """Show how far the print is; the page looks again by itself."""
    report = _report(seat)
    if report is None:
        return redirect(url_for(".preview", ref=seat.review.ref), 303)
    row = renderings.find(report.digest, _form())
    page = show(
        "report/progress.html",
        seat,
        address={"ref": seat.review.ref, "report": report.key, "form": _form_named()},
        cancels=report.number is None and seat.may(PRINT),
        form=PageForm(formdata=None),
        **prints.standing(row),
    )
    return prints.watched(page, prints.look_again(row))


@bp.post("/report/cancel")
@commits
@may(PRINT)
def cancel(seat: Seat) -> ResponseReturnValue:
    """Let the print of a draft be."""
    report = _report(seat)
    if report is None:
        return redirect(url_for(".preview", ref=seat.review.ref), 303)
    row = renderings.find(report.digest, _form())
    if row is not None and report.number is None:
        renderings.cancel(row)
    return redirect(_progress(seat, report), 303)


@bp.post("/report/retry")
@commits
@sees(Thing.DRAFT)
def retry(seat: Seat) -> ResponseReturnValue:
    """Ask once more for a print that failed or is gone."""
    report = _report(seat)
    if report is None:
        return redirect(url_for(".preview", ref=seat.review.ref), 303)
    renderings.ask(report.digest, form=_form(), folder=prints.folder())
    return redirect(_progress(seat, report), 303)


@bp.get("/report.pdf")
@sees(Thing.PAPER)
def download(seat: Seat) -> ResponseReturnValue:
    """Hand out the published report, or the latest draft to those who read drafts."""
    report = _report(seat)
    if report is None:
        return _wait(seat) if reading.sees_published(seat) else _nothing_printed(seat)
    file = prints.file_of(report.digest, _form())
    if file is None:
        # Nothing is written on a GET: the worker finds the missing print by itself when it is woken.
        wake_worker()
        return redirect(_progress(seat, report), 303) if reading.sees_drafts(seat) else _wait(seat, report)
    sights.shows(Thing.DRAFT if report.number is None else Thing.REPORT, about=report.key, downloaded=True)
    return handed_out(file, media="application/pdf", name=_file_name(seat, report))


def _file_name(seat: Seat, report: Report) -> str:
    form = ".pdf" if _form() is Form.PDF else "-archive.pdf"
    return f"{seat.review.ref}-highlights-{report.number or 'draft'}{form}"


def _form() -> Form:
    """Return the form that the address asks for; 404 for one that there is not."""
    try:
        return Form(request.args.get("form", Form.PDF.value))
    except ValueError:
        abort(404)


def _form_named() -> str | None:
    """What an address says of the form: nothing for the usual one."""
    return None if _form() is Form.PDF else _form().value


def _progress(seat: Seat, report: Report) -> str:
    return url_for(".progress", ref=seat.review.ref, report=report.key, form=_form_named())


def _report(seat: Seat) -> Report | None:
    """Return the report that the address names by its key, or the latest; 404 when the key is not for this person."""
    key = request.args.get("report", "")
    return (reading.find(key, seat) or abort(404)) if key else reading.latest(seat)


def _snapshot(seat: Seat) -> Paper:
    person = sessions.the_person()
    if reading.sees_published(seat):
        return publishing.snapshot_of(seat.review, made_by="")
    return publishing.freeze_draft(seat.review, person.name if person else "")


def _wait(seat: Seat, report: Report | None = None) -> ResponseReturnValue:
    wake_worker()
    row = renderings.find(report.digest, _form()) if report else None
    return (
        show("report/wait.html", seat, reason=renderings.told(row, _) if row else ""),
        503,
        {"Retry-After": RETRY_SECONDS},
    )


def _nothing_printed(seat: Seat) -> ResponseReturnValue:
    flash(_("No draft has been printed yet."))
    return redirect(url_for(".preview", ref=seat.review.ref), 303)


def _texts_page(seat: Seat, form: TextsForm) -> str:
    row = report_texts.row_of(seat.review)
    return show(
        "report/texts.html",
        seat,
        form=form,
        verdict=seat.may(EDIT),
        saved_at=row.saved_at if row else None,
        problems=form.problems(),
    )
