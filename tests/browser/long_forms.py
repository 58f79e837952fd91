"""The longest forms of the product, filled to the brim: what was typed, and whether it is there again."""

from dataclasses import dataclass

from sqlalchemy import select

from review_app.domain.vocabulary import ItemKind
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.network import Organisation
from review_app.models.synthesis import Message
from review_app.queries import seats
from review_app.services import feedback

TYPED = "form.app-form textarea, form.app-form input.govuk-input"
SENTENCE = "Ένας σύμβουλος stays with a person from the first day to the last, and nobody has to tell it twice. "


@dataclass(frozen=True)
class LongForm:
    """One form of one review: who writes it, where, by which button it is saved, at which stage it is open."""

    name: str
    who: str
    stage: str
    path: str
    button: str
    heading: str

    def open(self, visitor):
        """Go to the form."""
        visitor.go(self.path)

    def fill(self, visitor, mark):
        """Write into every field as much as it takes, and return what was written by the names of the fields."""
        typed = {}
        for field in visitor.page.locator(TYPED).all():
            name = field.get_attribute("name")
            text = f"{mark} {name} {SENTENCE * 40}"[: _limit(field)].strip()
            field.fill(text)
            typed[name] = text
        return typed

    def save(self, visitor):
        """Press the button."""
        visitor.press(self.button)

    def stands(self, visitor):
        """Open the form again and return what stands in it."""
        self.open(visitor)
        return self.shows(visitor)

    def shows(self, visitor):
        """Return what the fields on the page show."""
        fields = visitor.page.locator(TYPED).all()
        return {field.get_attribute("name"): field.input_value() for field in fields if field.input_value()}


def _limit(field):
    given = field.get_attribute("maxlength")
    around = field.locator("xpath=ancestor::*[@data-maxlength]")
    limit = int(given or (around.first.get_attribute("data-maxlength") if around.count() else 60))
    return min(limit, 1500)


def practice(site):
    """The section of the practice description that takes most."""
    path = f"/reviews/{site.world['draft']}/practice/working"
    return LongForm("practice", "host coordinator", "draft", path, "Save and go to the list", "How it works")


def item(site):
    """A feedback item of the kind that asks most, as a city begins it."""
    key = new_key()
    with site.arranged():
        person = site.world.person("peer")
        seat = seats.seat_at(site.world.review("feedback"), person)
        city = db.session.get(Organisation, min(seat.cities))
        _reopen(seat, city)
        given = {"headline": "Begun", "language": "en"}
        feedback.save(key, seat, city=city, kind=ItemKind.CHALLENGE, answers=given, seen_version=None)
    path = f"/reviews/{site.world['feedback']}/feedback/items/{key}"
    return LongForm("feedback item", "peer", "feedback", path, "Save", "Challenge")


def _reopen(seat, city):
    mine = feedback._own(seat, city)
    if mine is not None:
        mine.submitted_at = None


def message(site):
    """A message of the team."""
    with site.arranged():
        review = site.world.review("drafting")
        key = db.session.scalars(select(Message.key).where(Message.review_id == review.id).order_by(Message.id)).first()
    path = f"/reviews/{site.world['drafting']}/messages/{key}"
    return LongForm("message", "rapporteur", "drafting", path, "Save", "Message")


FORMS = {"practice": practice, "item": item, "message": message}
