"""A small invented world for tests of feedback: one host, three peer cities, a review that collects returns."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from review_app.config import Settings
from review_app.domain import method_file
from review_app.domain.text import email_identity
from review_app.domain.vocabulary import ItemKind, NetworkRight, Regime, Role, Side
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.base import Base, new_key
from review_app.models.network import NetworkRole, Organisation, Person
from review_app.models.review import (
    MethodEdition,
    Participant,
    Review,
    ReviewCity,
    ReviewDeadline,
    ReviewQuestion,
)
from review_app.queries import methods, seats
from review_app.services import access, feedback, sessions

REF = "aldermere-2026"
CLOSES = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)
BEFORE = datetime(2026, 5, 18, 12, 0, tzinfo=UTC)
COMPLETE = {
    "success_factor": {},
    "challenge": {"seriousness": "critical"},
    "lesson": {},
    "recommendation": {"addressee": "host"},
    "take_home": {},
    "question": {},
}
MINIMUM = ("success_factor", "success_factor", "challenge", "lesson", "take_home")
PEOPLE = {
    "Ada": ("Norrvik", Role.PEER),
    "Bo": ("Norrvik", Role.PEER),
    "Cem": ("Brackwater", Role.PEER),
    "Dora": ("Castelline", Role.PEER),
    "Lea": ("Castelline", Role.LEAD_REVIEWER),
    "Hugo": ("Aldermere", Role.HOST_COORDINATOR),
    "Olga": ("Norrvik", Role.OBSERVER),
    "Sven": ("Norrvik", None),
    "Mia": ("Brackwater", None),
}


def app_in(folder):
    """Return an application of its own with the world in it, all in this folder."""
    shutil.copy(_template(), folder / "reviews.sqlite")
    return _application(folder)


def again(app):
    """Put the world of an application back as it was made."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    folder = app.config["SETTINGS"].data_dir
    for left in folder.glob("reviews.sqlite-*"):
        left.unlink()
    shutil.copy(_template(), folder / "reviews.sqlite")


def _application(folder):
    app = create_app(Settings(testing=True, demo=True, data_dir=folder))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@lru_cache(maxsize=1)
def _template():
    folder = Path(mkdtemp(prefix="feedback-world-"))
    app = _application(folder)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        _populate()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder / "reviews.sqlite"


def _populate():
    cities = {name: Organisation(slug=name.lower(), name=name, country="BE") for name, _role in PEOPLE.values()}
    db.session.add_all(cities.values())
    definition = method_file.read(method_file.FOLDER / "critical_friend_review.toml")
    edition = MethodEdition(
        name=definition["name"], edition=1, digest=methods.digest(definition), definition=definition
    )
    review = Review(
        ref=REF,
        edition=edition,
        stage="feedback",
        title="A one-stop desk",
        starts_on=date(2026, 5, 4),
        ends_on=date(2026, 5, 6),
        regime=Regime.MIXED,
    )
    db.session.add(review)
    db.session.flush()
    review.questions = [
        ReviewQuestion(number=1, text="Who is not reached?"),
        ReviewQuestion(number=2, text="Who pays?"),
    ]
    review.deadlines = [ReviewDeadline(name="feedback", at=CLOSES)]
    for name, city in cities.items():
        side = Side.HOST if name == "Aldermere" else Side.PEER
        review.cities.append(ReviewCity(organisation=city, side=side))
    for name, (city, role) in PEOPLE.items():
        _person(name, cities[city], role, review)


def _person(name, city, role, review):
    email = f"{name.lower()}@example.org"
    person = Person(email=email, identity=email_identity(email), name=name, organisation=city)
    db.session.add(person)
    db.session.flush()
    if name == "Sven":
        db.session.add(NetworkRole(person_id=person.id, right=NetworkRight.SECRETARIAT))
    if role:
        speaks_for = city.id if role is Role.PEER else None
        row = Participant(review_id=review.id, person_id=person.id, organisation_id=speaks_for, role=role)
        db.session.add(row)


@dataclass
class Table:
    """One person's seat at the review, ready for services and queries."""

    seat: seats.Seat
    city: Organisation | None


def person(name):
    """Return a person of the world by name."""
    return db.session.query(Person).filter_by(name=name).one()


def seat_of(name):
    """Return a fresh seat, as each request takes one."""
    db.session.flush()
    seat = seats.take(REF, person(name))
    city = db.session.get(Organisation, min(seat.cities)) if seat.cities else None
    return Table(seat, city)


def answers(**changes):
    """Return the answers of a complete item, with changes."""
    given = {
        "headline": "One adviser stays with a person",
        "explanation": "Three people named their adviser first.",
        "question": "1",
        "attribution": "city",
        "use": "report",
        "language": "en",
    }
    return given | changes


def write(name, kind="success_factor", *, key=None, version=None, **changes):
    """Let somebody save an item and return it."""
    table = seat_of(name)
    return feedback.save(
        key or new_key(),
        table.seat,
        city=table.city,
        kind=ItemKind(kind),
        answers=answers(**(COMPLETE[kind] | changes)),
        seen_version=version,
    )


def write_the_minimum(name):
    """Let somebody save as many complete items as the method asks for."""
    return [write(name, kind) for kind in MINIMUM]


def set_password(name, password):
    """Give somebody a password."""
    person(name).password_hash = access.hasher.hash(password)


def enter(app, name):
    """Return a client signed in as this person."""
    with app.app_context():
        token = sessions.begin(person(name))
        db.session.commit()
        db.session.remove()
    client = app.test_client()
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
