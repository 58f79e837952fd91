"""Hidden is missing: the same answer to the byte in the same time; an unknown address is a wrong password."""

import re
import statistics
from itertools import chain
from math import erfc, sqrt
from time import perf_counter, process_time

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.services import access
from tests.leaks.crawl import FILL

MISSING = "no-such-review"
NONCE = re.compile(r'name="(?:nonce|csrf_token)" value="[^"]+"')
GUESS = {"password": "wrong horse battery"}


@pytest.fixture
def hidden(app):
    """A review that only those inside see, and whose reference is as long as one that is missing."""
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.stage == "feedback", Review.fictional)).first()
        review.ref = "no-such-secret"
        db.session.commit()
    return "no-such-secret"


def _rules(app):
    for rule in app.url_map.iter_rules():
        if "ref" in rule.arguments:
            for method in sorted({"GET", "POST", "HEAD"} & rule.methods):
                values = {name: FILL.get(name, ("A" * 22,))[0] for name in rule.arguments - {"ref"}}
                yield method, rule.endpoint, values


def _answer(client, method, path, ref):
    answer = client.open(path.replace("REF", ref), method=method, data={} if method == "POST" else None)
    kept = [(name, value.replace(ref, "REF")) for name, value in answer.headers if name not in ("Date", "Set-Cookie")]
    return answer.status_code, sorted(kept), answer.text.replace(ref, "REF")


@pytest.mark.drill
def test_every_address_of_a_hidden_review_answers_as_if_it_were_missing(app, hidden, enter_as, promise):
    with app.test_request_context():
        paths = [
            (method, app.url_map.bind("localhost").build(endpoint, {"ref": "REF", **values}, method=method))
            for method, endpoint, values in _rules(app)
        ]
    different, looked = [], 0
    for who, client in (("anybody", app.test_client()), ("member", enter_as("member"))):
        for method, path in paths:
            looked += 1
            if _answer(client, method, path, hidden) != _answer(client, method, path, MISSING):
                different.append(f"{who} {method} {path}")

    promise("leaks", len(different), of=looked)
    assert different == []


def _p_value(first, second):
    """Mann-Whitney: how likely such a difference of ranks is by chance, two-sided; a normal approximation."""
    ranked = sorted(chain(((one, 0) for one in first), ((one, 1) for one in second)))
    ranks = sum(place for place, (_time, which) in enumerate(ranked, start=1) if which == 0)
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    spread = sqrt(n * m * (n + m + 1) / 12)
    return erfc(abs(u - n * m / 2) / spread / sqrt(2))


def _timed(client, path):
    began = perf_counter()
    client.get(path)
    return perf_counter() - began


def _compare(client, hidden, times):
    """Time hidden and missing in turn, each first every other time."""
    found = {hidden: [], MISSING: []}
    for number in range(times):
        for ref in (hidden, MISSING) if number % 2 else (MISSING, hidden):
            found[ref].append(_timed(client, f"/reviews/{ref}"))
    return found[hidden], found[MISSING]


@pytest.mark.drill
def test_hidden_and_missing_take_the_same_time(hidden, enter_as, request, record_property, promise):
    """Once in a hundred times chance alone looks like a difference: then 5 times as many requests must not show one."""
    if not request.config.getoption("--drill"):
        pytest.skip("a clock is no test on a busy machine; the drill measures")
    client = enter_as("member")
    _compare(client, hidden, 20)
    for times in (300, 1500):
        there, nowhere = _compare(client, hidden, times)
        p, medians = _p_value(there, nowhere), [statistics.median(one) * 1000 for one in (there, nowhere)]
        print(f"hidden {medians[0]:.3f} ms, missing {medians[1]:.3f} ms, p = {p:.3f}, {times} each")
        if p > 0.01:
            break

    promise("leaks", int(p <= 0.01), of=2 * times)
    assert p > 0.01, medians


def test_a_hidden_review_costs_the_statements_of_a_missing_one(enter_as, hidden, statements):
    client = enter_as("member")
    found = []
    for ref in (hidden, MISSING):
        client.get(f"/reviews/{ref}")
        statements.clear()
        client.get(f"/reviews/{ref}")
        found.append(list(statements))

    assert found[0] == found[1]


def _tries(client, email):
    answer = client.post("/sign-in", data={"email": email, **GUESS})
    return answer.status_code, NONCE.sub("", answer.text.replace(email, "ADDRESS"))


@pytest.mark.drill
def test_an_unknown_address_gets_the_answer_of_a_wrong_password_after_the_same_work(app, world, monkeypatch, promise):
    seen = []
    verify = access.hasher.verify_and_update
    monkeypatch.setattr(access.hasher, "verify_and_update", lambda *given: seen.append(given) or verify(*given))
    with app.app_context():
        world.person("member").is_active = False
        world.person("observer").password_hash = None
        db.session.commit()
    addresses = ("peer@example.org", "nobody@example.org", "member@example.org", "observer@example.org")

    answers = {_tries(app.test_client(), email) for email in addresses}

    promise("leaks", len(answers) - 1, of=len(addresses))
    assert len(answers) == 1
    assert [given for given, _kept in seen] == [GUESS["password"]] * len(addresses)
    assert {kept.split("$")[3] for _given, kept in seen} == {"m=19456,t=2,p=1"}


@pytest.mark.drill
def test_an_unknown_address_takes_the_time_of_a_wrong_password(app, request, promise):
    if not request.config.getoption("--drill"):
        pytest.skip("a clock is no test on a busy machine; the drill measures")
    work = {"peer@example.org": [], "nobody@example.org": []}
    with app.app_context():
        access.person_by_password("nobody@example.org", "first")
        for _time in range(30):
            for email, times in work.items():
                began = process_time()
                assert access.person_by_password(email, "wrong horse battery") is None
                times.append(process_time() - began)
    known, unknown = (statistics.median(times) for times in work.values())
    print(f"wrong password {known * 1000:.1f} ms, unknown address {unknown * 1000:.1f} ms")

    promise("leaks", int(abs(known / unknown - 1) > 0.2), of=60)
    assert abs(known / unknown - 1) <= 0.2
