"""Every form of the product, every field of it: hostile text never breaks a page, and is kept, clean, or refused."""

import re
import shutil
import signal
from contextlib import contextmanager
from itertools import cycle, islice

import pytest
from flask import url_for
from sqlalchemy import event

from review_app import create_app
from review_app.config import Settings
from review_app.extensions.database import db
from review_app.services import sessions
from review_app.web import gate as gates
from review_app.web import limits
from tests.attacks import every_state, strings
from tests.attacks.answers import faults
from tests.attacks.forms_found import TYPED, Form, Input, Search, body
from tests.attacks.shapes import SHAPES

LONGEST_S = 20
SOME = [
    ("secretariat", "draft"),
    ("secretariat", "recruiting"),
    ("host coordinator", "preparing"),
    ("peer", "recruiting"),
    ("peer", "feedback"),
    ("rapporteur", "drafting"),
    ("host coordinator", "fact_check"),
    ("rapporteur", "fact_check"),
    ("secretariat", "sign_off"),
    ("secretariat", "published"),
]
NETWORK = [
    "/account",
    "/network/add",
    "/desk",
    "/reviews/new",
    "/network/organisations/aarhus",
    "/network/people",
    "/sign-out",
]
BUTTONS = {
    "feedback.send": ("peer", "feedback", {}),
    "feedback.reopen": ("peer", "feedback", {}),
    "network.send_again": ("secretariat", None, {}),
    "network.take_right": ("secretariat", None, {"key": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "reports.retry": ("secretariat", "drafting", {}),
    "publishing.fund": ("secretariat", "sign_off", {}),
}
"""Routes whose form shows in rare states only: posted to with the fields that are known of them."""
FIELDS = {"publishing.fund": [Input("funding", "text")]}
UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


class Forms(Search):
    """The forms of the demonstration."""

    def __init__(self, app, world, enter):
        super().__init__(app)
        self.app, self.world, self.enter = app, world, enter
        with app.test_request_context():
            self.tokens = every_state.prepare(world)
        self.everywhere()

    def client(self, who):
        """Somebody who has just come in: whoever signed out before does not count."""
        return self.enter(who) if who else self.app.test_client()

    def everywhere(self):
        ways_in = ["/sign-in", "/forgot", "/sign-in/link", *(f"/link/{token}" for token in self.tokens)]
        self.walk(self.client(None), None, ways_in)
        self.walk(self.client("secretariat"), "secretariat", NETWORK, inside="/network/people/")
        self.walk(self.client("peer"), "peer", ["/account/erase", "/account/consents"])
        for who, stage in SOME:
            self.walk(self.client(who), who, self._pages(stage), inside=f"/reviews/{self.world[stage]}/")
        for endpoint in self.missing & set(BUTTONS):
            self.by_hand(endpoint, *BUTTONS[endpoint])

    def _pages(self, stage):
        rules = [one for one in self.app.url_map.iter_rules() if one.arguments == {"ref"} and "GET" in one.methods]
        with self.app.test_request_context():
            return [url_for(one.endpoint, ref=self.world[stage]) for one in rules]

    def by_hand(self, endpoint, who, stage, values):
        known = {"ref": self.world[stage]} if stage else {}
        with self.app.test_request_context():
            action = url_for(endpoint, **known, **values)
        self.keep(Form(action, who=who, inputs=FIELDS.get(endpoint, [])))


@contextmanager
def alarm(seconds):
    def ring(*_anything):
        raise TimeoutError("a request that does not end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


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


def post(client, address, content, kind=limits.PLAIN):
    with alarm(LONGEST_S):
        return client.post(address, data=content, content_type=kind)


def with_field(form, name, value):
    """The fields of a form as a browser sends them, one of them with another value."""
    others = [(one, kept) for one, kept in form.filled() if one != name]
    return [*others, (name, value)]


def test_every_route_that_takes_a_form_has_shown_one(forms):
    assert forms.missing == set()


def test_the_routes_named_by_hand_are_there(site):
    rules = {rule.endpoint for rule in site.url_map.iter_rules() if "POST" in rule.methods}

    assert set(BUTTONS) <= rules


def attacks(forms, each):
    """Every field of every form, each with some of the strings, so that every string comes to be used."""
    texts = cycle({**strings.ALL, **(strings.blocks() if each > 1 else {})}.items())
    for endpoint, form in sorted(forms.found.items()):
        names = [*form.names(*TYPED, "hidden", "radio", "checkbox", "select", "submit"), "unknown"]
        for name in names:
            yield from ((endpoint, form, name, *one) for one in islice(texts, each))


@pytest.mark.drill
def test_no_string_in_any_field_breaks_a_page(forms, unchanged, written, amount, promise):
    found, sent, used, broken = [], 0, set(), 0
    for endpoint, form, name, title, text in attacks(forms, amount(quick=1, full=6)):
        written.clear()
        answer = post(forms.client(form.who), form.action, body(with_field(form, name, text)))
        sent, used, broken = sent + 1, used | {title}, broken + (answer.status_code >= 500)
        told = faults(answer, form, name, text) + [f"writes {one[:40]!r}" for one in written if UNCLEAN.search(one)]
        found += [f"{endpoint}.{name} <- {title}: {one}" for one in told]

    promise("http5xx", broken, of=sent)
    assert "\n".join(found) == ""
    assert used >= set(strings.ALL)


@pytest.mark.drill
def test_no_shape_of_a_form_breaks_a_page(forms, unchanged, written, amount, promise):
    found, sent, broken, shapes = [], 0, 0, cycle(SHAPES.items())
    for endpoint, form in sorted(forms.found.items()):
        for title, shape in islice(shapes, amount(quick=3, full=len(SHAPES))):
            written.clear()
            answer = post(forms.client(form.who), form.action, *shape(form))
            sent, broken = sent + 1, broken + (answer.status_code >= 500)
            told = faults(answer, form, "", "") + [f"writes {one[:40]!r}" for one in written if UNCLEAN.search(one)]
            found += [f"{endpoint} <- {title}: {one}" for one in told]

    promise("http5xx", broken, of=sent)
    assert "\n".join(found) == ""


def test_no_form_is_taken_without_its_token(forms, site, unchanged, written):
    site.config["WTF_CSRF_ENABLED"] = True
    wrong = []
    for endpoint, form in sorted(forms.found.items()):
        bare = [one for one in form.filled() if one[0] != "csrf_token"]
        for title, fields in (("no token", bare), ("another token", [*bare, ("csrf_token", "IjAwMDAi.aaaa.bbbb")])):
            written.clear()
            answer = post(forms.client(form.who), form.action, body(fields))
            if answer.status_code != 400 or written:
                wrong.append(f"{endpoint} with {title}: {answer.status_code}, {len(written)} texts written")
    site.config["WTF_CSRF_ENABLED"] = False

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE"])
def test_no_route_takes_another_verb_or_a_pretended_one(forms, unchanged, written, verb):
    wrong = []
    for endpoint, form in sorted(forms.found.items()):
        written.clear()
        client = forms.client(form.who)
        plain = client.open(form.action, method=verb, data=body(form.filled()), content_type=limits.PLAIN)
        pretended = [
            client.get(form.action, headers={"X-HTTP-Method-Override": verb_of}, query_string={"_method": verb_of})
            for verb_of in (verb, "POST")
        ]
        if plain.status_code != 405 or written or any(one.status_code >= 500 for one in pretended):
            wrong.append(f"{endpoint}: {plain.status_code}, {[one.status_code for one in pretended]}, {written[:1]}")

    assert "\n".join(wrong) == ""
