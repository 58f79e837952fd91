"""What the cities have sent, as far as this person may read it: the material of the messages."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review_app.domain.visibility import Reach, Thing
from review_app.models.feedback import Return
from review_app.queries import returns
from review_app.queries.seats import Seat
from review_app.web import attached, sights
from review_app.web.attached import Shown
from review_app.web.cards import Card, card
from review_app.web.gate import sees
from review_app.web.showing import caption

bp = Blueprint("returns", __name__, url_prefix="/reviews/<ref>/returns")


@bp.get("")
@sees(Thing.RETURN)
def index(seat: Seat) -> ResponseReturnValue:
    """List the returns by city, each item at an anchor of its own."""
    found = returns.listed(seat, request.args.get("page", 1, type=int))
    reads_own = seat.sees(Thing.RETURN) is Reach.OWN
    if found.returns:
        sights.shows(sights.OWN_RETURN if reads_own else Thing.RETURN)
    files = attached.of_items([item for one in found.returns for item in one.items], seat)
    cards = {one.id: _cards(one, seat, files) for one in found.returns}
    return render_template(
        "returns/index.html",
        seat=seat,
        caption=caption(seat),
        found=found,
        cards=cards,
        silent=seat.facts.silent_cities,
        reads_all=seat.sees(Thing.RETURN) is Reach.ALL,
        reads_own=reads_own,
    )


def _cards(one: Return, seat: Seat, files: Mapping[int, Sequence[Shown]]) -> list[Card]:
    return [card(item, seat, one.organisation.name, files=files.get(item.id, ())) for item in one.items]
