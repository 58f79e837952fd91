"""A browser for the session, a running site for a test, visitors who audit every page they see."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.site import serving, working
from tests.browser.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; without one these tests are skipped, except in CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("Chromium is not installed: apt-get install chromium")
    if found is None:
        pytest.skip("Chromium is not installed, so nothing was tried in a browser (apt-get install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def site(template, world, tmp_path):
    """The product, served on a world of its own."""
    with serving(template, tmp_path / "data", world) as made:
        yield made


@pytest.fixture
def worker(site):
    """The background work of the site: letters leave, reports are printed."""
    with working(site):
        yield


@pytest.fixture(scope="module")
def shared_site(template, world, tmp_path_factory):
    """The product, served for the tests of a module that do not read what the others write."""
    with serving(template, tmp_path_factory.mktemp("shared") / "data", world) as made:
        yield made


def _visitors(chromium, site):
    made = []

    def visit(way, who=None):
        made.append(Visitor(chromium, site, way))
        if who:
            made[-1].enter_as(who)
        return made[-1]

    yield visit
    for visitor in made:
        visitor.close()
    findings = [line for visitor in made for line in visitor.findings]
    if findings:
        pytest.fail("\n".join(["the pages are not as they should be:", *dict.fromkeys(findings)]), pytrace=False)


@pytest.fixture
def visit(chromium, site):
    """Return a visitor in a way, signed in or not: `visit(PHONE, "peer")`. What is wrong on a page fails the test."""
    yield from _visitors(chromium, site)


@pytest.fixture
def visit_shared(chromium, shared_site):
    """As `visit`, on the site of the module."""
    yield from _visitors(chromium, shared_site)
