"""The real product on a copy of the world: server and worker in processes of their own, and the hand behind them."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from functools import cached_property
from http.client import HTTPConnection

from review_app.config import ROOT, Settings
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.services import sessions

DATABASE = "reviews.sqlite"
SECRET = "a key for one run of the browser tests, and no other"
PATIENCE = 60
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "BUILD_DIR")


class Site:
    """One running installation; `world` knows its people and reviews by role and stage."""

    def __init__(self, data, port, world):
        self.data, self.port, self.world, self.server = data, port, world, None
        self.address = f"http://127.0.0.1:{port}"

    @cached_property
    def app(self):
        """The application on the same data and key, to arrange what a test needs and to look into the storage."""
        given = {"demo": True, "data_dir": self.data, "base_url": self.address, "secret_key": SECRET}
        nothing = dict.fromkeys(("database_url", "mail_url", "queue_url"), "")
        return create_app(Settings(**given, **nothing))

    @contextmanager
    def arranged(self):
        """Change the storage by services, commit, and let the worker know."""
        with self.app.app_context():
            yield
            db.session.commit()
            self.app.extensions["background"].wake()

    def cookie_for(self, who):
        """Open a session for a demo role or an address and return its cookie."""
        with self.arranged():
            token = sessions.begin(self.world.person(who))
        signer = self.app.session_interface.get_signing_serializer(self.app)
        return signer.dumps({"_user_id": token, "_fresh": True})

    def end_sessions_of(self, who):
        """End every session of somebody, as when the time is over."""
        with self.arranged():
            sessions.end_all(self.world.person(who))

    def letters_to(self, email):
        """Return the texts of the letters to an address."""
        files = sorted((self.data / "mail").glob("*.eml"))
        found = [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files]
        return [one.get_body(("plain",)).get_content() for one in found if email in str(one["To"])]

    def link_for(self, email):
        """Wait for a letter with a personal link to an address, and return the path of the link."""
        found = wait_for(lambda: re.findall(r"/link/[\w-]+\S*", "\n".join(self.letters_to(email))))
        return found[-1]

    def start(self):
        """Serve, and wait until it answers."""
        self.server = _started(["serve", "--port", str(self.port)], self)
        _wait_until_served(self, self.server)

    def kill(self):
        """End the server as a power cut would: no time to say goodbye."""
        self.server.kill()
        self.server.wait(10)

    @contextmanager
    def locked(self):
        """Hold the storage so that nobody can write; reading goes on."""
        other = sqlite3.connect(self.data / DATABASE, isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()

    def ask(self, statement, *values):
        """Change the storage past all of our own code."""
        other = sqlite3.connect(self.data / DATABASE, isolation_level=None, timeout=30)
        try:
            return other.execute(statement, values).fetchall()
        finally:
            other.close()

    def close(self):
        """Let go of the server and the storage."""
        if self.server is not None:
            self.server.terminate()
            _end(self.server)
        if "app" in vars(self):
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def serving(template, data, world):
    """Serve a copy of the world until the block ends."""
    data.mkdir()
    shutil.copyfile(template, data / DATABASE)
    site = Site(data, _free_port(), world)
    try:
        site.start()
        yield site
    finally:
        site.close()


def working(site):
    """Do the background work of a site until the block ends."""
    return _process(["worker"], site)


def wait_for(look, patience=PATIENCE):
    """Look again and again until there is something; fail when it never comes."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"it did not come within {patience} seconds")


def _started(what, site):
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"DATA_DIR": str(site.data), "SECRET_KEY": SECRET, "BASE_URL": site.address, "DEMO": "1"}
    with (site.data / f"{what[0]}.log").open("ab") as log:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *what]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


@contextmanager
def _process(what, site):
    process = _started(what, site)
    try:
        yield process
    finally:
        process.terminate()
        _end(process)


def _end(process):
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait_until_served(site, process):
    wait_for(lambda: process.poll() is not None or _answers(site.port))
    if process.poll() is not None:
        raise RuntimeError(f"the server did not come up:\n{(site.data / 'serve.log').read_text()[-2000:]}")


def _answers(port):
    door = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        door.request("GET", "/healthz")
        return door.getresponse().status == 200
    except OSError:
        return False
    finally:
        door.close()
