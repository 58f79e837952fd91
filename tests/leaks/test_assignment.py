"""What a form does not ask for is not written: every column's name is posted to every form, as every role."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import event, select

from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.models.review import Mark, Review
from review_app.services import sessions
from review_app.web import gate as gates
from tests.leaks import planting, reference
from tests.leaks.crawl import addresses

SIGN = "smuggled"
# Values that would do harm if a column took them; any other column is offered a word.
TEMPTING = {
    "stage": "published", "role": "secretariat", "right": "secretariat", "is_active": "", "level": "public",
    "published_at": "2020-01-01", "submitted_at": "2020-01-01", "embargo_until": "", "regime": "attributed",
    "use": "report", "attribution": "city", "organisation_id": "1", "review_id": "1", "person_id": "1", "id": "1",
    "return_id": "1", "number": "9", "side": "host", "answered_at": "2020-01-01", "code_accepted_at": "2020-01-01",
    "is_member": "1", "used_at": "", "expires_at": "2099-01-01", "password_hash": SIGN, "print_view": "1",
}  # fmt: skip
STAGES = ("draft", "recruiting", "preparing", "feedback", "fact_check", "sign_off", "published")
RANDOM = re.compile(r"[A-Za-z0-9_-]{20,}|\d{4}-\d\d-\d\d[ T][\d:.]+")


class Forms(HTMLParser):
    """Reads the forms of a page: where each goes, and its fields as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.found, self.area, self.pick = [], None, None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form" and values.get("method") == "post":
            self.found.append((values.get("action"), {}))
        elif self.found and tag in ("input", "textarea", "select"):
            self._field(tag, values)
        elif self.pick and tag == "option" and ("selected" in values or self.fields[self.pick] == ""):
            self.fields[self.pick] = values.get("value", "")

    def _field(self, tag, values):
        name, kind = values.get("name"), values.get("type", "text")
        if not name or name == "csrf_token":
            return
        self.area, self.pick = (name if tag == "textarea" else None), (name if tag == "select" else None)
        if kind in ("radio", "checkbox"):
            if "checked" in values or name not in self.fields:
                self.fields[name] = values.get("value", "on")
            return
        self.fields[name] = values.get("value") or ("" if tag == "select" or kind == "hidden" else "Typed")

    @property
    def fields(self):
        return self.found[-1][1]

    def handle_data(self, data):
        if self.area and data.strip():
            self.fields[self.area] = data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.pick = None


@pytest.fixture
def written(app, monkeypatch):
    """What the statements since the last look wrote; nothing is kept."""
    monkeypatch.setattr(gates, "_commit", lambda: (db.session.flush(), db.session.rollback()))
    found = []

    def see(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and "sign_in" not in statement:
            found.append((statement, RANDOM.sub("~", repr(parameters))))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    yield found
    event.remove(engine, "before_cursor_execute", see)


def _extras(fields):
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    # A date is one column and three fields: starts_on-day, -month, -year.
    asked = {name.split("-")[0] for name in fields}
    return {name: TEMPTING.get(name, SIGN) for name in names - asked}


def _settled(app, stage):
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.stage == stage, Review.fictional)).first()
        planting.deadline_of(review, late=False)
        level = "public" if review.published_at else ""
        marks = select(Mark.id).where(Mark.review_id == review.id, Mark.name == "practice released")
        now = reference.Standing(review.standing, released=db.session.scalar(marks) is not None, level=level)
        planted = planting.plant(review, now)
        planted.person_keys = {role: person.key for role, person in planted.people.items()}
        tokens = {role: sessions.begin(person) for role, person in planted.people.items()}
        db.session.commit()
        planted.people = {}
    return planted, tokens


def _forms_of(client, paths):
    """Every form this person can reach, once each: where it goes and what it sends."""
    found = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            reader = Forms()
            reader.feed(answer.text)
            for action, fields in reader.found:
                found.setdefault((action or path.split("?")[0], tuple(sorted(fields))), (action or path, fields))
    return found.values()


def _write(client, written, path, data):
    written.clear()
    answer = client.post(path, data={**data, "nonce": ""})
    return answer.status_code, list(written)


@pytest.mark.drill
def test_no_form_takes_more_than_it_asks_for(app, again, written, amount, promise):
    smuggled, tried, took = [], 0, 0
    for stage in amount(quick=("fact_check",), full=STAGES):
        again()
        planted, tokens = _settled(app, stage)
        paths = [path for path in addresses(app, planted) if "page=" not in path]
        for role in amount(quick=(reference.SECRETARIAT, reference.HOST, reference.MEMBER), full=tokens):
            token = tokens[role]
            client = app.test_client()
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
            for path, fields in _forms_of(client, paths):
                if path.startswith(("/sign-", "/account/")):
                    continue
                plain = _write(client, written, path, fields)
                more = _write(client, written, path, {**_extras(fields), **fields})
                tried, took = tried + 1, took + bool(plain[1])
                if plain != more or SIGN in repr(more):
                    smuggled.append(f"{stage}: {role} {path}: {_difference(plain, more)}")

    promise("leaks", len(smuggled), of=tried)
    assert smuggled == []
    assert took > tried / 4, "most forms refuse what the test fills in: it would find nothing"


def _difference(plain, more):
    return (
        [one for one in (plain[0], more[0]) if plain[0] != more[0]]
        or [pair for pair in zip(plain[1], more[1], strict=False) if pair[0] != pair[1]][:1]
        or (len(plain[1]), len(more[1]))
    )
