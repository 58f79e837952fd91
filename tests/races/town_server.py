"""The small invented town, served by the real server, and people who send their forms to it in the same moment."""

import re
import threading
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

from tests import feedback_world as town
from tests.bench.visitor import cookie_in
from tests.browser.site import serving

HIDDEN = re.compile(r'type="hidden" name="([\w-]+)" value="([^"]*)"')
AHEAD = "2099-05-20 16:00:00.000000"
PATIENCE = 60


class Town:
    """What the server needs to know of its world: who somebody is."""

    def person(self, name):
        """Return a row of a person by name."""
        return town.person(name)


@contextmanager
def served(folder):
    """Serve a copy of the town, its deadline far ahead, until the block ends."""
    (folder / "town").mkdir()
    town.app_in(folder / "town")
    with serving(folder / "town" / "reviews.sqlite", folder / "data", Town()) as site:
        site.ask("UPDATE review_deadline SET at = ?", AHEAD)
        yield site


class Somebody:
    """One person with a session of their own."""

    def __init__(self, site, name):
        self.port, self.cookie = site.port, site.cookie_for(name)

    def form(self, path):
        """Open a page and return the hidden fields of its forms; the last of a name counts."""
        _status, _location, text = self.ask("GET", path)
        return {name: unescape(value) for name, value in HIDDEN.findall(text)}

    def send(self, path, fields):
        """Send a form and return status and address of the answer."""
        return self.ask("POST", path, urlencode(fields, doseq=True))[:2]

    def ask(self, method, path, body=None):
        """Put one request on a connection of its own."""
        door = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"session={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            # The token of a form rests on the session that came with it.
            self.cookie = cookie_in(answer.headers.get_all("Set-Cookie", ())) or self.cookie
            return answer.status, answer.getheader("Location"), answer.read().decode()
        finally:
            door.close()


def at_once(*actions):
    """Do all of these in the same moment, each in a thread; return what they gave, in their order."""
    start, given = threading.Barrier(len(actions)), [None] * len(actions)

    def do(number, action):
        start.wait()
        given[number] = action()

    threads = [threading.Thread(target=do, args=pair, daemon=True) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return given
