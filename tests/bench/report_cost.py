"""P1: what our whole path to a PDF costs over bare WeasyPrint on the same page. The goal is CPU, not time."""

from functools import partial

from sqlalchemy import func, select

from review_app.extensions.database import db
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.reports import page
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf
from review_app.services import publishing
from tests.bench.bare import weasyprint
from tests.bench.figures import Finding, in_turn, ratio
from tests.bench.world import app_on

GOAL = 1.05
ROUNDS = 9
MAKER = "The benchmark"


def measure(world):
    """Print the longest report of the demonstration both ways."""
    app = app_on(world.copy("report-cost"))
    assets = pdf.Assets.read(Materials.of())
    folder = shelf_in(world.folder / "shelf", assets)
    with app.app_context():
        ref = longest_report().ref
        html = page.document(snapshot_of(ref))

    def ours():
        with app.app_context():
            snapshot = snapshot_of(ref)
            pdf.render(page.document(snapshot), assets, identifier=snapshot.sha256)

    costs = in_turn({"ours": lambda: ours, "bare": lambda: partial(weasyprint, html, folder)}, ROUNDS)
    seen = ratio(costs["ours"], costs["bare"])
    return Finding(f"{seen:.2f}", f"{GOAL:.2f}", seen <= GOAL)


def longest_report():
    """Return the review whose published report says most; inside an app context."""
    query = select(Review).join(Report, Report.review_id == Review.id).where(Report.number.is_not(None))
    return db.session.scalars(query.order_by(func.length(Report.snapshot).desc()).limit(1)).one()


def snapshot_of(ref):
    """Return the report as it would be printed now, from the database; inside an app context."""
    review = db.session.scalars(select(Review).where(Review.ref == ref)).one()
    return publishing.freeze_draft(review, MAKER)


def shelf_in(folder, assets):
    """Write styles and fonts into a folder, the very bytes that our own printing takes, fonts unpacked."""
    folder.mkdir(exist_ok=True)
    for address, (content, _kind) in assets.shelf.items():
        (folder / address.rsplit("/", 1)[-1]).write_bytes(content)
    return folder
