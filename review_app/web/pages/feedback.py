"""A peer city writes its return: an item a page, a draft that saves itself, a check before it is sent."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.vocabulary import ItemKind
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem
from review_app.models.network import Organisation
from review_app.queries import feedback as reading
from review_app.queries.seats import Seat
from review_app.services import feedback
from review_app.web import conflict, returning
from review_app.web.forms.base import PageForm
from review_app.web.forms.feedback import item_form, kept_in
from review_app.web.gate import commits, may
from review_app.web.kinds import KINDS

bp = Blueprint("feedback", __name__, url_prefix="/reviews/<ref>/feedback")
ACTION = reading.ACTION


@bp.get("")
@may(ACTION, to_look=True)
def show(seat: Seat) -> ResponseReturnValue:
    """Show what the city has written, what is needed, and until when."""
    return render_template("feedback/show.html", page=returning.page(seat), form=PageForm(formdata=None))


@bp.get("/add/<kind>")
@may(ACTION)
def add(seat: Seat, kind: str) -> ResponseReturnValue:
    """Ask for a new item; the page makes its key, so saving it twice makes one."""
    wanted = _kind(kind)
    _city(seat)
    return _form_page(seat, wanted, item_form(seat, wanted, kept_in(seat, None)), key=new_key())


@bp.get("/items/<key>")
@may(ACTION, to_look=True)
def edit(seat: Seat, key: str) -> ResponseReturnValue:
    """Show one item to change it."""
    item = reading.item_of(seat, _city(seat), key) or abort(404)
    if not seat.may(ACTION) or item.city_return.submitted_at is not None:
        return redirect(url_for(".show", ref=seat.review.ref, _anchor=f"item-{key}"), 303)
    return _form_page(seat, item.kind, item_form(seat, item.kind, kept_in(seat, item)), key=key, item=item)


@bp.post("/items/<key>")
@commits
@may(ACTION)
def save(seat: Seat, key: str) -> ResponseReturnValue:
    """Save an item, complete or not."""
    city = _city(seat)
    item = _mine_or_new(seat, city, key)
    kind = item.kind if item else _kind(request.form.get("kind", ""))
    form = item_form(seat, kind)
    if not form.validate():
        return _form_page(seat, kind, form, key=key, item=item), 422
    try:
        item = feedback.save(
            key,
            seat,
            city=city,
            kind=kind,
            answers=form.answers(),
            seen_version=form.seen_version,
            by_itself=conflict.is_autosave(),
        )
    except Stale as stale:
        return conflict.page(form, stale, title=_title(kind, item), back=_address(seat, key))
    except Unacceptable as refusal:
        return _refused_page(seat, kind, form, refusal, key=key)
    return _saved(seat, item)


@bp.post("/items/<key>/remove")
@commits
@may(ACTION)
def drop(seat: Seat, key: str) -> ResponseReturnValue:
    """Remove an item."""
    city = _city(seat)
    item = reading.item_of(seat, city, key) or abort(404)
    try:
        feedback.drop(item, seat, city=city, seen_version=PageForm().seen_version)
    except Stale:
        raise Unacceptable(mark("A colleague has written on this meanwhile. Read it first, then remove it.")) from None
    flash(_("Removed."))
    return redirect(url_for(".show", ref=seat.review.ref), 303)


@bp.get("/send")
@may(ACTION, to_look=True)
def check(seat: Seat) -> ResponseReturnValue:
    """Show everything as it will be read, and what is missing, before it is sent."""
    return render_template("feedback/check.html", page=returning.page(seat), form=PageForm(formdata=None), problems=[])


@bp.post("/send")
@commits
@may(ACTION)
def send(seat: Seat) -> ResponseReturnValue:
    """Send the return to the review team."""
    page, form = returning.page(seat), PageForm()
    if page.problems:
        return render_template("feedback/check.html", page=page, form=form, problems=page.problems), 422
    feedback.send(seat, city=page.city)
    flash(_("Your city’s feedback is sent. Thank you."))
    return redirect(url_for(".show", ref=seat.review.ref), 303)


@bp.post("/reopen")
@commits
@may(ACTION)
def reopen(seat: Seat) -> ResponseReturnValue:
    """Take a sent return back to change it."""
    feedback.reopen(seat, city=_city(seat))
    flash(_("Your city’s feedback is open again. Send it once more when you are done."))
    return redirect(url_for(".show", ref=seat.review.ref), 303)


def _city(seat: Seat) -> Organisation:
    return returning.city_of(seat)


def _kind(word: str) -> ItemKind:
    if word not in set(ItemKind):
        abort(404)
    return ItemKind(word)


def _mine_or_new(seat: Seat, city: Organisation, key: str) -> FeedbackItem | None:
    item = reading.item_of(seat, city, key)
    if item is None and (reading.is_taken(key) or not feedback.KEY.match(key)):
        abort(404)
    return item


def _address(seat: Seat, key: str) -> str:
    return url_for(".edit", ref=seat.review.ref, key=key)


def _title(kind: ItemKind, item: FeedbackItem | None) -> str:
    return str(KINDS[kind].one if item else KINDS[kind].add)


def _saved(seat: Seat, item: FeedbackItem) -> ResponseReturnValue:
    if conflict.is_autosave():
        return conflict.saved(item.version, to=_address(seat, item.key))
    flash(_("Saved."))
    return redirect(url_for(".show", ref=seat.review.ref, _anchor=f"item-{item.key}"), 303)


def _refused_page(
    seat: Seat, kind: ItemKind, form: PageForm, refusal: Unacceptable, *, key: str
) -> ResponseReturnValue:
    if not refusal.field:
        raise refusal
    form[refusal.field].errors = [_(refusal.sentence) % dict(refusal.values)]
    return _form_page(seat, kind, form, key=key), 422


def _form_page(seat: Seat, kind: ItemKind, form: PageForm, *, key: str, item: FeedbackItem | None = None) -> str:
    return render_template(
        "feedback/form.html",
        page=returning.frame(seat),
        form=form,
        kind=kind.value,
        words=KINDS[kind],
        title=_title(kind, item),
        action=url_for(".save", ref=seat.review.ref, key=key),
        item=item,
    )
