"""Reads docs/acceptance.json and the forms of a page, for the tests that hold the one to the other."""

import json
from html.parser import HTMLParser
from pathlib import Path

FIELDS = ("input", "select", "textarea", "button")
CONTRACT = Path(__file__).resolve().parents[2] / "docs" / "acceptance.json"


def read():
    """Return the contract as plain data."""
    return json.loads(CONTRACT.read_text(encoding="utf-8"))


class Forms(HTMLParser):
    """The forms of a page: action and field names of each, in order; radio buttons and rows count once."""

    def __init__(self):
        super().__init__()
        self.found, self._open = [], None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self._open = {"action": given.get("action", ""), "fields": []}
            self.found.append(self._open)
        elif self._open is not None and tag in FIELDS and given.get("name") not in (None, "", *self._open["fields"]):
            self._open["fields"].append(given["name"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def forms_of(html):
    """Return the forms of a page."""
    parser = Forms()
    parser.feed(html)
    return parser.found
