"""The commands that take facts in and give them out, as an operator types them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from review_app.domain import review_file
from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.world import files

SMALL = {
    "id": "invented-2020",
    "title": "A quay for everybody",
    "network": "Some network",
    "method": "critical friend review",
    "theme": "harbours",
    "host": {"name": "Norrvik", "country": "SE", "kind": "city"},
    "dates": {"start": "2020-05", "end": "2020-06", "precision": "month"},
}


@pytest.fixture
def run(empty_app):
    runner = empty_app.test_cli_runner()
    return lambda *words: runner.invoke(args=[*words])


@pytest.fixture
def import_text(run, tmp_path):
    def take_in(text: str | bytes):
        file = tmp_path / "given.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("reviews", "import", str(file))

    return take_in


def reviews_in(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Review.id))) or 0


def test_an_operator_imports_the_real_reviews_twice(run):
    shipped = str(files.DATA / "reviews.json")

    answers = [run("reviews", "import", shipped) for _time in range(2)]

    assert [(answer.exit_code, answer.output) for answer in answers] == [
        (0, "25 reviews: 25 new, 0 changed, 0 unchanged\n"),
        (0, "25 reviews: 0 new, 0 changed, 25 unchanged\n"),
    ]


def test_an_operator_exports_what_can_be_imported_again(run, tmp_path):
    run("reviews", "import", str(files.DATA / "reviews.json"))
    out = run("reviews", "export", "ghent-2019").output
    (tmp_path / "again.json").write_text(out)

    again = run("reviews", "import", str(tmp_path / "again.json"))

    shipped = json.loads((files.DATA / "reviews.json").read_text(encoding="utf-8"))["reviews"]
    assert json.loads(out)["reviews"] == [one for one in shipped if one["id"] == "ghent-2019"]
    assert again.output == "1 review: 0 new, 0 changed, 1 unchanged\n"


def test_a_review_by_itself_is_a_file_too(import_text):
    answer = import_text(json.dumps(SMALL))

    assert (answer.exit_code, answer.output) == (0, "1 review: 1 new, 0 changed, 0 unchanged\n")


def test_an_operator_asks_for_a_review_that_is_not_there(run):
    answer = run("reviews", "export", "nowhere")

    assert (answer.exit_code, answer.output) == (1, "Error: There is no review “nowhere”.\n")


def test_an_operator_names_a_file_that_is_not_there(run, tmp_path):
    answer = run("reviews", "import", str(tmp_path / "none.json"))

    assert answer.exit_code == 1
    assert answer.output == f"Error: {tmp_path / 'none.json'} cannot be read: No such file or directory.\n"


def document(**changes) -> str:
    return json.dumps({"reviews": [SMALL, SMALL | {"id": "second"} | changes]})


FAULTS = {
    "not JSON": ("{", "The file is not JSON: line 1, column 2: Expecting property name enclosed in double quotes."),
    "not UTF-8": (b'{"a": "\xff"}', "The file is not UTF-8 text: byte 8 is not part of a letter."),
    "a list": ("[]", "the file: must be an object, not a list."),
    "a number": ("7", "the file: must be an object, not 7."),
    "nothing": ("", "The file is not JSON: line 1, column 1: Expecting value."),
    "no reviews": ('{"reviews": []}', "reviews: is an empty list."),
    "a key twice": ('{"reviews": [], "reviews": []}', 'The file says "reviews" twice in the same object.'),
    "not a number": ('{"reviews": [NaN]}', "The file is not strict JSON: NaN is not a number."),
    "endless": ('{"reviews": [-Infinity]}', "The file is not strict JSON: -Infinity is not a number."),
    "long number": ('{"reviews": ' + "9" * 5000 + "}", "The file holds a number that is too long."),
    "too deep": ("[" * 100_000, "The file is nested too deeply."),
    "rather deep": ('{"reviews": ' + "[" * 50 + "]" * 50 + "}", "The file is nested too deeply."),
    "half a letter": (
        document(title="half \ud800"),
        "reviews[1].title: half of a character stands here (a lone surrogate).",
    ),
    "nothing but half a letter": (r'"\ud800"', "the file: half of a character stands here (a lone surrogate)."),
    "half a key": (document(**{"a\ud800": 1}), "reviews[1]: half of a character stands here (a lone surrogate)."),
    "unknown key": (document(colour="red"), 'reviews[1]: "colour" is not known here.'),
    "unknown key of the file": (
        json.dumps({"reviews": [SMALL], "and": 1}),
        'the file: "and" is not known here.',
    ),
    "no name": (document(title=" \u200e "), "reviews[1].title: is empty."),
    "long name": (document(title="x" * 151), "reviews[1].title: is longer than 150 characters."),
    "wrong type": (document(title=7), "reviews[1].title: must be a text, not 7."),
    "truth is no number": (
        document(participants=True),
        "reviews[1].participants: must be a whole number or null, not true.",
    ),
    "too few": (document(participants=-1), "reviews[1].participants: must be 0 or more, not -1."),
    "too many": (document(participants=10**9), "reviews[1].participants: must be 1000000 or less, not 1000000000."),
    "half a person": (
        document(participants=2.5),
        "reviews[1].participants: must be a whole number or null, not 2.5.",
    ),
    "reserved": (document(id="new"), 'reviews[1].id: cannot be "new": addresses here use this word themselves.'),
    "twice": (document(id="invented-2020"), 'reviews[1].id: "invented-2020" names another review of this file too.'),
    "strange kind": (
        document(host={"name": "Moon", "country": "SE", "kind": "moon"}),
        (
            "reviews[1].host.kind: must be one of city, metropole, region, local authority, functional urban area, "
            'country, network, not "moon".'
        ),
    ),
    "less exact": (
        document(dates={"start": "2020", "end": "2020-05", "precision": "month"}),
        'reviews[1].dates.start: "2020" is not as exact as the precision says (month).',
    ),
    "no such day": (
        document(dates={"start": "2021-02-29", "end": "2021-03-01", "precision": "day"}),
        'reviews[1].dates.start: "2021-02-29" is not a day of the calendar.',
    ),
    "backwards": (
        document(dates={"start": "2021-03-02", "end": "2021-03-01", "precision": "day"}),
        "reviews[1].dates.end: lies before the start.",
    ),
    "unknown yet given": (
        document(dates={"start": "2021", "end": None, "precision": "unknown"}),
        "reviews[1].dates.start: is given, although the precision is unknown.",
    ),
    "known yet null": (
        document(dates={"start": None, "end": "2021", "precision": "year"}),
        "reviews[1].dates.start: is null, although the precision is year.",
    ),
    "published on no day": (
        document(sources=[{"url": "https://example.org/", "published": "2020-13"}]),
        'reviews[1].sources[0].published: "2020-13" is not a day of the calendar.',
    ),
    "twice a visitor": (
        document(
            visiting=[
                {"name": "FR", "country": "FR", "kind": "country"},
                {"name": "France", "country": "FR", "kind": "country"},
            ]
        ),
        'reviews[1].visiting[1]: "France" stands here twice.',
    ),
    "twice a host": (document(co_hosts=[SMALL["host"]]), 'reviews[1].co_hosts[0]: "Norrvik" stands here twice.'),
}


@pytest.mark.parametrize(("text", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_changes_nothing_and_says_where(empty_app, import_text, text, sentence):
    answer = import_text(text)

    assert answer.exit_code == 1
    assert answer.output == f"Error: given.json was not taken in, nothing was changed:\n  {sentence}\n"
    assert reviews_in(empty_app) == 0


def test_a_single_review_is_told_its_faults_without_a_number(import_text):
    answer = import_text(json.dumps(SMALL | {"title": "", "colour": "red"}))

    assert answer.output.splitlines()[1:] == ["  title: is empty.", '  the file: "colour" is not known here.']


def test_every_fault_is_listed_but_never_more_than_fifty(import_text):
    many = [SMALL | {"id": f"number-{number}", "title": ""} for number in range(70)]

    answer = import_text(json.dumps({"reviews": many}))

    lines = answer.output.splitlines()[1:]
    assert (len(lines), lines[-1]) == (50, "  reviews[49].title: is empty.")


def test_a_file_that_is_too_large_is_not_read(import_text):
    answer = import_text(b" " * (review_file.LARGEST + 1))

    assert answer.output.splitlines()[1] == "  The file is larger than 4 MB."


def test_the_documented_schema_is_the_one_that_is_asked():
    documented = Path(__file__).parents[2] / "docs" / "import.schema.json"

    assert documented.read_text(encoding="utf-8") == review_file.SCHEMA.read_text(encoding="utf-8")


def test_an_operator_makes_the_known_organisations_once(run):
    answers = [run("organisations", "load").output for _time in range(2)]

    assert answers == ["274 organisations known: 274 new.\n", "274 organisations known: 0 new.\n"]
