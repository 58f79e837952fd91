"""Publication: the confirmation before it, and afterwards corrections and more readers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level
from review_app.queries import reports
from review_app.queries.seats import Seat
from review_app.services import publishing
from review_app.services.publishing import CORRECT, PUBLISH, RAISE
from review_app.services.report_texts import EDIT
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.publishing import (
    LEVELS,
    ErratumForm,
    FundingForm,
    PublishForm,
    level_form,
    publish_form,
)
from review_app.web.gate import commits, may
from review_app.web.showing import show

bp = Blueprint("publishing", __name__, url_prefix="/reviews/<ref>/publish")


@bp.get("")
@may(PUBLISH, to_look=True)
def confirm(seat: Seat) -> ResponseReturnValue:
    """Ask for level, embargo and confirmation before the report is published."""
    return _confirm_page(seat, publish_form(seat))


@bp.post("")
@commits
@may(PUBLISH)
def publish(seat: Seat) -> ResponseReturnValue:
    """Freeze and publish the report."""
    form = publish_form(seat)
    if not form.validate():
        return _confirm_page(seat, form), 422
    try:
        publishing.publish(form.release(seat.review.timezone), seat)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _confirm_page(seat, form), 422
    flash(_("The report is published."))
    return redirect(_report(seat), 303)


@bp.post("/funding")
@commits
@may(EDIT)
def fund(seat: Seat) -> ResponseReturnValue:
    """Write the funding line, without which nothing is published."""
    form = FundingForm()
    if not form.validate():
        return show("publishing/funding.html", seat, form=form, problems=form.problems()), 422
    publishing.fund(form.funding.data or "", seat)
    flash(_("The funding line is saved."))
    return redirect(url_for(".confirm" if seat.has_row(PUBLISH) else "reports.preview", ref=seat.review.ref), 303)


@bp.get("/erratum")
@may(CORRECT)
def erratum_page(seat: Seat) -> ResponseReturnValue:
    """Ask what was wrong in the published report."""
    return _form_page("publishing/erratum.html", seat, ErratumForm(formdata=None))


@bp.post("/erratum")
@commits
@may(CORRECT)
def erratum(seat: Seat) -> ResponseReturnValue:
    """Issue the report anew with a line that corrects it."""
    form = ErratumForm()
    if not form.validate():
        return _form_page("publishing/erratum.html", seat, form), 422
    report = publishing.correct(form.erratum.data or "", seat)
    flash(_("Edition %(number)s is issued; the earlier one stays as it was.", number=report.number))
    return redirect(_report(seat), 303)


@bp.get("/level")
@may(RAISE)
def level_page(seat: Seat) -> ResponseReturnValue:
    """Ask who else may read the report."""
    return _form_page("publishing/level.html", seat, level_form(publishing.higher(seat.review.level)))


@bp.post("/level")
@commits
@may(RAISE)
def raise_level(seat: Seat) -> ResponseReturnValue:
    """Open the report to more readers."""
    form = level_form(publishing.higher(seat.review.level))
    if not form.validate():
        return _form_page("publishing/level.html", seat, form), 422
    publishing.raise_level(Level(form.level.data), seat)
    flash(_("The report is open to more readers."))
    return redirect(_report(seat), 303)


def _report(seat: Seat) -> str:
    return url_for("reports.preview", ref=seat.review.ref)


def _form_page(template: str, seat: Seat, form: PageForm) -> str:
    level, more = seat.review.level, publishing.higher(seat.review.level)
    numbers = [report.number for report in reports.numbered(seat.review)]
    return show(
        template,
        seat,
        form=form,
        level=LEVELS[level] if level else "",
        more=more,
        numbers=numbers,
        problems=form.problems(),
    )


def _confirm_page(seat: Seat, form: PublishForm) -> str:
    funding = None if seat.facts.funding_stated or is_sent() else FundingForm(formdata=None)
    return show(
        "publishing/confirm.html",
        seat,
        form=form,
        verdict=seat.may(PUBLISH),
        funding=funding if seat.may(EDIT) else None,
        problems=form.problems(),
    )
