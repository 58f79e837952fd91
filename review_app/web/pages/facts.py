"""The fact check: the host's comments and word, the team's answers, and what the cities wrote for the host alone."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Stale, Unacceptable
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import CommentAnswer
from review_app.models.base import new_key
from review_app.models.synthesis import FactComment
from review_app.queries import fact_check
from review_app.queries.seats import Seat
from review_app.services import facts, feedback, report_texts
from review_app.services.facts import ANSWER, COMMENT
from review_app.web import conflict, sights
from review_app.web.forms.base import PageForm
from review_app.web.forms.facts import (
    ANSWERS,
    KINDS,
    AnswerForm,
    CommentForm,
    HostWordForm,
    answer_form,
    comment_form,
    host_word_form,
)
from review_app.web.gate import commits, may, sees
from review_app.web.kinds import KINDS as ITEM_KINDS
from review_app.web.showing import show

bp = Blueprint("facts", __name__, url_prefix="/reviews/<ref>/fact-check")


@bp.get("")
@sees(Thing.FACT_CHECK)
def index(seat: Seat) -> ResponseReturnValue:
    """Show the comments with their answers, those that wait first."""
    return _index_page(seat, host_word_form(*report_texts.host_word(seat.review)))


@bp.get("/comments/add")
@may(COMMENT)
def add(seat: Seat) -> ResponseReturnValue:
    """Ask for a new comment; the page makes its key, so sending it twice makes one."""
    return _comment_page(seat, comment_form(seat), key=new_key())


@bp.get("/comments/<key>")
@may(COMMENT, to_look=True)
def edit(seat: Seat, key: str) -> ResponseReturnValue:
    """Show a comment to change it while nobody has answered it."""
    row = fact_check.find(key, seat) or abort(404)
    if not seat.may(COMMENT) or row.answer is not None:
        return redirect(_place_of(row, seat), 303)
    kept = {**facts.content_of(row), "version": str(row.version)}
    return _comment_page(seat, comment_form(seat, kept), key=key, row=row)


@bp.post("/comments/<key>")
@commits
@may(COMMENT)
def comment(seat: Seat, key: str) -> ResponseReturnValue:
    """Keep a comment of the host."""
    if not feedback.KEY.match(key):
        abort(404)
    form, row = comment_form(seat), fact_check.find(key, seat)
    if not form.validate():
        return _comment_page(seat, form, key=key, row=row), 422
    try:
        row = facts.comment(key, form.remark(), seat, seen_version=form.seen_version)
    except Stale as stale:
        back = url_for(".edit", ref=seat.review.ref, key=key)
        return conflict.page(form, stale, title=_("Comment on a fact"), back=back)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _comment_page(seat, form, key=key, row=row), 422
    flash(_("Your comment is with the team."))
    return redirect(_place_of(row, seat), 303)


@bp.post("/comments/<key>/remove")
@commits
@may(COMMENT)
def drop(seat: Seat, key: str) -> ResponseReturnValue:
    """Take a comment back that nobody has answered."""
    row = fact_check.find(key, seat) or abort(404)
    facts.withdraw(row, seat)
    flash(_("Taken back."))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


@bp.get("/comments/<key>/answer")
@may(ANSWER, to_look=True)
def answer_page(seat: Seat, key: str) -> ResponseReturnValue:
    """Show one comment to answer it."""
    row = fact_check.find(key, seat) or abort(404)
    if not seat.may(ANSWER):
        return redirect(_place_of(row, seat), 303)
    return _answer_page(seat, answer_form(_answered(row)), row)


@bp.post("/comments/<key>/answer")
@commits
@may(ANSWER)
def answer(seat: Seat, key: str) -> ResponseReturnValue:
    """Answer one comment."""
    row = fact_check.find(key, seat) or abort(404)
    form = answer_form({})
    if not form.validate():
        return _answer_page(seat, form, row), 422
    given = CommentAnswer(form.answer.data)
    try:
        facts.answer(row, given, seat, reason=form.reason.data or "", seen_version=form.seen_version)
    except Stale as stale:
        back = url_for(".answer_page", ref=seat.review.ref, key=key)
        return conflict.page(form, stale, title=_("Answer to a comment"), back=back)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _answer_page(seat, form, row), 422
    flash(_("Your answer is saved. The host city reads it."))
    return redirect(_place_of(row, seat), 303)


@bp.post("/host-word")
@commits
@may(COMMENT)
def host_word(seat: Seat) -> ResponseReturnValue:
    """Save what the host says in the report."""
    form = host_word_form("", 0)
    back = url_for(".index", ref=seat.review.ref, _anchor="word")
    if not form.validate():
        return _index_page(seat, form), 422
    try:
        version = report_texts.save_host_word(
            form.host_word.data or "", seat, seen_version=form.seen_version, by_itself=conflict.is_autosave()
        )
    except Stale as stale:
        return conflict.page(form, stale, title=_("The host's word"), back=back)
    if conflict.is_autosave():
        return conflict.saved(version, to=back)
    flash(_("Saved."))
    return redirect(back, 303)


def _place_of(row: FactComment, seat: Seat) -> str:
    return url_for(".index", ref=seat.review.ref, _anchor=f"comment-{row.key}")


def _answered(row: FactComment) -> dict[str, str]:
    return {"answer": row.answer or "", "reason": row.reason, "version": str(row.version)}


def _index_page(seat: Seat, word: HostWordForm) -> str:
    counts = fact_check.counts(seat)
    notes = fact_check.notes(seat, page=request.args.get("notes", 1, type=int))
    if notes.rows:
        sights.shows(Thing.HOST_NOTE)
    return show(
        "facts/index.html",
        seat,
        counts=counts,
        found=fact_check.entries(seat, counts.total, page=request.args.get("page", 1, type=int)),
        notes=notes,
        word=word,
        plain=PageForm(formdata=None),
        comments=seat.may(COMMENT),
        is_host=seat.has_row(COMMENT),
        answers=seat.may(ANSWER),
        kinds=dict(KINDS),
        item_kinds=ITEM_KINDS,
        given=dict(ANSWERS),
        problems=word.problems(),
    )


def _comment_page(seat: Seat, form: CommentForm, *, key: str, row: FactComment | None = None) -> str:
    return show("facts/comment.html", seat, form=form, key=key, is_new=row is None, problems=form.problems())


def _answer_page(seat: Seat, form: AnswerForm, row: FactComment) -> str:
    entry = fact_check.entry(row, seat)
    return show("facts/answer.html", seat, form=form, entry=entry, kinds=dict(KINDS), problems=form.problems())
