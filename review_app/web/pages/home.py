"""The start: what waits for me; for everybody else the published reviews. And the pages that say how things are."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from review_app.extensions.database import db
from review_app.web.gate import public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show what waits for the signed-in person, or what is published."""
    return render_template("home/index.html")


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Answer 200 once the database answers."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say how accessible the product is and whom to tell what is not."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept of a person, why, and who sees it."""
    return render_template("home/privacy.html")


@bp.get("/how-it-works")
@public
def guide() -> ResponseReturnValue:
    """Say how a review goes, in one page."""
    return render_template("home/guide.html")
