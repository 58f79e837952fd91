"""P3: nobody waits for a PDF: the first byte of a finished one, and a fresh one beside headless Chromium."""

import time
from functools import partial
from statistics import median

from review_app.extensions.database import db
from review_app.models.publishing import Report
from review_app.queries import reports
from review_app.reports import page
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf, press
from review_app.services import renderings
from tests.bench.bare import browser, chromium
from tests.bench.figures import Finding, in_turn, ratio
from tests.bench.report_cost import longest_report, shelf_in
from tests.bench.visitor import environ
from tests.bench.world import addresses, app_on, cookie_for, person

BYTE_GOAL, PRINT_GOAL = 20, 1.0
ROUNDS, CLICKS = 5, 31


def measure(world):
    """Ask for a printed report, then print it anew beside Chromium."""
    data = world.copy("report-wait")
    app = app_on(data)
    with app.app_context():
        ref, snapshot = _printed(data / "reports")
        cookie = cookie_for(app, person(addresses()["secretariat"]))
    byte = _first_byte(app, f"/reviews/{ref}/report.pdf", cookie)
    goal = f"{BYTE_GOAL} ms, {PRINT_GOAL:.1f}"
    if browser() is None:
        return Finding(f"first byte {byte:.1f} ms, print not measured: no Chromium", goal, byte <= BYTE_GOAL)
    printing = _beside_chromium(snapshot, world.folder)
    holds = byte <= BYTE_GOAL and printing <= PRINT_GOAL
    return Finding(f"first byte {byte:.1f} ms, print {printing:.2f} of Chromium", goal, holds)


def _printed(folder):
    """Put the longest report on paper as the worker does; return its review's reference and its snapshot."""
    folder.mkdir()
    review = longest_report()
    report: Report = reports.published(review)
    snapshot = Snapshot.model_validate_json(report.snapshot)
    renderings.ask(report.digest)
    done = press.print_to(renderings.file_of(report.digest, folder), snapshot)
    renderings.finish(report.digest, done)
    ref = review.ref
    db.session.commit()
    return ref, snapshot


def _first_byte(app, path, cookie):
    """Return the milliseconds from a click to the first byte, the median of many."""
    waits = []
    for _click in range(CLICKS):
        request = environ(path, cookie)
        begun = []
        started = time.perf_counter()
        body = app.wsgi_app(request, lambda status, _headers, _trouble=None, begun=begun: begun.append(status))
        first = next(iter(body))
        waits.append(time.perf_counter() - started)
        body.close()
        if begun != ["200 OK"] or not first.startswith(b"%PDF"):
            raise RuntimeError(f"{path} answered {begun}")
    return median(waits) * 1000


def _beside_chromium(snapshot, folder):
    shelf = shelf_in(folder / "shelf", pdf.Assets.read(Materials.of()))
    paper = shelf / "page.html"
    paper.write_text(page.document(snapshot), encoding="utf-8")
    sides = {
        "ours": lambda: partial(press.print_to, folder / "ours.pdf", snapshot),
        "chromium": lambda: partial(chromium, paper, folder / "chromium.pdf"),
    }
    costs = in_turn(sides, ROUNDS, time.perf_counter)
    return ratio(costs["ours"], costs["chromium"])
