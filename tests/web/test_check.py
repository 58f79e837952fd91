"""Anybody checks a printed copy: genuine, replaced, or not known, and nothing else comes out."""

import re

import pytest
from sqlalchemy import select

from review_app.domain.copies import code_in, ref_in
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.access import FailedTry
from review_app.models.publishing import Report
from review_app.queries import reports
from review_app.queries.seats import seat_at
from review_app.services import publishing, throttle

UNKNOWN = "This copy is not known here, or it was withdrawn."


@pytest.fixture
def copy_of(app, world):
    """Return reference and code of the copy that was issued of the review at a stage."""

    def copy(stage):
        with app.app_context():
            report = reports.published(world.review(stage))
            return world[stage], report.digest[:12]

    return copy


@pytest.fixture
def corrected(app, world):
    """Correct the public report, and return the codes of the first and of the second number."""
    with app.app_context():
        review = world.review("closed")
        codes = [reports.published(review).digest[:12]]
        publishing.correct("Page 2 named the wrong year.", seat_at(review, world.person("secretariat")))
        db.session.commit()
        return [*codes, reports.published(review).digest[:12]]


@pytest.fixture
def for_few(app, world):
    """Keep the report of the published review among those who took part."""
    with app.app_context():
        world.review("published").level = Level.PARTICIPANTS
        db.session.commit()


def check(client, ref, code):
    return client.get("/check", query_string={"ref": ref, "code": code})


def verdict(answer):
    """What the page says, without its form."""
    found = re.search(r'<div class="app-verdict" data-state="(\w+)" role="status">(.*?)</div>', answer.text, re.DOTALL)
    return found[1], " ".join(re.sub(r"<[^>]+>", " ", found[2]).split())


def test_anybody_is_asked_for_reference_and_code(client):
    page = client.get("/check")

    assert (page.status_code, "app-verdict" in page.text) == (200, False)
    assert re.findall(r'<input [^>]*name="(\w+)"', page.text) == ["ref", "code"]


def test_a_copy_as_it_was_issued_is_genuine_and_current(client, copy_of):
    state, told = verdict(check(client, *copy_of("closed")))

    assert state == "current"
    assert re.match(r"This copy is genuine and current: no\. 1 of \d+ \w+ 20\d\d\. ", told)


@pytest.mark.parametrize("change", [str.upper, " ".join, lambda code: f"{code[:4]}-{code[4:8]}–{code[8:]} "])
def test_a_code_may_be_typed_as_people_type(client, copy_of, change):
    ref, code = copy_of("closed")

    assert verdict(check(client, f" {ref.upper()} ", change(code)))[0] == "current"


def test_an_older_copy_was_replaced_and_whoever_reads_the_report_learns_why(client, world, corrected):
    first, second = corrected

    state, told = verdict(check(client, world["closed"], first))

    assert state == "replaced"
    assert re.match(
        r"This copy is genuine, but it was replaced by no\. 2 of \d+ \w+ 20\d\d\. Yours is no\. 1 of ", told
    )
    assert told.endswith("Page 2 named the wrong year.")
    assert verdict(check(client, world["closed"], second))[0] == "current"


def test_a_copy_that_travelled_too_far_is_genuine_and_tells_nothing_more(
    client, enter_as, copy_of, app, world, for_few
):
    ref, code = copy_of("published")
    with app.app_context():
        title = world.review("published").title

    outside, inside = check(client, ref, code), check(enter_as("secretariat"), ref, code)

    assert client.get(f"/reviews/{ref}").status_code == 404
    assert (verdict(outside)[0], title in outside.text) == ("current", False)
    assert (verdict(inside)[0], title in inside.text) == ("current", True)


def test_what_changed_in_a_hidden_report_is_told_to_its_readers_alone(client, enter_as, copy_of, app, world, for_few):
    ref, code = copy_of("published")
    with app.app_context():
        publishing.correct("A secret was wrong.", seat_at(world.review("published"), world.person("secretariat")))
        db.session.commit()

    outside, inside = check(client, ref, code), check(enter_as("secretariat"), ref, code)

    assert (verdict(outside)[0], "A secret was wrong." in outside.text) == ("replaced", False)
    assert (verdict(inside)[0], "A secret was wrong." in inside.text) == ("replaced", True)


def test_a_wrong_code_is_not_known_whether_the_review_is_public_hidden_or_missing(client, enter_as, world):
    for visitor in (client, enter_as("member")):
        pages = [check(visitor, ref, "0123456789ab") for ref in (world["closed"], world["draft"], "no-such-review")]

        assert {verdict(page) for page in pages} == {("unknown", verdict(pages[0])[1])}
        assert verdict(pages[0])[1].startswith(UNKNOWN)
        assert len({_without_field(page.text) for page in pages}) == 1


def _without_field(text):
    return re.sub(r'name="ref"[^>]*', "", text)


def test_a_hidden_review_and_a_missing_one_take_the_same_statements(client, world, statements):
    taken = []
    for ref in (world["draft"], "no-such-review"):
        statements.clear()
        check(client, ref, "0123456789ab")
        taken.append(list(statements))

    assert taken[0] == taken[1]


def test_the_code_of_another_review_is_not_known(client, copy_of, world):
    _ref, code = copy_of("closed")

    assert verdict(check(client, world["published"], code))[0] == "unknown"


def test_a_draft_is_never_genuine(client, app, world):
    with app.app_context():
        draft = publishing.print_draft(seat_at(world.review("drafting"), world.person("rapporteur")))
        db.session.commit()
        ref, code, number = world["drafting"], draft.digest[:12], draft.number

    assert (number, verdict(check(client, ref, code))[0]) == (None, "unknown")


@pytest.mark.parametrize(
    "typed", ["", "abc", "0123456789abc", "zzzzzzzzzzzz", "%", "0123456789a%", "' OR 1=1", "\x00" * 12]
)
def test_what_is_no_code_finds_nothing(client, copy_of, typed):
    ref, _code = copy_of("closed")

    answer = check(client, ref, typed)

    assert answer.status_code in (200, 422)
    assert "genuine and current" not in answer.text


def test_a_part_of_a_code_finds_nothing(client, copy_of):
    ref, code = copy_of("closed")

    assert verdict(check(client, ref, code[:11]))[0] == "unknown"


@pytest.mark.parametrize(
    ("given", "sentence"), [({"ref": "x"}, "Enter the code"), ({"code": "x"}, "Enter the reference")]
)
def test_whoever_leaves_one_out_is_asked_for_it(client, given, sentence):
    answer = client.get("/check", query_string=given)

    assert (answer.status_code, sentence in answer.text, "<title>Error: " in answer.text) == (422, True, True)


def test_wrong_guesses_are_counted_by_address_and_right_ones_are_not(app, copy_of, client):
    right = copy_of("closed")
    for _time in range(3):
        check(client, *right)
    check(client, right[0], "0123456789ab")

    with app.app_context():
        assert len(db.session.scalars(select(FailedTry)).all()) == 1


def test_whoever_guesses_too_often_waits_and_nobody_else_does(app, copy_of, monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 3)
    right, client = copy_of("closed"), app.test_client()
    for number in range(3):
        check(client, "guess", f"{number:012x}")

    answer, elsewhere = check(client, *right), app.test_client()

    assert (answer.status_code, answer.headers["Retry-After"], verdict(answer)[0]) == (429, "900", "wait")
    other = elsewhere.get("/check?ref={}&code={}".format(*right), environ_overrides={"REMOTE_ADDR": "198.51.100.9"})
    assert verdict(other)[0] == "current"


def test_every_number_of_every_report_is_found_under_its_own_code(app, client, corrected):
    with app.app_context():
        issued = db.session.scalars(select(Report).where(Report.number.is_not(None))).all()
        codes = [(publishing.registry.read(one.snapshot), one.digest) for one in issued]

    wrong = [paper.ref for paper, digest in codes if paper.code != digest[:12]]

    assert wrong == []
    assert {verdict(check(client, paper.ref, paper.code))[0] for paper, _digest in codes} == {"current", "replaced"}


@pytest.mark.parametrize(
    ("typed", "code"), [("O123 4567-89AB", "0123456789ab"), ("l23456789abc", "123456789abc"), ("ａ" * 12, "a" * 12)]
)
def test_letters_that_are_read_for_digits_are_taken_as_digits(typed, code):
    assert code_in(typed) == code


def test_a_reference_is_read_as_it_is_typed():
    assert ref_in(" Aldermere Walk–to-School ") == "aldermere-walk-to-school"
