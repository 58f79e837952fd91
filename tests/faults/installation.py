"""The real product on a copy of the world, run as `./run serve` runs it, and the hand that fells it."""

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from flask_migrate import stamp

from review_app.config import ROOT, Settings
from review_app.extensions.database import db, writing
from review_app.factory import create_app
from review_app.services import sessions

DATABASE = "reviews.sqlite"
SECRET = "a key for one run of the fault tests, and no other"
PATIENCE = 60
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


class Installation:
    """A data folder, and the server and the worker on it, when they run."""

    def __init__(self, data, template, **settings):
        data.mkdir(exist_ok=True)
        shutil.copyfile(template, data / DATABASE)
        self.data, self.port, self.settings = data, _free_port(), settings
        self.address = f"http://127.0.0.1:{self.port}"
        self.running, self.wsgi, self.log_to = {}, "wsgi", data
        with self.app.app_context():
            stamp()
            db.engine.dispose()

    @cached_property
    def app(self):
        """The application on the same data and key, to arrange what a test needs."""
        given = {"demo": True, "data_dir": self.data, "base_url": self.address, "secret_key": SECRET}
        return create_app(Settings(**dict.fromkeys(("database_url", "mail_url", "queue_url"), "") | given))

    @contextlib.contextmanager
    def arranged(self):
        """Change the storage by services, and commit."""
        before = writing.set(True)
        with self.app.app_context():
            yield
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        writing.reset(before)

    def wake(self):
        """Wake the worker, as a page does after a commit."""
        self.app.extensions["background"].wake()
        self.app.extensions["background"].queue.storage.close()

    def cookie_for(self, person):
        """Open a session for somebody and return its cookie; inside an app context."""
        token = sessions.begin(person)
        return self.app.session_interface.get_signing_serializer(self.app).dumps({"_user_id": token, "_fresh": True})

    def migrate(self):
        """Bring the tables up to date where they are not, as every start does."""
        standing = (sys.executable, "migrations/standing.py")
        if subprocess.run(standing, cwd=ROOT, env=self._environment(), check=False).returncode == 0:
            return
        with self._process("db", "upgrade") as process:
            assert process.wait(PATIENCE) == 0, self.said("db")[-2000:]

    def start(self, *names):
        """Start the server, the worker or both, without waiting for them."""
        for name in names or ("serve", "worker"):
            more = ("--port", str(self.port)) if name == "serve" else ()
            self.running[name] = self._process(name, *more)

    def start_again(self):
        """Do what `./run serve` does after a crash; return the seconds until the site is ready."""
        begun = time.monotonic()
        self.migrate()
        self.start()
        self.wait_until_ready()
        return time.monotonic() - begun

    def kill(self, *names):
        """Fell processes, or all that run, without a warning."""
        for name in names or tuple(self.running):
            process = self.running.pop(name)
            process.kill()
            process.wait()

    def signal(self, name, number):
        """Send a signal to a process."""
        self.running[name].send_signal(number)

    def wait_until_ready(self):
        """Wait until the site answers; fail when the server ended instead."""
        wait_for(lambda: self.running["serve"].poll() is not None or self.asks("/healthz")[0] == 200)
        if self.running["serve"].poll() is not None:
            raise AssertionError(f"the server did not come up:\n{self.said('serve')[-2000:]}")

    def asks(self, path, *, cookie="", timeout=5):
        """Return status and content of a page, (0, b"") when nobody answers."""
        door = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            door.request("GET", path, headers={"Cookie": f"session={cookie}"} if cookie else {})
            answer = door.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return 0, b""
        finally:
            door.close()

    def said(self, name):
        """Return what a process wrote to its log."""
        log = self._log(name)
        return log.read_text(errors="replace") if log.is_file() else ""

    def rows(self, query, *values):
        """Read with the plain driver, past all of our own code."""
        with contextlib.closing(sqlite3.connect(self.data / DATABASE, timeout=30)) as file:
            return file.execute(query, values).fetchall()

    def wounds(self):
        """Return what the database finds wrong with itself."""
        found = [row[0] for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [str(row) for row in self.rows("PRAGMA foreign_key_check")]

    def _process(self, *what):
        command = [sys.executable, "-m", "flask", "--app", self.wsgi, *what]
        with self._log(what[0]).open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )

    def _log(self, name):
        folder = Path(self.log_to)
        return folder / f"{name}.log" if folder.is_dir() else folder

    def _environment(self):
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {"DATA_DIR": str(self.data), "SECRET_KEY": SECRET, "BASE_URL": self.address, "DEMO": "1"}
        return kept | own | self.settings


@contextlib.contextmanager
def installed(data, template, **settings):
    """Give an installation until the block ends; nothing of it runs yet."""
    site = Installation(data, template, **settings)
    try:
        yield site
    finally:
        site.kill()


def wait_for(look, patience=PATIENCE):
    """Look again and again until there is something; fail when it never comes."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"it did not come within {patience} seconds")


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
