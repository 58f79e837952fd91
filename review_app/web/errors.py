"""What a person sees when something cannot be done: a sentence, what they typed, and what to do next."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from review_app.domain.refusal import Refused, Unacceptable
from review_app.extensions.database import db, writing
from review_app.extensions.storage import StorageDown
from review_app.services import submissions
from review_app.services.attachments import MEGABYTE
from review_app.web import gate, kept, sessions, uploading
from review_app.web.conflict import is_autosave
from review_app.web.sessions import NeedsSignIn

log = structlog.get_logger(__name__)
RETRY_SECONDS = "5"
# Said when not even a page can be drawn: no language of the reader is known then.
UNREADABLE = "Not saved: the storage cannot be reached just now. Your browser still has what you typed: go back.\n"
Page = Callable[[Any], ResponseReturnValue]


def bind(app: Flask) -> None:
    """Give every failure its page."""
    for trouble, page in HANDLERS:
        app.register_error_handler(trouble, _calmly(page))


def needs_sign_in(_error: NeedsSignIn) -> ResponseReturnValue:
    """Ask to sign in; a form that was sent comes along and is offered again afterwards."""
    db.session.rollback()
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")), 303)
    return _page(
        401,
        _("You are signed out"),
        _("Your session has ended. What you typed is kept below: sign in, and send it again."),
        again="sign in",
    )


def expired_form(_error: CSRFError) -> ResponseReturnValue:
    """A form that was open too long, or came from elsewhere."""
    if sessions.the_person() is None and gate.is_closed(request.endpoint):
        return needs_sign_in(NeedsSignIn())
    db.session.rollback()
    return _page(
        400,
        _("Please send this form again"),
        _(
            "The form was open for a long time, or your session has changed."
            " Nothing was saved yet. What you typed is below."
        ),
        again="send",
    )


def refused(error: Refused) -> ResponseReturnValue:
    """The method's table or a guard said no: its sentence, and the text."""
    db.session.rollback()
    sentence = _(error.verdict.sentence) % dict(error.verdict.values)
    return _page(403, _("This is not possible now"), sentence, again="later")


def unacceptable(error: Unacceptable) -> ResponseReturnValue:
    """A value that no form caught: its sentence, and the text."""
    db.session.rollback()
    return _page(422, _("Please check what you entered"), _(error.sentence) % dict(error.values), again="send")


def overtaken(_error: Exception) -> ResponseReturnValue:
    """Two people wrote in the same second; or the same form came twice and the first one counts."""
    db.session.rollback()
    answer = submissions.answer_to(kept.submission())
    if answer:
        return redirect(answer, 303)
    return _page(
        409,
        _("Somebody else saved at the same moment"),
        _(
            "Nothing of yours was saved yet."
            " What you typed is below: look at what stands there now, then send it again."
        ),
        again="send",
    )


def not_saved(error: OperationalError | StorageDown) -> ResponseReturnValue:
    """The storage is full, locked or away: say plainly that nothing was saved."""
    db.session.rollback()
    log.error("storage refused", trouble=str(error.orig if isinstance(error, OperationalError) else error))
    if request.method in ("GET", "HEAD") and isinstance(error, StorageDown):
        return _file_not_read()
    page = _page(
        503,
        _("Not saved"),
        _(
            "The storage could not take it just now, so nothing was saved."
            " What you typed is below: try again in a moment."
        ),
        again="send",
    )
    return page[0], 503, {"Retry-After": RETRY_SECONDS}


def _file_not_read() -> ResponseReturnValue:
    page = _page(503, _("The file cannot be read just now"), _("Nothing is wrong with it: try again in a moment."))
    return page[0], 503, {"Retry-After": RETRY_SECONDS}


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Any plain refusal of HTTP; "hidden" and "missing" are one page, the same to the byte."""
    code = error.code or 500
    if error.response is not None:
        return error.response
    title, sentence = _told(code)
    if code in (404, 405, 413, 414) and not is_autosave():
        return render_template("errors/plain.html", title=title, sentence=sentence), code
    return _page(code, title, sentence)


def _told(code: int) -> tuple[str, str]:
    """Return the title and the sentence of a refusal."""
    known = {
        400: (
            _("This request could not be read"),
            _("Something in the address or the form was not as expected."),
        ),
        404: (
            _("Page not found"),
            _("There is nothing here for you. If you are a participant, sign in first."),
        ),
        405: (_("This address takes no such request"), _("Go back and use the page's own buttons.")),
        413: (_("This is too much at once"), _too_much()),
        414: (
            _("This address is too long"),
            _("Go back and choose less at once; if you followed a link, ask for a shorter one."),
        ),
        429: (_("Too many tries"), _("Wait a quarter of an hour, or ask for a sign-in link by e-mail.")),
    }
    return known.get(code, (_("This did not work"), _("Go back and try again.")))


def _too_much() -> str:
    if not uploading.is_upload(request.endpoint):
        return _("Nothing was saved. Shorten the text, or send it in parts; your browser still has it: go back.")
    most = current_app.config["SETTINGS"].file_bytes // MEGABYTE
    return _(
        "Nothing was saved. A file may have up to %(most)s MB; your browser still has what you typed: go back.",
        most=most,
    )


def broken(error: Exception) -> ResponseReturnValue:
    """A bug: no trace, no path, only a number that the log knows as well."""
    db.session.rollback()
    number = g.get("request_id") or uuid.uuid4().hex[:12]
    log.exception("request failed", request_id=number, path=request.path, exc_info=error)
    return _page(
        500,
        _("Something is wrong on our side"),
        _(
            "Nothing was saved. What you typed is below."
            " If it happens again, tell the secretariat this number: %(number)s.",
            number=number,
        ),
        again="send",
    )


def _page(code: int, title: str, sentence: str, *, again: str = "") -> tuple[str | Response, int]:
    if is_autosave():
        # The page that saves by itself has the text and says its own sentence; this one is for whoever looks closer.
        return jsonify(trouble=sentence), code
    fields = kept.shown(_typed(), request.path)
    return render_template("errors/kept.html", title=title, sentence=sentence, fields=fields, again=again), code


def _typed() -> list[kept.Kept]:
    """What was typed, unless the trouble is that it cannot be read."""
    try:
        return kept.typed() if request.method == "POST" and kept.has_text() else []
    except HTTPException:
        return []


def _calmly(page: Page) -> Page:
    """Draw a page without waiting for the lock that the request may have failed on; in plain words if it must be."""

    @wraps(page)
    def answered(error: Any) -> ResponseReturnValue:
        writing.set(False)
        try:
            return page(error)
        except DBAPIError as trouble:
            db.session.rollback()
            log.error("storage cannot be read", trouble=str(trouble.orig))
            if is_autosave():
                return jsonify(trouble=UNREADABLE.strip()), 503, {"Retry-After": RETRY_SECONDS}
            return UNREADABLE, 503, {"Retry-After": RETRY_SECONDS, "Content-Type": "text/plain; charset=utf-8"}

    return answered


HANDLERS: tuple[tuple[type[Exception], Page], ...] = (
    (NeedsSignIn, needs_sign_in),
    (CSRFError, expired_form),
    (Refused, refused),
    (Unacceptable, unacceptable),
    (StaleDataError, overtaken),
    (IntegrityError, overtaken),
    (OperationalError, not_saved),
    (StorageDown, not_saved),
    (HTTPException, http_error),
    (Exception, broken),
)
