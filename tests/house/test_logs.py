"""Logs (RELIABILITY 84): what happened, never who wrote what; nothing that a terminal obeys."""

import io
import json

import pytest
import structlog

from review_app.extensions import logs


@pytest.fixture
def log(app):
    """Log as the product does, into a text that the test can read."""
    before, written = structlog.get_config(), io.StringIO()
    app.config["TESTING"] = False
    logs.bind(app)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.configure(**before)


@pytest.fixture
def line(log):
    """Write one event and return what came out."""

    def write(event, **values):
        structlog.get_logger("test").error(event, **values)
        return log.getvalue()

    return write


def test_control_characters_are_escaped_and_one_event_is_one_line(line):
    written = line("a\nforged line\x1b[2J", path="/\r\n\u2028x")

    assert written.count("\n") == 1
    assert written.isascii()
    assert not any(ord(letter) < 32 for letter in written.rstrip("\n"))
    assert json.loads(written)["event"] == "a\nforged line\x1b[2J"


def test_whatever_is_logged_leaves_out_addresses_tokens_and_secrets(line):
    written = line(
        "to peer@example.org", path="/link/s3cr3t-t0ken", client="203.0.113.9", fields={"password": "harbour-and-hill"}
    )

    assert [word for word in ("peer@", "s3cr3t", "113.9", "harbour") if word in written] == []


def test_a_broken_page_logs_neither_the_text_nor_the_person(app, enter_as, log, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def break_down(*_args, **_more):
        raise ValueError("CANARY went wrong for peer@example.org from 203.0.113.9")

    monkeypatch.setattr("review_app.web.pages.access.AccountForm.answers", break_down)
    form = {"name": "CANARYNAME", "function": "CANARYFUNCTION", "timezone": "Europe/Brussels", "language": "en"}
    answer = enter_as("peer").post("/account", data=form)

    written = log.getvalue()
    assert (answer.status_code, json.loads(written)["event"]) == (500, "request failed")
    assert [word for word in ("CANARYNAME", "CANARYFUNCTION", "peer@", "113.9") if word in written] == []


def test_a_statement_that_fails_is_logged_without_its_values(app):
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine

    assert engine.hide_parameters is True
