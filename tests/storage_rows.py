"""The few rows that storage tests begin with."""

from review_app.domain import method_file
from review_app.domain.text import email_identity
from review_app.domain.vocabulary import PlaceKind, Role, Side
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person
from review_app.models.review import MethodEdition, Participant, Review, ReviewCity
from review_app.queries import methods


def organisation(name):
    row = Organisation(slug=name.lower(), name=name, country="BE", kind=PlaceKind.CITY)
    db.session.add(row)
    db.session.flush()
    return row


def person(name, city=None):
    email = f"{name.lower()}@example.org"
    row = Person(email=email, identity=email_identity(email), name=name, organisation_id=city.id if city else None)
    db.session.add(row)
    db.session.flush()
    return row


def review(ref="aldermere-2026"):
    definition = method_file.read(method_file.FOLDER / "critical_friend_review.toml")
    edition = MethodEdition(
        name=definition["name"], edition=1, digest=methods.digest(definition), definition=definition
    )
    row = Review(ref=ref, edition=edition, stage="draft", title="A one-stop desk")
    db.session.add(row)
    db.session.flush()
    return row


def peer(a_review, city, somebody):
    db.session.add(ReviewCity(review_id=a_review.id, organisation_id=city.id, side=Side.PEER))
    db.session.add(Participant(review_id=a_review.id, person_id=somebody.id, organisation_id=city.id, role=Role.PEER))
    db.session.flush()
