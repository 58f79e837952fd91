"""Commands: what an operator types, and what comes back."""

import re

import pytest
from sqlalchemy import func, select

from review_app.config import ROOT
from review_app.domain import method_file
from review_app.extensions.database import db
from review_app.models.network import Person
from tests import letter_box

METHOD = "critical_friend_review"


@pytest.fixture
def run(app):
    """Run a command line and return what it printed and its exit code."""

    def go(*words):
        result = app.test_cli_runner().invoke(args=words)
        return result.output, result.exit_code

    return go


def test_methods_are_listed(run):
    assert run("methods", "list") == (f"{METHOD}\t1\tCritical friend review\n", 0)


def test_the_print_of_the_method_is_the_one_in_the_docs(run):
    printed, code = run("methods", "show", METHOD)

    assert (printed, code) == ((ROOT / "docs" / "methods" / f"{METHOD}.md").read_text(encoding="utf-8"), 0)


def test_the_drawing_shows_every_stage_and_is_the_same_each_time(run):
    first, second = (run("methods", "show", METHOD, "--svg")[0] for _time in range(2))

    method = method_file.load(method_file.FOLDER / f"{METHOD}.toml")
    assert first == second
    assert first.startswith("<svg ")
    assert all(f">{stage.label}</text>" in first for stage in method.stages)


def test_an_unknown_method_is_said_to_be_unknown(run):
    assert run("methods", "show", "none") == (f"Error: There is no method none. There are: {METHOD}.\n", 1)


def test_a_method_file_that_works_is_said_to_work(run):
    path = method_file.FOLDER / f"{METHOD}.toml"

    assert run("methods", "check", str(path)) == (f"{path.name} works: Critical friend review, version 1.\n", 0)


def test_a_method_file_that_cannot_work_gets_every_reason(run, tmp_path):
    text = (method_file.FOLDER / f"{METHOD}.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('"the visit has dates"', '"the moon is full"'), encoding="utf-8")

    output, code = run("methods", "check", str(path))

    assert code == 1
    assert "mine.toml cannot work:" in output
    assert "unknown guard “the moon is full”" in output


def test_a_network_adds_a_method_of_its_own(app, run):
    folder = app.config["SETTINGS"].methods_dir
    folder.mkdir(parents=True)
    text = (method_file.FOLDER / f"{METHOD}.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(text.replace(f'name = "{METHOD}"', 'name = "own"', 1), encoding="utf-8")

    assert [line.split("\t")[0] for line in run("methods", "list")[0].splitlines()] == [METHOD, "own"]


def test_the_first_secretariat_gets_a_link_that_signs_in_once(empty_app):
    runner = empty_app.test_cli_runner()

    output = runner.invoke(args=["people", "add-secretariat", "Ines@City.example", "--name", "Inês Calado"]).output

    path = re.search(r"http://localhost(/link/\S+)", output)[1]
    client = empty_app.test_client()
    assert "Inês Calado <Ines@City.example> belongs to the secretariat." in output
    assert (client.post(path).status_code, client.get("/desk").status_code) == (303, 200)
    assert empty_app.test_client().post(path).status_code == 410
    listed = runner.invoke(args=["people", "list"]).output
    assert listed == "Ines@City.example\tInês Calado\t\tsecretariat\n"


def test_adding_somebody_twice_makes_one_account(app, run):
    run("people", "add-secretariat", "peer@example.org")
    run("people", "add-secretariat", " PEER@example.org")

    with app.app_context():
        assert db.session.scalar(select(func.count(Person.id)).where(Person.identity == "peer@example.org")) == 1


def test_what_is_no_address_is_refused(run):
    assert run("people", "add-secretariat", "no address") == ("Error: no address is not an e-mail address.\n", 1)


def test_reviews_are_listed_in_one_line_each(run, world):
    lines = [line.split("\t") for line in run("reviews", "list")[0].splitlines()]

    assert {len(line) for line in lines} == {6}
    assert [world["feedback"], "feedback", "Kestrelhaven"] in [line[:3] for line in lines]


def test_the_outbox_is_listed_and_sent(app, run, client):
    letter_box.empty(app)
    client.post("/sign-in/link", data={"email": "peer@example.org"})

    waiting, _code = run("mail", "list")
    sent, _code = run("mail", "send")

    assert waiting.split("\t")[1:] == ["sign_in", "peer@example.org", "0\n"]
    assert (sent, run("mail", "list")) == ("1 sent\n", ("", 0))


def test_serving_is_refused_without_key_and_address(app, run):
    settings = app.config["SETTINGS"]
    settings.demo, settings.base_url = False, ""

    output, code = run("serve")

    assert code == 1
    assert "SECRET_KEY is missing or shorter than 32 characters." in output
    assert "BASE_URL is missing" in output
