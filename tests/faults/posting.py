"""People who send numbered texts without end, remember what they were told is saved, and send again what was not."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.bench.visitor import cookie_in, hidden_in

ANSWERS = {"kind": "lesson", "question": "1", "attribution": "city", "use": "report", "language": "en"}
BUSY = 503
PAUSE = 0.05


@dataclass
class Told:
    """What the people were told."""

    saved: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Poster(threading.Thread):
    """One person: every text is a new item under its own key and nonce; every second one saves itself while typed.

    When no answer comes, or "not saved", the same form is sent again, as somebody who presses the button again does.
    """

    def __init__(self, name, site, *, cookie, review, stop):
        super().__init__(daemon=True)
        self.name, self.site, self.cookie, self.stop = name, site, cookie, stop
        self.folder = f"/reviews/{review}/feedback"
        self.door = HTTPConnection("127.0.0.1", site.port, timeout=20)
        self.token, self.told = "", Told()

    def run(self):
        """Send one text after another until told to stop."""
        number = 0
        while not self.stop.is_set():
            number += 1
            self.insist(f"{self.name}-{number}", autosave=number % 2 == 0)
        self.door.close()

    def insist(self, text, *, autosave):
        """Send a text until it is saved, or the time is over."""
        path, fields = self.form(text)
        self.told.begun.append(text)
        while not self.stop.is_set():
            status = self.send(path, fields, autosave=autosave)
            if status in (200, 303):
                self.told.saved.append(text)
                return
            if status not in (0, BUSY):
                self.told.refused.append(f"{text}: {status}")
                return
            time.sleep(PAUSE)

    def form(self, text):
        """Return the address and the fields of a new item."""
        fields = ANSWERS | {"headline": text, "explanation": f"Why {text}", "nonce": secrets.token_urlsafe(16)}
        return f"{self.folder}/items/{secrets.token_urlsafe(16)}", fields

    def send(self, path, fields, *, autosave):
        """Send a form; 0 when no whole answer came."""
        try:
            self.token = self.token or self.opened()
            status, content = self.ask("POST", path, self.encoded(fields), self.headers(autosave=autosave))
            return status if not autosave or status != 200 or json.loads(content)["version"] else 0
        except (OSError, HTTPException, ValueError):
            self.door.close()
            return 0

    def encoded(self, fields):
        """Return a form as a browser sends it."""
        return urlencode(fields | {"csrf_token": self.token})

    def headers(self, *, autosave):
        """Return the headers of a form that was sent, or that saves itself."""
        return {"Content-Type": "application/x-www-form-urlencoded"} | ({"X-Autosave": "1"} if autosave else {})

    def opened(self):
        """Open a form and return its token."""
        status, content = self.ask("GET", f"{self.folder}/add/lesson")
        if status != 200:
            raise ValueError(f"the form answered {status}")
        return hidden_in(content.decode())["csrf_token"]

    def ask(self, method, path, body=None, headers=None):
        """Return the status and the content of an answer; the session cookie is kept as a browser keeps it."""
        self.door.request(method, path, body, {**(headers or {}), "Cookie": f"session={self.cookie}"})
        answer = self.door.getresponse()
        content = answer.read()
        self.cookie = cookie_in(answer.headers.get_all("Set-Cookie", ())) or self.cookie
        return answer.status, content


class Posting:
    """Several people at once, until the block ends."""

    def __init__(self, site, world, *, people=6):
        self.stop = threading.Event()
        with site.arranged():
            cookies = [site.cookie_for(world.person("peer")) for _one in range(people)]
        self.posters = [
            Poster(f"p{number}", site, cookie=cookie, review=world["feedback"], stop=self.stop)
            for number, cookie in enumerate(cookies)
        ]

    def __enter__(self):
        for one in self.posters:
            one.start()
        return self

    def __exit__(self, *_trouble):
        self.stop.set()
        for one in self.posters:
            one.join(30)

    def wait_for_more(self, number):
        """Wait until so many more texts were told to be saved."""
        until, aim = time.monotonic() + 60, len(self.saved) + number
        while len(self.saved) < aim:
            assert time.monotonic() < until, "nothing is saved any more"
            time.sleep(0.01)

    @property
    def saved(self):
        """The texts that somebody was told are saved."""
        return [text for one in self.posters for text in list(one.told.saved)]

    @property
    def refused(self):
        """The texts that were refused by anything but "not saved just now"."""
        return [text for one in self.posters for text in one.told.refused]


@dataclass(frozen=True)
class Found:
    """What the database holds of the texts."""

    lost: list[str]
    twice: list[str]


def compare(saved, rows):
    """Compare what was told to be saved with what the table holds; `rows` are (headline, explanation, versions)."""
    texts = [headline for headline, _explanation, _versions in rows]
    whole = {headline for headline, explanation, _versions in rows if explanation == f"Why {headline}"}
    lost = sorted(set(saved) - whole)
    twice = sorted({text for text in texts if texts.count(text) > 1} | {row[0] for row in rows if row[2] != 1})
    return Found(lost, twice)


KEPT = (
    "SELECT headline, explanation, (SELECT count(*) FROM revision WHERE thing = 'feedback_item' AND thing_id = item.id)"
    " FROM feedback_item AS item WHERE headline GLOB 'p[0-9]*-[0-9]*'"
)
