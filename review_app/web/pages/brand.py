"""The colours of a report in the browser, as a stylesheet: they stand in its address, so it never changes."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from review_app.reports import brand_styles
from review_app.web.gate import public

bp = Blueprint("brand", __name__)


@bp.get("/brand.css")
@public
def styles() -> ResponseReturnValue:
    """Hand out the colours that `v` spells: five times six hexadecimal digits, and nothing else."""
    brand = brand_styles.brand_of(request.args.get("v", "")) or abort(404)
    return Response(brand_styles.shown(brand), mimetype="text/css")
