"""P5: how many pages a second of CPU gives, beside a page of the same application that only says hello."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

from flask import Flask
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.web.gate import public
from tests.bench.figures import Finding, in_turn, ratio
from tests.bench.visitor import Visitor, call, environ, hidden_in
from tests.bench.world import addresses, app_on, cookie_for, invented_at, person

GOALS = {"list": 0.20, "form": 0.12, "post": 0.10}
HELLOS, PAGES = 200, 30
ROUNDS, ROWS = 11, 20


def measure(world):
    """Open a list and a form and save, round by round; the rate of each beside hello's."""
    app = greeting(app_on(world.copy("page-rates")))
    visit = begun(app)
    sides = {
        "hello": Side(app, partial(environ, "/hello"), HELLOS),
        "list": Side(app, partial(environ, "/reviews", visit.cookie), PAGES),
        "form": Side(app, partial(environ, visit.form, visit.cookie), PAGES),
        "post": Side(app, visit.save, PAGES, status=303),
    }
    costs = in_turn({name: side.ready for name, side in sides.items()}, ROUNDS)
    rates = {name: ratio(costs["hello"], costs[name]) * PAGES / HELLOS for name in GOALS}
    seen = ", ".join(f"{name} {rate:.3f}" for name, rate in rates.items())
    goal = ", ".join(f"{name} {rate:.2f}" for name, rate in GOALS.items())
    return Finding(seen, goal, all(rates[name] >= GOALS[name] for name in GOALS))


@public
def hello():
    """Say hello."""
    return "Hello"


def greeting(app: Flask):
    """Return the application with one more page, that does nothing."""
    app.add_url_rule("/hello", "hello", hello)
    return app


@dataclass
class Visit:
    """Somebody of a peer city with the form of an item open."""

    form: str
    cookie: str
    fields: dict[str, str]
    versions: count

    def save(self):
        """Return the request that saves the item once more, as the button of the page sends it."""
        version = next(self.versions)
        new = {"version": version, "nonce": secrets.token_urlsafe(16), "headline": f"Version {version} of this"}
        return environ(self.form, self.cookie, {**self.fields, **new})


def begun(app):
    """Sign a peer in and open the first item of their city; also see that the list is long enough."""
    with app.app_context():
        email = addresses()["peer"]
        path = form_of(email)
        somebody = Visitor(app, cookie_for(app, person(email)))
    rows = somebody.get("/reviews").content.count(b'href="/reviews/')
    if rows < ROWS:
        raise RuntimeError(f"the list has only {rows} rows")
    fields = hidden_in(somebody.get(path).content.decode())
    return Visit(path, somebody.cookie, fields | WRITTEN, count(int(fields["version"])))


WRITTEN = {
    "explanation": "We walked with two of them for an evening. They spoke to nine young people in two hours. " * 4,
    "question": "1",
    "evidence": "Evening round with the finders, second day",
    "strength": "several",
    "agreement": "city",
    "attribution": "city",
    "use": "report",
    "language": "en",
}


def form_of(email):
    """Return the address of an item that this person's city is writing; inside an app context."""
    review = invented_at("feedback")
    query = (
        select(FeedbackItem.key)
        .join(Return)
        .where(
            Return.review_id == review.id,
            Return.organisation_id == person(email).organisation_id,
            Return.submitted_at.is_(None),
        )
    )
    return f"/reviews/{review.ref}/feedback/items/{db.session.scalars(query.order_by(FeedbackItem.id)).first()}"


@dataclass
class Side:
    """One kind of request: how often a round puts it, and the answer it must get."""

    app: Flask
    request: Callable[[], dict]
    times: int
    status: int = 200

    def ready(self):
        """Make the requests of a round, which is no work of the server; return the work of answering them."""
        return partial(self.run, [self.request() for _time in range(self.times)])

    def run(self, requests):
        """Put the requests one after another."""
        for request in requests:
            answer = call(self.app, request)
            if answer.status != self.status:
                raise RuntimeError(f"{request['PATH_INFO']} answered {answer.status}")
