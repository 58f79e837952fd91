"""The world of the tests is the demonstration's: loaded once, copied for every test that asks for it."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, select

from review_app.config import Settings
from review_app.domain.text import email_identity
from review_app.extensions.database import db, writing
from review_app.factory import create_app
from review_app.models.base import Base
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.services import sessions
from review_app.world import files, loader
from tests.drill.figures import amount, promise, pytest_addoption, pytest_terminal_summary

__all__ = ["amount", "promise", "pytest_addoption", "pytest_terminal_summary"]

# Every test has an application of its own; compiling the same templates for each would take most of the time.
COMPILED = Path(__file__).resolve().parent.parent / ".cache" / "templates"
COMPILED.mkdir(parents=True, exist_ok=True)
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(COMPILED))}

DATABASE = "reviews.sqlite"
Enter = Callable[[str], FlaskClient]


@dataclass(frozen=True)
class World:
    """Names in the world: the reference of the invented review at each stage, the address of each demo role."""

    refs: dict[str, str]
    emails: dict[str, str]

    def __getitem__(self, stage: str) -> str:
        return self.refs[stage]

    def email(self, role: str) -> str:
        """Return the address of a demo role ("host coordinator", "peer"); an address is returned as it is."""
        return role if "@" in role else self.emails[role.replace("_", " ")]

    def review(self, stage: str) -> Review:
        """Return the row of the invented review at a stage; inside an app context."""
        return db.session.scalars(select(Review).where(Review.ref == self.refs[stage])).one()

    def person(self, role: str) -> Person:
        """Return the row of a person by demo role or address; inside an app context."""
        identity = email_identity(self.email(role))
        return db.session.scalars(select(Person).where(Person.identity == identity)).one()


@pytest.fixture(autouse=True)
def fresh_hand() -> Iterator[None]:
    """Let each test write as a program begins: a page that was only read leaves its thread reading."""
    before = writing.set(True)
    yield
    writing.reset(before)


def _app(folder: Path) -> Flask:
    app = create_app(Settings(testing=True, demo=True, data_dir=folder, base_url="http://localhost"))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The database file of the whole world; made by whichever worker comes first, for all of them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "world"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            _make(folder)
            (folder / "made").touch()
    return folder / DATABASE


def _make(folder: Path) -> None:
    app = _app(folder)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        loader.load(demo=True)
        db.session.commit()
        _settle()


def _settle() -> None:
    """Write the journal into the file: one file by itself can be copied."""
    db.session.remove()
    raw = db.engine.raw_connection()
    raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    db.engine.dispose()


@pytest.fixture(scope="session")
def world(template: Path) -> World:
    """What stands where in the world."""
    app = _app(template.parent)
    with app.app_context():
        rows = db.session.execute(select(Review.stage, Review.ref).where(Review.fictional)).all()
        _settle()
    return World(
        refs=dict(tuple(row) for row in rows),
        emails={row["demo"]: row["email"] for row in files.people() if "demo" in row},
    )


@pytest.fixture
def app(template: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application over a copy of the world. No app context is open: every request has its own."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(template, data / DATABASE)
    made = _app(data)
    yield made
    _close(made)


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """The application over empty tables."""
    made = _app(tmp_path / "empty")
    with made.app_context():
        Base.metadata.create_all(db.engine)
    yield made
    _close(made)


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_context(app: Flask) -> Iterator[Flask]:
    """The application with an app context open: for services and queries, not for requests as several people."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def browserlike(app: Flask) -> FlaskClient:
    """Somebody who is not signed in and whose forms need their CSRF token, as in life."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


@pytest.fixture
def enter_as(app: Flask, world: World) -> Enter:
    """Return a client signed in as a demo role or an address: `enter_as("host coordinator").get("/")`."""

    def enter(who: str) -> FlaskClient:
        with app.app_context():
            token = sessions.begin(world.person(who))
            db.session.commit()
        visitor = app.test_client()
        with visitor.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = token, True
        return visitor

    return enter


@pytest.fixture
def travel_to() -> Iterator[Callable[..., time_machine.Traveller]]:
    """Stop the clock at a moment until the test ends: `clock = travel_to(moment); clock.shift(60)`."""
    stops: list[time_machine.travel] = []

    def go(moment: object) -> time_machine.Traveller:
        stops.append(time_machine.travel(moment, tick=False))
        return stops[-1].start()

    yield go
    for stop in reversed(stops):
        stop.stop()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements since the test began; clear the list where counting should start."""
    seen: list[str] = []

    def see(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)
