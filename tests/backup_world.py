"""An installation to be backed up: the demonstration with reports, attachments, doors and a method of its own."""

import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask
from flask_migrate import stamp
from sqlalchemy import inspect, text

from review_app.config import Settings
from review_app.domain import method_file
from review_app.extensions import disk, storage
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.access import FailedTry, PersonalLink, Purpose, SignIn, Submission
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.publishing import Progress, Rendering
from review_app.services import backups, restoring
from review_app.services.backup_parts import Source
from tests.storage import sample_rows

ENDING = "Everybody signs in anew. Invitations that were open have to be sent again.\n"
CANARY = "canary-7f3a"
REPORTS, ATTACHMENTS = 3, 4


@dataclass(frozen=True)
class Site:
    """An installation: its application and its data folder."""

    app: Flask
    data: Path

    @property
    def source(self):
        """What is backed up."""
        return Source(self.app.config["SETTINGS"], storage.Storage("", self.data / "files"))

    @property
    def backups(self):
        """Where its backups go."""
        return self.data / "backups"

    def run(self, *words, **more):
        """Run a command; return what it printed and its exit code. Connections of the test itself are closed first."""
        self.rest()
        result = self.app.test_cli_runner().invoke(args=[str(word) for word in words], **more)
        return result.output, result.exit_code

    def make(self):
        """Make a backup and return where it is."""
        return backups.make(self.source, self.backups).path

    def rest(self):
        """Close every connection to the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def application(data):
    """Return the application on a data folder."""
    app = create_app(Settings(testing=True, demo=True, data_dir=data, base_url="http://localhost"))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def site_in(folder, template):
    """Return a copy of the whole installation, and the one backup that was made of it."""
    shutil.copytree(_prepared(template), folder / "data")
    site = Site(application(folder / "data"), folder / "data")
    (backup,) = [path for path in site.backups.iterdir() if path.is_dir()]
    return site, backup


@cache
def _prepared(template):
    data = Path(tempfile.mkdtemp(prefix="installation-", dir=template.parent)) / "data"
    data.mkdir()
    shutil.copyfile(template, data / "reviews.sqlite")
    site = equipped(data)
    site.make()
    site.rest()
    return data


def equipped(data):
    """Return the demonstration in a data folder with all that a backup may meet."""
    app = application(data)
    with app.app_context():
        stamp()
        for number in range(REPORTS):
            print_report(data, f"report {number}")
        for number in range(ATTACHMENTS):
            attach(data, number)
        _own_method(data)
        _doors()
        db.session.commit()
    site = Site(app, data)
    site.rest()
    return site


def print_report(data, content):
    """Print a report as the press does: the file first, then the row; inside an app context, without a commit."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    disk.kept(data / "reports" / f"{digest}.pdf", f"%PDF {content}".encode())
    db.session.add(Rendering(digest=digest, progress=Progress.DONE, pages=1, sha256=digest))
    db.session.flush()


def attach(data, number):
    """Keep a file and write its row, in this order; inside an app context, without a commit. Return its name."""
    name = hashlib.sha256(str(number).encode()).hexdigest()[:40]
    disk.kept(data / "files" / name, f"picture {number}".encode() * 100)
    connection = db.session.connection()
    if not inspect(connection).has_table("attachment"):
        connection.execute(text("CREATE TABLE attachment (id INTEGER PRIMARY KEY, stored_as TEXT NOT NULL UNIQUE)"))
    key = {"id": 1000 + number} if number >= ATTACHMENTS else {"id": number + 1}
    sample_rows.insert(connection, "attachment", 100 + number, stored_as=name, **key)
    return name


def detach(data, name):
    """Remove an attachment as the product does: the row, and once that is committed the file."""
    db.session.execute(text("DELETE FROM attachment WHERE stored_as = :name"), {"name": name})
    db.session.commit()
    (data / "files" / name).unlink()


def restored(backup, data, settle=None):
    """Restore a backup without a word, for tests of what comes after."""
    return restoring.restore(backup, data, settle or (lambda _folder, _gone: restoring.Settled(0)))


def _own_method(data):
    own = (method_file.FOLDER / "critical_friend_review.toml").read_text(encoding="utf-8")
    (data / "methods").mkdir()
    (data / "methods" / "own.toml").write_text(
        own.replace('name = "critical', 'name = "own_critical', 1), encoding="utf-8"
    )


def _doors():
    """Open every door that a thief of a backup would like to find: each carries the canary."""
    (number,) = db.session.execute(text("SELECT min(id) FROM person")).one()
    now = utc_now()
    db.session.add_all(
        [
            SignIn(digest=f"{CANARY}-session", person_id=number),
            FailedTry(subject=f"{CANARY}-try"),
            Submission(nonce=f"{CANARY}-nonce", answer=f"/{CANARY}-answer"),
            PersonalLink(
                digest=f"{CANARY}-link", purpose=Purpose.RESET, email="a@b.example", identity=CANARY, expires_at=now
            ),
            Letter(
                kind="reset", once=f"{CANARY}-waiting", address="a@b.example", values={"onward": f"/{CANARY}-waits"}
            ),
            Letter(kind="reset", once="left already", address="a@b.example", values={"name": CANARY}, sent_at=now),
        ]
    )


def is_taken_for_whole(path):
    """Tell whether `flask backup verify` takes a folder for a backup."""
    try:
        backups.verify(path)
    except backups.Damaged:
        return False
    return True


def rows(file, query):
    """Read a database file with the plain driver, past all of our own code."""
    with closing(sqlite3.connect(file)) as plain:
        return plain.execute(query).fetchall()


def names_in(folder):
    """Return what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def as_plain(backup):
    """Return the manifest of a backup as plain data."""
    return json.loads((backup / "manifest.json").read_bytes())
