"""Reads the headings and the lines of a page."""

import re


def headings(html):
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", html)


def lines(html):
    """The text of a page, one piece after another."""
    return [piece.strip() for piece in re.split(r"<[^>]+>", html) if piece.strip()]
