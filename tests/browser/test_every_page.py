"""Every page that a link leads to, as each role finds it, on a desk and on a telephone."""

from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.browser.ways import DESK, PHONE

pytestmark = pytest.mark.browser

ROLES = ("host coordinator", "peer", "rapporteur", "secretariat", None)
FILES = ("reports.download",)


@pytest.mark.parametrize("way", [DESK, PHONE], ids=str)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: (role or "anybody").replace(" ", "-"))
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
    ref = values.pop("ref", "")
    told = sorted(name for name in values if name not in ("key", "slug"))
    return endpoint, stage_of.get(ref, bool(ref)) if endpoint == "reviews.show" else "", *(values[name] for name in told)
