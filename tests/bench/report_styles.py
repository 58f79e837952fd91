"""P2: the CPU of our stylesheet beside a usual one, on the same texts, tags on; the page beside it is our own."""

from functools import partial
from io import BytesIO

import pikepdf

from review_app.reports import page
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf
from tests.bench import contents_pages, long_report
from tests.bench.bare import weasyprint
from tests.bench.figures import Finding, in_turn, ratio
from tests.bench.report_cost import shelf_in

LONG_GOAL, SHORT_GOAL = 0.85, 0.6
MESSAGES, FEW, ROUNDS = 60, 12, 5


def measure(world):
    """Print a long and a short report both ways; the long one counts a page, the short one as a whole."""
    assets = pdf.Assets.read(Materials.of())
    folder = shelf_in(world.folder / "shelf", assets)
    (folder / "shaped.css").write_text(contents_pages.SHAPED, encoding="utf-8")
    long, pages = _compared(long_report.snapshot(MESSAGES, texts=long_report.FULL), assets, folder)
    short, _pages = _compared(long_report.snapshot(FEW, texts=long_report.FULL), assets, folder)
    a_page = long * pages
    holds = a_page <= LONG_GOAL and short <= SHORT_GOAL
    note = f"the same texts fill {pages:.2f} as many pages of the other; as a whole ours takes {long:.2f}"
    return Finding(f"{a_page:.2f} a page, short {short:.2f}", f"{LONG_GOAL:.2f}, {SHORT_GOAL:.2f}", holds, (note,))


def _compared(snapshot, assets, folder):
    """Return our CPU over the other's, and the other's pages over ours."""
    html = contents_pages.page(snapshot)
    ours = partial(_ours, snapshot, assets)
    costs = in_turn({"ours": lambda: ours, "other": lambda: partial(weasyprint, html, folder)}, ROUNDS)
    return ratio(costs["ours"], costs["other"]), page_count(weasyprint(html, folder)) / ours().pages


def page_count(content):
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


def _ours(snapshot, assets):
    return pdf.render(page.document(snapshot), assets, identifier=snapshot.sha256)
