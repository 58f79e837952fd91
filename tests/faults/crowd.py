"""The hour before a deadline: people who read, who write texts that save themselves, and who download."""

import json
import random
import secrets
import threading
import time
from dataclasses import dataclass
from http.client import HTTPException

from tests.bench.visitor import hidden_in
from tests.faults.posting import Poster

STALE = 45


@dataclass(frozen=True)
class Moment:
    """One request: when it began, on the clock of the wall, how long it took, and what came back (0: nothing)."""

    at: float
    seconds: float
    what: str
    status: int


class Visitor(Poster):
    """One person at one browser, at their own pace until the time is over."""

    def __init__(self, name, site, *, cookie, review, pace, until):
        super().__init__(name, site, cookie=cookie, review=review, stop=threading.Event())
        self.pace, self.until, self.moments = pace, until, []

    def run(self):
        """Begin at a moment of chance, then act again and again."""
        time.sleep(random.Random(self.name).random() * self.pace)
        while time.time() < self.until:
            begun = time.time()
            self.act()
            time.sleep(max(0.0, min(begun + self.pace, self.until) - time.time()))
        self.door.close()

    def act(self):
        """Do what this person does."""
        raise NotImplementedError

    def timed(self, what, method, path, body=None, headers=None):
        """Make a request, remember it, and return what came back."""
        begun, clock = time.time(), time.monotonic()
        if self.moments and begun - self.moments[-1].at > STALE:
            # The server has closed it meanwhile, and a browser would open a new one by itself.
            self.door.close()
        try:
            status, content = self.ask(method, path, body, headers)
        except (OSError, HTTPException):
            self.door.close()
            status, content = 0, b""
        self.moments.append(Moment(begun, time.monotonic() - clock, what, status))
        return status, content


class Reader(Visitor):
    """Looks at one page after another."""

    def act(self):
        """Look at the next page."""
        pages = ("/", self.folder, self.folder.removesuffix("/feedback"), f"{self.folder}/add/lesson")
        self.timed("page", "GET", pages[len(self.moments) % len(pages)])


class Downloader(Visitor):
    """Downloads a report."""

    def __init__(self, *arguments, report, **named):
        super().__init__(*arguments, **named)
        self.report = report

    def act(self):
        """Download it."""
        self.timed("download", "GET", self.report)


class Author(Visitor):
    """Writes one item that saves itself, from version to version."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.path = f"{self.folder}/items/{secrets.token_urlsafe(16)}"
        self.version, self.saved = "", []

    def act(self):
        """Save what was typed since."""
        if not self.token:
            status, content = self.timed("page", "GET", f"{self.folder}/add/lesson")
            self.token = hidden_in(content.decode()).get("csrf_token", "") if status == 200 else ""
            return
        headline = f"{self.name}-{len(self.moments)}"
        fields = self.form(headline)[1] | {"version": self.version}
        status, content = self.timed("save", "POST", self.path, self.encoded(fields), self.headers(autosave=True))
        if status == 200:
            self.version = str(json.loads(content)["version"])
            self.saved.append(headline)
