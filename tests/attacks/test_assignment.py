"""What a form does not ask for is not written: the name of every column is posted to every form of the contract."""

import re

import pytest
from sqlalchemy import event

from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.web import gate
from tests.acceptance.contract import ACCOUNTS, LATER, filled, posting_to, read

FORMS = {name: one for name, one in read()["forms"].items() if name not in LATER}
ELSEWHERE = {"sign in", "ask for a sign-in link", "ask for a new password", "change password", "sign out"}
"""These change who is signed in, or answer the same whatever is sent."""
SIGN = "smuggled"
TEMPTING = {
    "stage": "published", "role": "secretariat", "right": "secretariat", "is_active": "", "level": "public",
    "published_at": "2020-01-01", "submitted_at": "2020-01-01", "regime": "attributed", "organisation_id": "1",
    "review_id": "1", "person_id": "1", "id": "1", "return_id": "1", "number": "9", "side": "host",
}  # fmt: skip
"""Values that would do harm if a column took them; any other column is offered a word."""
RANDOM = re.compile(r"[A-Za-z0-9_-]{20,}|\d{4}-\d\d-\d\d[ T][\d:.]+")


@pytest.fixture
def written(app, monkeypatch):
    """What the statements since the last look wrote; nothing is kept."""
    monkeypatch.setattr(gate, "_commit", lambda: (db.session.flush(), db.session.rollback()))
    found = []

    def see(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and "sign_in" not in statement:
            found.append((statement, RANDOM.sub("~", repr(parameters))))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    yield found
    event.remove(engine, "before_cursor_execute", see)


def _extras(asked):
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    return {name: TEMPTING.get(name, SIGN) for name in names - {field.split("-")[0] for field in asked}}


def _sent(client, written, path, fields):
    written.clear()
    return client.post(path, data=fields).status_code, list(written)


@pytest.mark.drill
def test_no_form_takes_more_than_it_asks_for(enter_as, written, promise):
    smuggled, took = [], 0
    for name, entry in FORMS.items():
        if name in ELSEWHERE:
            continue
        client = enter_as(ACCOUNTS[entry["role"]]["email"])
        page = filled(entry.get("page", entry["path"]), entry)
        form = posting_to(client.get(page).text, filled(entry["path"], entry), page)[0]
        fields = {field: "Typed" for field in form["fields"] if field not in ("csrf_token", "nonce", "version")}
        path = form["action"] or page
        plain = _sent(client, written, path, fields)
        more = _sent(client, written, path, _extras(form["fields"]) | fields)
        took += bool(plain[1])
        if plain != more or SIGN in repr(more):
            smuggled.append((name, plain[0], more[0]))

    promise("leaks", len(smuggled), of=len(FORMS) - len(ELSEWHERE))
    assert smuggled == []
    assert took >= 5, "most forms refuse what is filled in here: the test would find nothing"
