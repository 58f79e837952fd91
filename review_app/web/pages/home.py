"""The start: what waits for me; for everybody else the published reviews. And the pages that say how things are."""

from typing import NamedTuple

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from review_app.config import Settings
from review_app.domain.network_rights import allows
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.queries import desk, next_steps, reviews
from review_app.queries import readiness as readying
from review_app.queries.readiness import State
from review_app.queries.reviews import Wanted
from review_app.web import notice, sessions, telling
from review_app.web.gate import network_roles, public

bp = Blueprint("home", __name__)
LATEST = 6


class StageCount(NamedTuple):
    """How many reviews stand at a stage."""

    stage: str
    label: str
    number: int


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show what waits for the signed-in person, or what is published."""
    person = sessions.the_person()
    if person is None:
        latest = reviews.listed(None, Wanted(), size=LATEST)
        return render_template("home/front.html", found=latest)
    steps = next_steps.steps_of(person)
    hosts = reviews.hosts_of([step.seat.review.id for step in steps])
    told = [telling.told(step, telling.names(hosts[step.seat.review.id])) for step in steps]
    mine = [one for one in told if not one.is_waiting]
    others = [one for one in told if one.is_waiting]
    return render_template("home/index.html", mine=mine, others=others, counts=_counts(person))


def _counts(person: Person) -> list[StageCount]:
    """Return how many reviews stand at each stage, for those who have a desk."""
    if not allows("see the desk", network_roles(person)):
        return []
    counts, labels = desk.stage_counts(person), reviews.stage_labels()
    return [StageCount(stage, label, counts[stage]) for stage, label in labels.items() if stage in counts]


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Answer 200 once the database answers."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readiness() -> ResponseReturnValue:
    """Tell which part waits: 503 when nothing can be saved, 200 when only letters, reports or the brand are."""
    settings: Settings = current_app.config["SETTINGS"]
    parts = readying.parts(settings.data_dir)
    is_ready = parts["storage"] is State.OK
    return jsonify(status="ready" if is_ready else "not ready", **parts), 200 if is_ready else 503


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say how accessible the product is and whom to tell what is not."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept of a person, why, how long, and who sees it: as the register says."""
    settings = current_app.config["SETTINGS"]
    cookie = current_app.config["SESSION_COOKIE_NAME"]
    return render_template("home/privacy.html", lines=notice.told(settings), cookie=cookie)


@bp.get("/how-it-works")
@public
def guide() -> ResponseReturnValue:
    """Say how a review goes, in one page."""
    return render_template("home/guide.html")
