"""Photos, slides and documents: added, changed and removed by who writes; read by who reads what they hang on."""

from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.visibility import Thing
from review_app.models.attachments import Attachment
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem
from review_app.queries import attachments as reading
from review_app.queries import feedback
from review_app.queries.seats import Seat
from review_app.services import attachments
from review_app.services import practice as practices
from review_app.services.attachments import ENDINGS, Quota
from review_app.services.feedback import KEY
from review_app.web import attached, conflict, gate, returning
from review_app.web.forms.attachments import FileForm, file_form, in_form
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, may, sees
from review_app.web.showing import show
from review_app.web.uploading import takes_files

bp = Blueprint("attachments", __name__, url_prefix="/reviews/<ref>")
GIVE, DESCRIBE = feedback.ACTION, practices.ACTION
# What is handed out may do nothing, should a browser ever open it as a page.
POLICY = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Place(NamedTuple):
    """Where a file belongs: to an item of the person's own city, or without one to the practice."""

    seat: Seat
    item: FeedbackItem | None

    @property
    def back(self) -> str:
        """The page that lists the files of this place."""
        ref = self.seat.review.ref
        if self.item is None:
            return url_for(".practice", ref=ref)
        return url_for("feedback.show", ref=ref, _anchor=f"item-{self.item.key}")

    def address(self, verb: str, key: str) -> str:
        """Return where a verb is done to the file with a key."""
        if self.item is None:
            return url_for(f".{verb}_practice", ref=self.seat.review.ref, key=key)
        return url_for(f".{verb}_item", ref=self.seat.review.ref, item=self.item.key, key=key)

    def find(self, key: str) -> Attachment | None:
        """Return the file of this place with a key; 404 when the key belongs to anything else."""
        row = reading.in_returns(key, self.seat) if self.item else reading.in_practice(key, self.seat)
        strange = row.item_id != (self.item.id if self.item else None) if row else reading.is_taken(key)
        return abort(404) if strange or not KEY.match(key) else row


@bp.get("/practice/files")
@may(DESCRIBE, to_look=True)
def practice(seat: Seat) -> ResponseReturnValue:
    """List what hangs on the practice."""
    verdict = seat.may(DESCRIBE)
    files = attached.of_practice(seat, writes=bool(verdict))
    return show("attachments/practice.html", seat, files=files, verdict=verdict)


@bp.get("/practice/files/add")
@may(DESCRIBE)
def add_to_practice(seat: Seat) -> ResponseReturnValue:
    """Ask for a new file; the page makes its key, so sending it twice keeps one."""
    return _form_page(Place(seat, None), file_form(None), key=new_key())


@bp.get("/practice/files/<key>")
@may(DESCRIBE)
def edit_practice(seat: Seat, key: str) -> ResponseReturnValue:
    """Show what is said about a file, to change it."""
    return _edit(Place(seat, None), key)


@bp.post("/practice/files/<key>")
@commits
@may(DESCRIBE)
@takes_files
def save_practice(seat: Seat, key: str) -> ResponseReturnValue:
    """Keep a new file, or change what is said about one."""
    return _save(Place(seat, None), key)


@bp.post("/practice/files/<key>/remove")
@commits
@may(DESCRIBE)
def remove_practice(seat: Seat, key: str) -> ResponseReturnValue:
    """Remove a file."""
    return _remove(Place(seat, None), key)


@bp.get("/practice/files/<key>/download")
@sees(Thing.PRACTICE)
def download_practice(seat: Seat, key: str) -> ResponseReturnValue:
    """Hand a file of the practice out."""
    return _handed_out(reading.in_practice(key, seat))


@bp.get("/practice/files/<key>/picture")
@sees(Thing.PRACTICE)
def picture_practice(seat: Seat, key: str) -> ResponseReturnValue:
    """Show a picture of the practice."""
    return _pictured(reading.in_practice(key, seat))


@bp.get("/feedback/items/<item>/files/add")
@may(GIVE)
def add_to_item(seat: Seat, item: str) -> ResponseReturnValue:
    """Ask for a new file beside an item."""
    return _form_page(_place(seat, item), file_form(None), key=new_key())


@bp.get("/feedback/items/<item>/files/<key>")
@may(GIVE)
def edit_item(seat: Seat, item: str, key: str) -> ResponseReturnValue:
    """Show what is said about a file beside an item, to change it."""
    return _edit(_place(seat, item), key)


@bp.post("/feedback/items/<item>/files/<key>")
@commits
@may(GIVE)
@takes_files
def save_item(seat: Seat, item: str, key: str) -> ResponseReturnValue:
    """Keep a new file beside an item, or change what is said about one."""
    return _save(_place(seat, item), key)


@bp.post("/feedback/items/<item>/files/<key>/remove")
@commits
@may(GIVE)
def remove_item(seat: Seat, item: str, key: str) -> ResponseReturnValue:
    """Remove a file beside an item."""
    return _remove(_place(seat, item), key)


@bp.get("/returns/files/<key>/download")
@sees(Thing.RETURN)
def download_return(seat: Seat, key: str) -> ResponseReturnValue:
    """Hand out a file beside an item."""
    return _handed_out(reading.in_returns(key, seat))


@bp.get("/returns/files/<key>/picture")
@sees(Thing.RETURN)
def picture_return(seat: Seat, key: str) -> ResponseReturnValue:
    """Show a picture beside an item."""
    return _pictured(reading.in_returns(key, seat))


def _place(seat: Seat, key: str) -> Place:
    return Place(seat, feedback.item_of(seat, returning.city_of(seat), key) or abort(404))


def _edit(place: Place, key: str) -> ResponseReturnValue:
    row = place.find(key) or abort(404)
    return _form_page(place, file_form(row), key=key, row=row)


def _save(place: Place, key: str) -> ResponseReturnValue:
    row = place.find(key)
    if row is not None and request.files.get("file"):
        raise Unacceptable(mark("This file is saved already. Add the other one as a new file, then remove this one."))
    form = file_form(row)
    if not form.validate():
        return _form_page(place, form, key=key, row=row), 422
    try:
        if row is None:
            place = _keep(place, form, key)
        else:
            attachments.change(row, form.words(), place.seat, seen_version=form.seen_version)
    except Stale as stale:
        if "file" in form:
            del form.file
        return conflict.page(form, in_form(stale), title=_("About this file"), back=place.back)
    except Unacceptable as trouble:
        if not trouble.field:
            raise
        form.blame(trouble)
        return _form_page(place, form, key=key, row=row), 422
    flash(_("Saved."))
    return redirect(place.back, 303)


def _keep(place: Place, form: FileForm, key: str) -> Place:
    """Check and keep the file, then sit down again: what was allowed before may not be so any more."""
    item = place.item.key if place.item else ""
    quota = Quota.of(current_app.config["SETTINGS"])
    given = form.file.data
    taken = attachments.take(given.read(), given.filename, form.words(), quota=quota)
    seat = gate.again(place.seat)
    place = _place(seat, item) if item else Place(seat, None)
    row = place.find(key)
    if row is None:
        attachments.add(taken, form.words(), seat, key=key, quota=quota, item=place.item)
    else:
        # The same form came twice at the same moment, and the other one was faster.
        attachments.leave(taken)
        attachments.change(row, form.words(), seat, seen_version=None)
    return place


def _remove(place: Place, key: str) -> ResponseReturnValue:
    attachments.remove(place.find(key) or abort(404), place.seat)
    flash(_("Removed."))
    return redirect(place.back, 303)


def _handed_out(row: Attachment | None) -> Response:
    return _answer(row or abort(404), "attachment")


def _pictured(row: Attachment | None) -> Response:
    """Show a picture in a page of ours: its bytes were made here, from pixels alone."""
    if row is None or not row.media.is_picture:
        abort(404)
    return _answer(row, "inline")


def _answer(row: Attachment, way: str) -> Response:
    """Answer with the whole file: no range, no date and no tag tells anything about it."""
    try:
        content = attachments.read(row)
    except FileNotFoundError:
        abort(404)
    answer = Response(content, mimetype=row.media.value)
    name = f"filename=file{ENDINGS[row.media]}; filename*=UTF-8''{quote(row.file_name, safe='')}"
    answer.headers["Content-Disposition"] = f"{way}; {name}"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _form_page(place: Place, form: FileForm, *, key: str, row: Attachment | None = None) -> str:
    form.ask_again()
    return show(
        "attachments/form.html",
        place.seat,
        form=form,
        page=returning.frame(place.seat) if place.item else None,
        about=place.item.headline if place.item else "",
        action=place.address("save", key),
        removal=place.address("remove", key) if row else "",
        plain=PageForm(formdata=None),
        files=attached.shown([row], place.seat) if row else [],
        back_to=place.back,
    )
