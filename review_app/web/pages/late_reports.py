"""A report that a review was published without: looked at as a draft, then issued."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.queries.seats import Seat
from review_app.reports import page
from review_app.reports.kinds.kind import Kind
from review_app.services import late_reports, papers
from review_app.services.publishing import CORRECT
from review_app.web import kinds_today
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, may
from review_app.web.showing import show

bp = Blueprint("late_reports", __name__, url_prefix="/reviews/<ref>/papers/<paper>/issue")


@bp.get("")
@may(CORRECT)
def confirm(seat: Seat, paper: str) -> ResponseReturnValue:
    """Show what would be issued, and say what that means."""
    kind = _missing(seat, paper)
    verdict = late_reports.can_be_made(seat.review)
    return show(
        "papers/issue.html",
        seat,
        paper=kind.name,
        name=kinds_today.titled(kind)[0],
        verdict=verdict,
        article=page.body(late_reports.draft_of(kind, seat)) if verdict else "",
        form=PageForm(formdata=None),
    )


@bp.post("")
@commits
@may(CORRECT)
def issue(seat: Seat, paper: str) -> ResponseReturnValue:
    """Freeze the report and ask for its print; whoever comes second is led to what the first one issued."""
    if papers.find_kind(paper, seat):
        return redirect(url_for("papers.read", ref=seat.review.ref, paper=paper), 303)
    kind = _missing(seat, paper)
    report = late_reports.issue(kind, seat)
    flash(_("%(name)s: no. %(number)s is issued.", name=kinds_today.titled(kind)[0], number=report.number))
    return redirect(url_for("papers.read", ref=seat.review.ref, paper=kind.name), 303)


def _missing(seat: Seat, name: str) -> Kind[Any]:
    found = late_reports.missing(seat, kinds_today.of_method(seat))
    return next((kind for kind in found if kind.name == name), None) or abort(404)
