"""Every page that a link leads to, as each role finds it, on a telephone; the widest of them on a desk too."""

from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.browser.ways import DESK, PHONE

pytestmark = pytest.mark.browser

ANYBODY = None
WALKS = (
    (PHONE, "host coordinator"),
    (PHONE, "peer"),
    (PHONE, "rapporteur"),
    (PHONE, "secretariat"),
    (PHONE, ANYBODY),
    (DESK, "secretariat"),
    (DESK, ANYBODY),
)
FILES = (
    "reports.download",
    "papers.download",
    "synthesis_reports.download",
    "synthesis_drafts.download",
    "word.draft",
    "data.statements_csv",
    "data.statements_xlsx",
    "privacy.data",
    "attachments.download_practice",
    "attachments.download_return",
)
SAID_BY = {"practice.edit": "section", "feedback.add": "kind", "stages.act_page": "slug"}
"""Pages that differ by a part of their address; of all others one says it for all."""


@pytest.mark.parametrize(("way", "role"), WALKS, ids=lambda one: str(one or "anybody"))
def test_every_page_that_a_link_leads_to_passes_the_audit(visit_shared, shared_site, role, way):
    visitor = visit_shared(way, role)

    seen = _walk(visitor, shared_site)

    assert len(seen) >= 8


def _walk(visitor, site):
    """Follow links, one page of each kind and stage: the same page with another review says nothing new."""
    stage_of = {ref: stage for stage, ref in site.world.refs.items()}
    match = site.app.url_map.bind("localhost").match
    waiting, seen = ["/", "/reviews"], set()
    while waiting:
        path = waiting.pop(0)
        kind = _kind(match, path, stage_of)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        visitor.go(path)
        visitor.audit()
        waiting += visitor.page.eval_on_selector_all("a[href^='/']", "links => links.map(one => one.pathname)")
    return seen


def _kind(match, path, stage_of):
    try:
        endpoint, values = match(urlsplit(path).path)
    except HTTPException:
        return None
    if endpoint in FILES:
        return None
    stage = stage_of.get(values.get("ref"), "") if endpoint == "reviews.show" else ""
    return endpoint, stage, values.get(SAID_BY.get(endpoint, ""))
