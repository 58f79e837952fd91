"""Somebody at the door: calls the application as a server would, keeps the session cookie, reads forms."""

import re
from dataclasses import dataclass
from html import unescape

from werkzeug.test import EnvironBuilder

COOKIE = "session"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
HEADLINE = re.compile(r'<textarea[^>]* name="headline"[^>]*>([^<]*)</textarea>')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes

    @property
    def cookie(self):
        """The session cookie it sets, or nothing."""
        return cookie_in(value for name, value in self.headers if name == "Set-Cookie")


class Visitor:
    """One browser."""

    def __init__(self, app, cookie=""):
        self.app, self.cookie = app, cookie

    def get(self, path):
        """Open a page."""
        answer = call(self.app, environ(path, self.cookie))
        self.cookie = answer.cookie or self.cookie
        return answer


def environ(path, cookie="", fields=None):
    """Return a request as a server hands it over; with fields it is a form that was sent."""
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    method = "GET" if fields is None else "POST"
    builder = EnvironBuilder(path, method=method, data=fields, headers=headers, base_url="http://localhost")
    return builder.get_environ()


def call(app, request):
    """Put a request to the application and read the whole answer."""
    begun = []

    def start(status, headers, _trouble=None):
        begun[:] = [int(status[:3]), headers]

    body = app.wsgi_app(request, start)
    try:
        content = b"".join(body)
    finally:
        getattr(body, "close", lambda: None)()
    return Answer(*begun, content)


def cookie_in(lines):
    """Return the session cookie that these Set-Cookie lines set, or nothing."""
    found = [line.split(";")[0].removeprefix(f"{COOKIE}=") for line in lines if line.startswith(f"{COOKIE}=")]
    return found[-1] if found else ""


def hidden_in(page):
    """Return the hidden fields of the form on a page: token, nonce, version, kind."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def headline_in(page):
    """Return the headline that the form of an item shows."""
    found = HEADLINE.search(page)
    return unescape(found[1]).strip() if found else ""
