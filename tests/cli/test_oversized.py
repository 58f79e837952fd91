"""A body too large for the server is read to its end and thrown away: the answer is a page of ours, and it arrives."""

import http.client
import threading

import pytest
from waitress import create_server
from waitress.channel import HTTPChannel

from review_app.cli import oversized
from tests import feedback_world as town

MEGABYTE = 1_000_000


@pytest.fixture
def connection(tmp_path, monkeypatch):
    monkeypatch.setattr(HTTPChannel, "parser_class", HTTPChannel.parser_class)
    app = town.app_in(tmp_path)
    oversized.bind()
    server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=app.config["SETTINGS"].form_bytes)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=60)
    yield connection
    connection.close()
    server.close()
    thread.join(5)


def _post(connection, body, **headers):
    connection.request("POST", "/sign-in", body=body, headers={"Content-Type": "text/plain"} | headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_a_body_too_large_is_answered_with_a_page_and_the_connection_goes_on(connection):
    answer, page = _post(connection, b"x" * 5 * MEGABYTE)
    connection.request("GET", "/healthz")
    after = connection.getresponse()

    assert (answer.status, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert "This is too much at once" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert (after.status, len(after.read()) > 0) == (200, True)


def test_a_body_just_within_the_limit_arrives_whole(connection):
    answer, _page = _post(connection, b"email=" + b"x" * 1000, **{"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status == 422


def test_a_body_of_no_known_length_ends_at_the_limit(connection):
    chunks = (b"x" * MEGABYTE for _number in range(5))
    try:
        connection.request("POST", "/sign-in", body=chunks, encode_chunked=True)
        status = connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413

    assert status == 413


def test_nothing_of_it_is_kept():
    thrown = oversized.Thrown(10)

    assert (thrown.received(b"x" * 7), thrown.completed) == (7, False)
    assert (thrown.received(b"x" * 7), thrown.completed) == (3, True)
    assert (len(thrown), thrown.getfile().read()) == (0, b"")
