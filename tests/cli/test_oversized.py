"""A body too large for the server is read to its end and thrown away: the answer is a page of ours, and it arrives."""

import http.client

import pytest

from review_app.cli import oversized
from tests.browser.site import serving

MEGABYTE = 1_000_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UPLOAD = "/reviews/nowhere/practice/files/AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(scope="module")
def served(template, world, tmp_path_factory):
    with serving(template, tmp_path_factory.mktemp("served") / "data", world) as site:
        yield site


@pytest.fixture
def connection(served):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    yield connection
    connection.close()


def _post(connection, path, body):
    connection.request("POST", path, body=body, headers=FORM)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_a_body_too_large_is_answered_with_a_page_and_the_connection_goes_on(connection):
    answer, page = _post(connection, "/sign-in", b"x" * 45 * MEGABYTE)
    connection.request("GET", "/healthz")
    after = connection.getresponse()

    assert (answer.status, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert "Shorten the text, or send it in parts" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert (after.status, len(after.read()) > 0) == (200, True)


def test_where_files_are_taken_it_says_how_large_one_may_be(connection):
    answer, page = _post(connection, UPLOAD, b"x" * 45 * MEGABYTE)

    assert (answer.status, "A file may have up to 20 MB" in page) == (413, True)


def test_a_body_within_the_limit_arrives_whole(connection):
    answer, page = _post(connection, "/sign-in", b"email=ada%40example.org&password=" + b"x" * 1000)

    assert (answer.status, "ada@example.org" in page) == (400, True)


def test_a_body_of_no_known_length_ends_at_the_limit(connection):
    chunks = (b"x" * MEGABYTE for _number in range(45))
    try:
        connection.request("POST", "/sign-in", body=chunks, headers=FORM, encode_chunked=True)
        status = connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413

    assert status == 413


def test_nothing_of_it_is_kept():
    thrown = oversized.Thrown(10)

    assert (thrown.received(b"x" * 7), thrown.completed) == (7, False)
    assert (thrown.received(b"x" * 7), thrown.completed) == (3, True)
    assert (len(thrown), thrown.getfile().read()) == (0, b"")
