"""Somebody in a browser: goes, reads, fills, presses, and every page that is seen is audited on the way."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.audit import Auditor

QUIET = re.compile(r"Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_INTERNET)")
PATIENCE = 40_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    """One browser window on a site, in one of the ways; `findings` gathers what is wrong on the pages seen.

    While `trouble` is set the server is known to fail: the browser's complaints about that are no finding.
    """

    def __init__(self, browser, site, way):
        self.site, self.way = site, way
        self.findings = []
        self.status = None
        self._auditor = Auditor(browser, way)
        self.trouble = False
        self._browser = browser
        self._context = self._window()
        self.page = self.another_tab()

    # The window

    def _window(self, kept=None):
        window = self._browser.new_context(
            base_url=self.site.address,
            viewport={"width": self.way.width, "height": self.way.height},
            java_script_enabled=self.way.scripts,
            locale="en-GB",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
            storage_state=kept,
        )
        window.set_default_timeout(PATIENCE)
        return window

    def come_back(self):
        """Close the browser and open it again: what it keeps on the device is still there, nothing else."""
        kept = self._context.storage_state()
        self._context.close()
        self._context = self._window(kept)
        self.page = self.another_tab()

    def another_tab(self):
        """Open a tab beside the first, watched as well; `visitor.page` is the one in hand."""
        page = self._context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._blame(f"a script broke: {error}"))
        page.on("request", self._see_request)
        page.on("requestfailed", self._see_failure)
        page.on("response", self._see_response)
        return page

    def enter_as(self, who):
        """Sign in by a row in the storage, without the form."""
        cookie = {"name": "session", "value": self.site.cookie_for(who), "url": self.site.address}
        self._context.add_cookies([cookie])

    def offline(self, away):
        """Take the network away, or give it back."""
        self._context.set_offline(away)

    def close(self):
        """Leave."""
        self._auditor.close()
        self._context.close()

    # Going and reading

    def go(self, path):
        """Open an address."""
        self.page.goto(path)

    def sees(self, heading, status=200):
        """Be on a page with this title that was answered so, and audit it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert self.status == status, self.page.url
        for finding in self._auditor.focus_findings(self.page):
            self._blame(finding)
        self.audit()

    def audit(self, state=""):
        """Look at the page as it stands now."""
        for finding in self._auditor.findings(self.page):
            self._blame(f"{state} {finding}")

    def reads(self, text):
        """Find a text on the page, drawn."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def told(self):
        """Return what the page says happened."""
        return " ".join(self.page.locator(".app-flash").inner_text().split())

    def errors(self):
        """Return the lines of the error summary."""
        return [line.strip() for line in self.page.locator(".govuk-error-summary__list li").all_inner_texts()]

    def value_of(self, label):
        """Return what stands in a field."""
        return self.field(label).input_value()

    # Doing

    def field(self, label):
        """Find a field by its label."""
        return self.page.get_by_label(label, exact=True).and_(self.page.locator("input, select, textarea"))

    def fill(self, label, text):
        """Write into a field."""
        self.field(label).fill(text)

    def fill_day(self, question, day):
        """Write a day into its three fields."""
        group = self.page.get_by_role("group", name=question, exact=True)
        for label, number in zip(("Day", "Month", "Year"), (day.day, day.month, day.year), strict=True):
            group.get_by_label(label, exact=True).fill(str(number))

    def choose(self, question, answer):
        """Choose an answer, or tick a box."""
        group = self.page.get_by_role("group", name=question, exact=True)
        group.get_by_label(answer, exact=True).check()

    def pick(self, label, option):
        """Pick from a list."""
        self.field(label).select_option(label=option)

    def press(self, name, within=None):
        """Press a button that sends a form, or a link drawn as one, and be on the page that follows."""
        with self.page.expect_navigation(wait_until="load"):
            (within or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name, within=None):
        """Follow a link to another page."""
        with self.page.expect_navigation(wait_until="load"):
            (within or self.page).get_by_role("link", name=name, exact=True).first.click()

    def save(self, name):
        """Press a link that hands out a file, and return the file."""
        link = self.page.get_by_role("link", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        )
        with self.page.expect_download() as waiting:
            link.first.click()
        return waiting.value.path().read_bytes()

    # What must not happen on any page

    def _blame(self, finding):
        line = f"[{self.way}] {urlsplit(self.page.url).path}: {finding}"
        if line not in self.findings:
            self.findings.append(line)

    def _hear(self, message):
        if message.type in ("error", "warning") and not QUIET.match(message.text) and not self.trouble:
            self._blame(f"the console says: {message.text[:300]}")

    def _see_request(self, request):
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self._blame(f"a request to another host: {request.url}")

    def _see_failure(self, request):
        # The browser itself gives up a picture when its page is left, and a page that turns out to be a file;
        # what the server refuses or breaks arrives under another name, or in _see_response.
        given_up = request.failure == "net::ERR_ABORTED"
        if not given_up and "INTERNET_DISCONNECTED" not in (request.failure or "") and not self.trouble:
            self._blame(f"a request failed: {request.url} {request.failure}")

    def _see_response(self, response):
        if response.request.is_navigation_request():
            self.status = response.status
        elif response.status >= 400 and response.request.resource_type != "fetch" and not self.trouble:
            self._blame(f"a request failed: {response.url} {response.status}")
