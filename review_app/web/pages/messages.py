"""Messages: read by those who may, written by the team from the released items of the returns."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.visibility import Reach, Thing
from review_app.models.base import new_key
from review_app.models.synthesis import Message
from review_app.queries import messages as reading
from review_app.queries.messages import Free, Wanted
from review_app.queries.paging import Paged
from review_app.queries.seats import Seat
from review_app.services import feedback, messages
from review_app.services.messages import ACTION
from review_app.web import conflict, sights
from review_app.web.forms.base import PageForm
from review_app.web.forms.messages import CONSENSUS, ItemsForm, MessageForm, message_form
from review_app.web.gate import commits, may, sees
from review_app.web.kinds import KINDS
from review_app.web.showing import show

bp = Blueprint("messages", __name__, url_prefix="/reviews/<ref>/messages")


@bp.get("")
@sees(Thing.MESSAGE)
def index(seat: Seat) -> ResponseReturnValue:
    """Show the messages, and to those who write them the items that none holds yet."""
    return _index_page(seat, ItemsForm(formdata=None))


@bp.get("/add")
@may(ACTION)
def add(seat: Seat) -> ResponseReturnValue:
    """Offer a new message, filled from the first of the chosen items; the page makes its key."""
    items = reading.chosen(request.args.getlist("item")[: messages.MOST_ITEMS], seat)
    if not items:
        flash(_("Choose at least one item first."))
        return redirect(url_for(".index", ref=seat.review.ref, _anchor="free"), 303)
    return _new_page(seat, message_form(seat, _proposal(items[0])), key=new_key(), items=items)


@bp.post("/new/<key>")
@commits
@may(ACTION)
def create(seat: Seat, key: str) -> ResponseReturnValue:
    """Make a message of the chosen items."""
    if not feedback.KEY.match(key):
        abort(404)
    form, keys = message_form(seat), request.form.getlist("item")
    items = reading.chosen(keys[: messages.MOST_ITEMS], seat)
    if not form.validate():
        return _new_page(seat, form, key=key, items=items), 422
    try:
        message = messages.create(key, form.wording(), seat, items=keys, seen_version=form.seen_version)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Message"), back=url_for(".edit", ref=seat.review.ref, key=key))
    except Unacceptable as trouble:
        form.blame(trouble)
        return _new_page(seat, form, key=key, items=items), 422
    flash(_("The message is made."))
    return redirect(_place_of(message, seat), 303)


@bp.post("/join")
@commits
@may(ACTION)
def join(seat: Seat) -> ResponseReturnValue:
    """Put the chosen items into a message that is there."""
    form = ItemsForm()
    message = messages.find(form.message.data or "", seat.review)
    keys = request.form.getlist("item")
    if message is None or not keys:
        field = "message" if keys else "item"
        form.blame(Unacceptable(mark("Choose at least one item and the message to put it into."), field=field))
        return _index_page(seat, form), 422
    try:
        messages.put_in(message, keys, seat)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _index_page(seat, form), 422
    flash(ngettext("%(num)s item put into the message.", "%(num)s items put into the message.", len(set(keys))))
    return redirect(_place_of(message, seat), 303)


@bp.get("/<key>")
@may(ACTION, to_look=True)
def edit(seat: Seat, key: str) -> ResponseReturnValue:
    """Show one message to change it."""
    message = messages.find(key, seat.review) or abort(404)
    if not seat.may(ACTION):
        return redirect(_place_of(message, seat), 303)
    kept = {**messages.content_of(message), "version": str(message.version)}
    return _edit_page(seat, message_form(seat, kept), message)


@bp.post("/<key>")
@commits
@may(ACTION)
def save(seat: Seat, key: str) -> ResponseReturnValue:
    """Save the wording of a message."""
    message, form = _there(key, seat), message_form(seat)
    if not form.validate():
        return _edit_page(seat, form, message), 422
    back = url_for(".edit", ref=seat.review.ref, key=key)
    try:
        messages.revise(message, form.wording(), seat, seen_version=form.seen_version, by_itself=conflict.is_autosave())
    except Stale as stale:
        return conflict.page(form, stale, title=_("Message"), back=back)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _edit_page(seat, form, message), 422
    if conflict.is_autosave():
        return conflict.saved(message.version, to=back)
    flash(_("Saved."))
    return redirect(_place_of(message, seat), 303)


@bp.post("/<key>/release")
@commits
@may(ACTION)
def release(seat: Seat, key: str) -> ResponseReturnValue:
    """Take one item out of a message."""
    messages.take_out(_there(key, seat), request.form.get("item", ""), seat)
    flash(_("Taken out. The item stands alone again."))
    return redirect(url_for(".edit", ref=seat.review.ref, key=key, _anchor="items"), 303)


@bp.post("/<key>/move")
@commits
@may(ACTION)
def order(seat: Seat, key: str) -> ResponseReturnValue:
    """Move a message one place up or down among those of its kind."""
    message = _there(key, seat)
    messages.move(message, seat, up=request.form.get("direction") == "up")
    return redirect(_place_of(message, seat), 303)


@bp.post("/<key>/remove")
@commits
@may(ACTION)
def drop(seat: Seat, key: str) -> ResponseReturnValue:
    """Remove a message; its items stand alone again."""
    messages.drop(_there(key, seat), seat)
    flash(_("Removed. Its items stand alone again."))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


def _there(key: str, seat: Seat) -> Message:
    message = messages.find(key, seat.review)
    if message is None:
        raise Unacceptable(mark("Somebody has removed this message meanwhile. Your text is below."))
    return message


def _place_of(message: Message, seat: Seat) -> str:
    page = reading.page_of(message, seat)
    return url_for(".index", ref=seat.review.ref, page=page if page > 1 else None, _anchor=f"message-{message.key}")


def _proposal(item: Free) -> dict[str, str]:
    return {
        "kind": item.kind.value,
        "headline": item.headline,
        "body": item.explanation,
        "question": str(item.question or ""),
    }


def _wanted() -> Wanted:
    kind, question = request.args.get("kind", ""), request.args.get("question", 0, type=int)
    known = next((one for one in KINDS if one.value == kind), None)
    return Wanted(known, question if 0 < question < 100 else None, page=request.args.get("items", 1, type=int))


def _index_page(seat: Seat, form: ItemsForm) -> str:
    wanted = _wanted()
    found = reading.lines(seat, page=request.args.get("page", 1, type=int))
    free = reading.free(seat, wanted) if seat.may(ACTION) else Paged()
    if free.rows or any(line.sources for line in found.rows):
        sights.shows(Thing.RETURN)
    return show(
        "messages/index.html",
        seat,
        found=found,
        free=free,
        wanted=wanted,
        form=form,
        chosen=set(request.form.getlist("item")),
        titles=reading.titles(seat) if free.total else [],
        verdict=seat.may(ACTION),
        writes=seat.has_row(ACTION),
        reads_returns=seat.sees(Thing.RETURN) is not Reach.NONE,
        kinds=KINDS,
        consensus=dict(CONSENSUS),
        problems=form.problems(),
    )


def _new_page(seat: Seat, form: MessageForm, *, key: str, items: list[Free]) -> str:
    sights.shows(Thing.RETURN)
    return show("messages/new.html", seat, form=form, key=key, items=items, kinds=KINDS, problems=form.problems())


def _edit_page(seat: Seat, form: MessageForm, message: Message) -> str:
    line = reading.line(message, seat)
    if line.sources:
        sights.shows(Thing.RETURN)
    return show(
        "messages/edit.html",
        seat,
        form=form,
        message=line,
        plain=PageForm(formdata=None),
        saved_at=message.saved_at,
        kinds=KINDS,
        problems=form.problems(),
    )
