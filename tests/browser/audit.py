"""The audit of one page in one state: axe, the structure, small screens. It says what is wrong, and judges nothing."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.browser.ways import SMALLEST

STRUCTURE = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
AXE = Axe()


class Auditor:
    """Looks at the pages of one visitor; where no script may run, a twin of the page is asked in its place."""

    def __init__(self, browser, way):
        self.way = way
        self._browser = browser
        self._twin = None

    def findings(self, page):
        """Return what is wrong with a page as it stands, a line each."""
        found = page.evaluate(STRUCTURE, self.way.is_narrow)
        if self.way.is_narrow:
            found += self._at_smallest(page)
        return found + _axe(page if self.way.scripts else self._twin_of(page))

    def focus_findings(self, page):
        """Return what is wrong with the focus on a page that has just been opened."""
        if not self.way.scripts or not page.locator(".govuk-error-summary").count():
            return []
        on = page.evaluate("document.activeElement.className")
        return [] if "govuk-error-summary" in on else [f"the focus is on the summary: it is on “{on}”"]

    def close(self):
        """Close the twin."""
        if self._twin:
            self._twin.context.close()

    def _at_smallest(self, page):
        """400 % of zoom on a desk is a window of 320 px (WCAG 1.4.10)."""
        page.set_viewport_size({"width": SMALLEST, "height": self.way.height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": self.way.width, "height": self.way.height})
        return [f"nothing scrolls sideways at {SMALLEST} px: {wide} px"] if wide > SMALLEST else []

    def _twin_of(self, page):
        if self._twin is None:
            size = {"width": self.way.width, "height": self.way.height}
            self._twin = self._browser.new_context(viewport=size, reduced_motion="reduce").new_page()
        html = SCRIPTS.sub("", page.content())
        self._twin.unroute_all()
        self._twin.route(page.url.split("#")[0], lambda route: route.fulfill(body=html, content_type="text/html"))
        self._twin.goto(page.url)
        return self._twin


def _axe(page):
    answer = AXE.run(page).response
    return [_told(rule["id"], node) for rule in answer["violations"] for node in rule["nodes"]]


def _told(rule, node):
    said = " ".join(one["message"] for one in (*node["any"], *node["all"], *node["none"]))
    return f"axe, {rule}: {node['html'][:150]} {said[:200]}"
