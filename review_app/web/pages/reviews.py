"""Reviews: the list a person may see, and the page of one."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from review_app.domain.visibility import Thing
from review_app.queries.seats import Seat
from review_app.web.gate import public, sees

bp = Blueprint("reviews", __name__, url_prefix="/reviews")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """List the reviews this person may see."""
    return render_template("reviews/index.html")


@bp.get("/<ref>")
@sees(Thing.REVIEW)
def show(seat: Seat) -> ResponseReturnValue:
    """Show one review: next step, stages, figures."""
    return render_template("reviews/show.html", seat=seat)
