"""Which addresses there are for somebody: every GET route, its arguments filled from the reviews they see."""

from flask import url_for
from sqlalchemy import select

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import ItemKind
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation, Person
from review_app.models.publishing import Report
from review_app.models.review import Participant, ReviewCity, ReviewDeadline
from review_app.models.synthesis import FactComment, Message
from review_app.queries import seats

NOBODY = "nobody signed in"
# Of a page with a key so many are tried, until one opens.
TRIES = 3


def walks_of(app, somebody, reviews):
    """Return the addresses somebody (None: nobody) can try, by page and review; inside an app context."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]
    found = {}
    with app.test_request_context():
        for rule in rules:
            if "ref" not in rule.arguments:
                found[rule.endpoint, ""] = _filled(rule, _network())
        for seat in filter(None, (seats.take(review.ref, somebody) for review in reviews)):
            for rule in rules:
                if "ref" in rule.arguments and _let_in(app.view_functions[rule.endpoint].gate, seat):
                    found[rule.endpoint, seat.review.ref] = _in_review(rule, seat)
    return found


def _let_in(gate, seat):
    """Tell whether a gate may open to this seat: asking at every door that stays closed takes too long."""
    if gate.kind == "sees":
        return seat.sees(Thing(gate.name)) is not Reach.NONE
    return seat.has_row(gate.name) if gate.kind == "may" else True


def _in_review(rule, seat):
    room = rule.endpoint.split(".")[0]
    rows = FILLED.get(room, _anything)(seat)
    return _filled(rule, [{**row, "ref": seat.review.ref} for row in rows])


def _filled(rule, rows):
    """Return the addresses of a route for the rows that know all its arguments."""
    fitting = [{name: row[name] for name in rule.arguments} for row in rows if rule.arguments <= set(row)]
    return list(dict.fromkeys(url_for(rule.endpoint, **values) for values in fitting))[:TRIES]


def _network():
    people = [{"key": key} for key in db.session.scalars(select(Person.key).order_by(Person.id).limit(1))]
    cities = db.session.scalars(select(Organisation.slug).where(Organisation.fictional).order_by(Organisation.id))
    return people + [{"slug": slug, "token": "no-such-link"} for slug in cities.fetchmany(1)]


def _anything(seat):
    """Rows for rooms that need no more than the review, or a key of one of its things."""
    return [{}]


def _items(seat):
    own = Return.organisation_id.in_(seat.cities)
    keys = select(FeedbackItem.key).join(Return).where(Return.review_id == seat.review.id).order_by(own.desc())
    return [{"key": key, "kind": ItemKind.LESSON.value} for key in db.session.scalars(keys)] or [{"kind": "lesson"}]


def _actions(seat):
    return [{"slug": action.name.replace(" ", "-")} for action, verdict in seat.buttons() if verdict]


def _cities(seat):
    query = select(ReviewCity.key, Organisation.slug).join(Organisation)
    rows = db.session.execute(query.where(ReviewCity.review_id == seat.review.id))
    return [{"key": key, "city_key": key, "slug": slug} for key, slug in rows] or [{}]


def _people(seat):
    query = select(Person.key, Participant.role).join(Participant, Participant.person_id == Person.id)
    rows = db.session.execute(query.where(Participant.review_id == seat.review.id))
    return [{"key": key, "role": role.value} for key, role in rows] or [{}]


def _sections(seat):
    form = seat.method.forms.get("practice")
    return [{"section": section.name} for section in form.sections] if form else [{}]


def _deadlines(seat):
    query = select(ReviewDeadline.name).where(ReviewDeadline.review_id == seat.review.id)
    return [{"name": name} for name in db.session.scalars(query)] or [{}]


def _keys_of(model):
    """Return a function that gives two things of this kind in a review."""

    def rows(seat):
        query = select(model.key).where(model.review_id == seat.review.id).order_by(model.id).limit(2)
        return [{"key": key, "kind": ItemKind.LESSON.value} for key in db.session.scalars(query)] or [{}]

    return rows


FILLED = {
    "feedback": _items,
    "stages": _actions,
    "cities": _cities,
    "team": _people,
    "practice": _sections,
    "scope": _deadlines,
    "messages": _keys_of(Message),
    "facts": _keys_of(FactComment),
    "reports": _keys_of(Report),
    "publishing": _keys_of(Report),
}
