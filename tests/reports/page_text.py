"""Reads the headings, the lines and the chapters of a page."""

import re
from html.parser import HTMLParser

from review_app.reports.page import body


def headings(html):
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", html)


def lines(html):
    """The text of a page, one piece after another."""
    return [piece.strip() for piece in re.split(r"<[^>]+>", html) if piece.strip()]


class _Chapters(HTMLParser):
    """The texts of a page by chapter: all that stands between one h2 and the next."""

    def __init__(self):
        super().__init__()
        self.found, self._in_heading = [["", ""]], False

    def handle_starttag(self, tag, attributes):
        if tag == "h2" or ("class", "report-above") in attributes:
            self.found.append(["", ""])
            self._in_heading = tag == "h2"

    def handle_endtag(self, tag):
        if tag not in ("a", "b"):
            self.handle_data(" ")
        if tag == "h2":
            self._in_heading = False

    def handle_data(self, data):
        self.found[-1][0 if self._in_heading else 1] += data


def chapters(report):
    """The texts of the chapters of a report, by their headings, blanks made single."""
    reader = _Chapters()
    reader.feed(str(body(report)))
    return {_plain(title): _plain(text) for title, text in reader.found}


def _plain(text):
    return " ".join(text.split())
