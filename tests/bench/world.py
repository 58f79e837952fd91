"""The demonstration, made once a run; every measurement works on a copy of its own and signs people in by itself."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.base import Base
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.services import sessions
from review_app.world import accounts, loader

DATABASE = "reviews.sqlite"
SECRET = "a key for one run of the benchmarks, and no other"


@dataclass(frozen=True)
class World:
    """A folder that holds the demonstration and the copies of it."""

    folder: Path

    @classmethod
    def made(cls, folder):
        """Make the whole demonstration in a folder."""
        app = app_on(folder / "template")
        with app.app_context():
            Base.metadata.create_all(db.engine)
            loader.load(demo=True)
            db.session.commit()
        return cls(folder)

    def copy(self, name):
        """Return a data folder with a copy of the demonstration."""
        data = self.folder / name
        data.mkdir()
        source, target = sqlite3.connect(self.folder / "template" / DATABASE), sqlite3.connect(data / DATABASE)
        source.backup(target)
        source.close()
        target.close()
        return data


def app_on(data):
    """Return the application on a data folder, as it serves: nothing of the environment counts but this."""
    nothing = dict.fromkeys(("database_url", "mail_url", "queue_url"), "")
    return create_app(Settings(demo=True, data_dir=data, base_url="http://localhost", secret_key=SECRET, **nothing))


def addresses():
    """Return the e-mail addresses of the demonstration by what their people are; inside an app context."""
    return {account.role: account.email for account in accounts.listed()}


def person(email):
    """Return somebody by address; inside an app context."""
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def invented_at(stage):
    """Return the invented review at a stage; inside an app context."""
    return db.session.scalars(select(Review).where(Review.stage == stage, Review.fictional)).first()


def cookie_for(app, somebody):
    """Open a session for somebody and return its cookie; inside an app context."""
    token = sessions.begin(somebody)
    db.session.commit()
    return app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})
