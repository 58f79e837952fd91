"""Reads docs/acceptance.json and the forms of a page, for the tests that hold the one to the other."""

import json
import re
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


def filled(path, entry):
    """Return an address of the contract for the review that an entry names."""
    return path.format(ref=entry.get("review", ""), key="{key}", **entry.get("values", {}))


def plain(fields):
    """Return field names with every row number as {n}."""
    return {re.sub(r"-\d+-", "-{n}-", name) for name in fields}


def posting_to(html, path, page):
    """Return the forms of a page that post to an address of the contract."""
    pattern = re.compile("^" + re.sub(r"\\\{\w+\\\}", "[A-Za-z0-9_-]+", re.escape(path)) + "$")
    return [form for form in forms_of(html) if pattern.match(form["action"].split("?")[0] or page)]


ACCOUNTS = {account["role"]: account for account in read()["accounts"]}
LATER = {"send the return", "message", "publish", "raise the level", "answer a comment", "cancel a print"}
"""Forms that stand on their pages only once something else was done."""
