"""The draft as a Word file, and the way back: what was edited there is compared here and taken over by choice."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from review_app.domain.refusal import Unacceptable
from review_app.domain.visibility import Thing
from review_app.domain.word_diff import compare as words_of
from review_app.queries import reports
from review_app.queries.seats import Seat
from review_app.reports.exports import word
from review_app.services import publishing, word_edits
from review_app.services.messages import ACTION
from review_app.services.word_edits import Comparison, Overtaken, State
from review_app.web import gate, sights
from review_app.web.forms.base import Problem
from review_app.web.forms.word import FIRST, LABELS, MOST_AT_ONCE, MOST_BYTES, TakeForm, WordForm, edits_of, problem_of
from review_app.web.gate import commits, may
from review_app.web.showing import show
from review_app.web.uploading import takes_files

bp = Blueprint("word", __name__, url_prefix="/reviews/<ref>/report/word")


@bp.get("")
@may(ACTION, to_look=True)
def index(seat: Seat) -> ResponseReturnValue:
    """Say how the draft is edited in Word, hand it out and ask for it back."""
    return _index_page(seat, WordForm(formdata=None))


@bp.get("/draft.docx")
@may(ACTION)
def draft(seat: Seat) -> ResponseReturnValue:
    """Hand out the draft as it stands now, its messages marked so that they are recognised."""
    if not reports.sees_drafts(seat):
        abort(404)
    paper = publishing.freeze_draft(seat.review, seat.person.name if seat.person else "")
    sights.shows(Thing.DRAFT, downloaded=True)
    answer = Response(word.document(paper), mimetype=word.MIME)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{seat.review.ref}-draft.docx")
    return answer


@bp.post("")
@commits
@may(ACTION)
@takes_files
def upload(seat: Seat) -> ResponseReturnValue:
    """Read a file that comes back and show what it changes; nothing of it is kept."""
    form = WordForm()
    if not form.validate():
        return _index_page(seat, form), 422
    try:
        found = word_edits.read(form.file.data.read(), most=MOST_BYTES)
        # Reading took a while and ended the transaction: what was allowed before may not be so any more.
        seat = gate.again(seat)
        comparison = word_edits.compare(found, seat)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _index_page(gate.again(seat), form), 422
    chosen = {line.key for line in comparison.of(State.CHANGED)}
    return _compared_page(seat, comparison, chosen)


@bp.post("/take")
@commits
@may(ACTION)
def take(seat: Seat) -> ResponseReturnValue:
    """Take the chosen texts over, all or none."""
    edits, chosen = edits_of(request.form), set(request.form.getlist("take"))
    wanted = [one for one in edits if one.key in chosen]
    if not wanted:
        problem = Problem(_("Choose at least one message."), FIRST)
        return _compared_page(seat, word_edits.compare_again(edits, seat), chosen, problem=problem), 422
    try:
        count = word_edits.take(wanted, seat)
    except Overtaken as late:
        again = word_edits.compare_again(edits, seat)
        return _compared_page(seat, again, chosen - set(late.keys), is_late=True), 409
    except Unacceptable as trouble:
        again = word_edits.compare_again(edits, seat)
        keys = [line.key for line in again.lines if line.can_be_taken]
        problem = problem_of(trouble.field, _(trouble.sentence) % dict(trouble.values), keys)
        return _compared_page(seat, again, chosen, problem=problem), 422
    flash(ngettext("%(num)s message taken over from the file.", "%(num)s messages taken over from the file.", count))
    return redirect(url_for("messages.index", ref=seat.review.ref), 303)


def _index_page(seat: Seat, form: WordForm) -> str:
    return show("word/index.html", seat, form=form, verdict=seat.may(ACTION), problems=form.problems())


def _compared_page(
    seat: Seat,
    comparison: Comparison,
    chosen: set[str],
    *,
    problem: Problem | None = None,
    is_late: bool = False,
) -> str:
    lines = [line for line in comparison.lines if line.can_be_taken]
    return show(
        "word/compared.html",
        seat,
        form=TakeForm(),
        lines=lines[:MOST_AT_ONCE],
        more=max(0, len(lines) - MOST_AT_ONCE),
        same=comparison.of(State.SAME),
        missing=comparison.of(State.MISSING),
        gone=comparison.of(State.GONE),
        content=comparison.content[:12],
        chosen=chosen,
        problem=problem,
        problems=[problem] if problem else [],
        is_late=is_late,
        labels=LABELS,
        words_of=words_of,
    )
