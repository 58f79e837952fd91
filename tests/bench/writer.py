"""A writer of P7: saves its own item as the page does while somebody types, and every fourth time one that two share.

Every headline is told once only and every explanation names the headline that its writer saw before, so the history
of an item shows whether a save was lost or went over one that its writer had not seen.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.bench.visitor import COOKIE, cookie_in, headline_in, hidden_in

SHARED_EVERY = 4
PATIENCE = 30
ANSWERS = {"kind": "lesson", "question": "1", "attribution": "city", "use": "report", "language": "en"}
SAVED, AUTOSAVED, OVERTAKEN = 303, 200, 409


@dataclass
class Tally:
    """What one writer met: the headlines it was told are saved, by item, and how often a save failed or came late."""

    accepted: list[tuple[str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    overtaken: int = 0


@dataclass
class Open:
    """A form that stands open: its hidden fields and the headline it shows."""

    hidden: dict[str, str]
    headline: str


class Writer(threading.Thread):
    """One person at one browser, until the time is over."""

    def __init__(self, name, port, *, cookie, own, shared, until):
        super().__init__(daemon=True)
        self.name, self.cookie, self.own, self.shared, self.until = name, cookie, own, shared, until
        self.door = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.form = None
        self.tally = Tally()

    def run(self):
        """Save again and again."""
        number = 0
        while time.monotonic() < self.until:
            number += 1
            try:
                self.save(number)
            except (OSError, HTTPException, ValueError) as trouble:
                self.tally.failures.append(f"{type(trouble).__name__} {trouble}")
                self.form = None
                self.door.close()
        self.door.close()

    def lasting(self):
        """Return what must still be found: all that was saved by the button, and the last that was saved by itself."""
        own = [one for one in self.tally.accepted if one[0] == self.own]
        return [one for one in self.tally.accepted if one[0] != self.own] + own[-1:]

    def save(self, number):
        """Save once."""
        if number % SHARED_EVERY == 0:
            self.save_shared(f"{self.name}-{number}")
        else:
            self.autosave(f"{self.name}-{number}")

    def autosave(self, headline):
        """Save the own item as the page does by itself: opened once, then from version to version."""
        self.form = self.form or self.open(self.own)
        status, content = self.send(self.own, self.form, headline, autosave=True)
        if status != AUTOSAVED:
            self.form = None
            self.tally.failures.append(f"autosave answered {status}")
            return
        self.tally.accepted.append((self.own, headline))
        version = str(json.loads(content)["version"])
        self.form = Open({**self.form.hidden, "version": version}, headline)

    def save_shared(self, headline):
        """Open the item of two, change it, and press the button; who comes second is told so and loses nothing."""
        status, _content = self.send(self.shared, self.open(self.shared), headline, autosave=False)
        if status == SAVED:
            self.tally.accepted.append((self.shared, headline))
        elif status == OVERTAKEN:
            self.tally.overtaken += 1
        else:
            self.tally.failures.append(f"save answered {status}")

    def open(self, path):
        """Open the form of an item."""
        status, content = self.ask("GET", path)
        if status != 200:
            raise ValueError(f"form answered {status}")
        page = content.decode()
        return Open(hidden_in(page), headline_in(page))

    def send(self, path, form, headline, *, autosave):
        """Send a form."""
        fields = {**ANSWERS, **form.hidden, "headline": headline, "explanation": form.headline}
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"X-Autosave": "1"} if autosave else {})
        return self.ask("POST", path, urlencode(fields), headers)

    def ask(self, method, path, body=None, headers=None):
        """Return the status and the content of an answer; the session cookie is kept as a browser keeps it."""
        self.door.request(method, path, body, {**(headers or {}), "Cookie": f"{COOKIE}={self.cookie}"})
        answer = self.door.getresponse()
        content = answer.read()
        self.cookie = cookie_in(answer.headers.get_all("Set-Cookie", ())) or self.cookie
        return answer.status, content
