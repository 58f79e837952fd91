"""One application for all hostile forms of a module, and what each request was about to write."""

import shutil

import pytest
from sqlalchemy import event

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.services import sessions
from review_app.web import gate as gates
from tests.attacks.every_form import Forms


@pytest.fixture(scope="module")
def site(template, tmp_path_factory):
    """One application for all tests here: nothing they write stays."""
    folder = tmp_path_factory.mktemp("forms")
    shutil.copyfile(template, folder / "reviews.sqlite")
    app = create_app(Settings(testing=True, demo=True, data_dir=folder, base_url="http://localhost"))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def forms(site, world):
    tokens = {}

    def enter(who):
        if who not in tokens:
            with site.app_context():
                tokens[who] = sessions.begin(world.person(who))
                db.session.commit()
        visitor = site.test_client()
        with visitor.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = tokens[who], True
        return visitor

    return Forms(site, world, enter)


@pytest.fixture
def written(site):
    """Every text that was on its way into the database."""
    texts = []

    def listen(_connection, _cursor, statement, parameters, _context, many):
        if statement.startswith("SELECT"):
            return
        rows = parameters if many and not _is_flat(parameters) else [parameters]
        texts.extend(one for row in rows for one in row if isinstance(one, str))

    with site.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield texts
    event.remove(engine, "before_cursor_execute", listen)


def _is_flat(parameters):
    return not isinstance(parameters[0], (tuple, list))


@pytest.fixture
def unchanged(monkeypatch):
    """Everything is written, nothing stays: each request meets the same world."""

    def take_back():
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(gates, "_commit", take_back)
