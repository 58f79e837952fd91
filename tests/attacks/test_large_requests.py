"""What is too much at once: fields, addresses, headers, bodies are refused before they cost anything, and said so."""

import socket
import threading
from contextlib import closing

import pytest
import waitress
from waitress import wasyncore
from werkzeug import formparser

from review_app.cli import channel
from review_app.web import limits
from tests.web.feedback_pages import heading

FIELDS = 600
BODY = 4_000_000
TOO_MUCH, TOO_LONG = "This is too much at once", "This address is too long"


@pytest.fixture
def parsed(monkeypatch):
    """How many fields were made texts of."""
    seen, parse = [], formparser.parse_qsl

    def count(text, **more):
        found = parse(text, **more)
        seen.append(len(found))
        return found

    monkeypatch.setattr(formparser, "parse_qsl", count)
    return seen


@pytest.mark.parametrize("fields", [FIELDS + 1, 600_000])
def test_a_form_of_too_many_fields_is_refused_before_it_is_parsed(client, parsed, fields):
    answer = client.post("/sign-in", data=b"a&" * (fields - 1) + b"a", content_type=limits.PLAIN)

    assert (answer.status_code, heading(answer), parsed) == (413, TOO_MUCH, [])


def test_the_token_of_a_form_is_not_looked_for_among_too_many_fields(browserlike, parsed):
    answer = browserlike.post("/sign-in", data=b"a=1&" * 600_000, content_type=limits.PLAIN)

    assert (answer.status_code, heading(answer), parsed) == (413, TOO_MUCH, [])


def test_a_form_of_as_many_fields_as_may_be_is_read(client, parsed):
    answer = client.post("/sign-in", data=b"a&" * (FIELDS - 1) + b"a", content_type=limits.PLAIN)

    assert (answer.status_code, parsed) == (422, [FIELDS])


def test_a_form_in_parts_may_have_no_more(client):
    part = '--b\r\nContent-Disposition: form-data; name="f{}"\r\n\r\nx\r\n'
    bodies = ["".join(part.format(number) for number in range(parts)) + "--b--\r\n" for parts in (FIELDS, FIELDS + 1)]

    answers = [client.post("/sign-in", data=body, content_type="multipart/form-data; boundary=b") for body in bodies]

    assert [one.status_code for one in answers] == [422, 413]
    assert heading(answers[1]) == TOO_MUCH


def test_a_body_over_the_limit_is_refused_with_our_page(client):
    answer = client.post("/sign-in", data={"email": "x" * 2_100_000})

    assert (answer.status_code, heading(answer)) == (413, TOO_MUCH)


@pytest.mark.parametrize("path", ["/reviews", "/sign-in", "/nowhere", "/healthz"])
def test_an_address_with_a_hundred_thousand_parameters_is_refused(client, path):
    answers = [client.open(f"{path}?{'a=1&' * 100_000}", method=method) for method in ("GET", "POST")]

    assert [(one.status_code, heading(one)) for one in answers] == [(414, TOO_LONG)] * 2


def test_the_longest_address_of_our_own_is_taken(client):
    assert client.get("/reviews?" + "&".join(f"item={'k' * 22}" for _one in range(100))).status_code == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"email":"a@b.example","password":"x"}'),
        ("text/plain", b"email=a"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name="),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nno name\r\n--b--"),
        ("multipart/form-data; boundary=\xff", b"--b--"),
        ("multipart/form-data; boundary=" + "b" * 5000, b"--b--"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="email"; filename="x"\r\n\r\nx\r\n--b--',
        ),
        ("application/x-www-form-urlencoded; charset=utf-16", "email=é".encode("utf-16")),
        ("application/x-www-form-urlencoded", b"email=\xff\xfe&password=\x00"),
        ("application/x-www-form-urlencoded", b"email=%ff%fe%00%ed%a0%80&password=%"),
        ("application/x-www-form-urlencoded", b"=&=&;&&&=%&email"),
        ("", b"email=a"),
        ("a/b/c;;;=", b"email=a"),
    ],
)
def test_a_body_of_another_kind_is_answered_like_an_empty_form(client, browserlike, kind, body):
    with_token, without = (one.post("/sign-in", data=body, content_type=kind) for one in (browserlike, client))

    assert (with_token.status_code, heading(with_token)) == (400, "Please send this form again")
    assert (without.status_code, heading(without)) in [(422, "Sign in"), (400, "Please send this form again")]


def test_a_body_that_ends_too_early_is_told(client):
    answer = client.post(
        "/sign-in", input_stream=_Short(), environ_overrides={"CONTENT_LENGTH": "900"}, content_type=limits.PLAIN
    )

    assert (answer.status_code, heading(answer)) == (400, "This request could not be read")


class _Short:
    """A stream that ends before its time."""

    def __init__(self):
        self.left = [b"email=a"]

    def read(self, _size=-1):
        return self.left.pop() if self.left else b""

    readline = read

    def tell(self):
        return 0

    def seek(self, _to, _from=0):
        return 0

    def close(self):
        self.left = []


@pytest.mark.parametrize(
    "cookie",
    [
        "session=" + "A" * 8000,
        "session=.eJw.x.y",
        "session=\xff",
        ";;;=;=;",
        "a=b; " * 1500,
        'session="\\000"',
        "remember_token=1|x",
    ],
)
def test_rubbish_in_cookies_is_nobody(client, cookie):
    answers = [client.get(page, headers={"Cookie": cookie}) for page in ("/", "/account")]

    assert [one.status_code for one in answers] == [200, 303]


# ---- the server itself -----------------------------------------------------------------------------


@pytest.fixture
def served(app):
    """The address of the real server before the app, in a thread of this process."""
    sockets = {}
    server = waitress.create_server(
        app,
        map=sockets,
        host="127.0.0.1",
        port=0,
        threads=2,
        ident="",
        max_request_header_size=32_768,
        max_request_body_size=BODY,
        asyncore_loop_timeout=0.1,
    )
    channel.speak(sockets)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.effective_port
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
    thread.join()
    server.task_dispatcher.shutdown()


def talk(port, *pieces):
    """Send bytes, and return everything that comes back until the server ends the connection."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as wire:
        for piece in pieces:
            wire.sendall(piece)
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def posts(length, *, more=""):
    return f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{more}\r\n".encode()


def test_a_body_over_the_servers_limit_gets_our_page_after_it_was_sent(served):
    length = BODY * 3

    answer = talk(served, posts(length, more="Connection: close\r\n"), b"x" * length)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'<h1 class="govuk-heading-l">This is too much at once</h1>' in answer


def test_the_connection_serves_the_next_request_after_a_body_over_the_limit(served):
    following = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    answer = talk(served, posts(BODY), b"x" * BODY, following)

    assert [answer.count(b"HTTP/1.1 413 "), answer.count(b"HTTP/1.1 200 ")] == [1, 1]


def test_a_body_beyond_all_measure_is_refused_at_once(served):
    answer = talk(served, posts(10**15))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(channel.SAID[413].encode())


def test_whoever_asks_before_sending_is_told_before_sending(served):
    answer = talk(served, posts(BODY, more="Expect: 100-continue\r\n"))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(channel.SAID[413].encode())


@pytest.mark.parametrize(
    ("request_", "code", "sentence"),
    [
        (b"GET /?" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 431, channel.SAID[431]),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"x" * 40_000 + b"\r\n\r\n", 431, channel.SAID[431]),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400, channel.UNREADABLE),
        (b"\x00\xff\r\n\r\n", 400, channel.UNREADABLE),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400, channel.UNREADABLE),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501, channel.UNREADABLE),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, channel.UNREADABLE),
    ],
    ids=["address", "cookies", "header", "bytes", "length", "encoding", "chunk"],
)
def test_what_is_no_request_gets_a_sentence(served, request_, code, sentence):
    answer = talk(served, request_)

    assert answer.split(b" ")[1] == str(code).encode()
    assert answer.endswith(b"\r\n\r\n" + sentence.encode())
    assert b"waitress" not in answer


def test_a_chunked_body_over_the_limit_gets_a_sentence(served):
    chunk = b"%x\r\n%s\r\n" % (BODY, b"x" * BODY)

    answer = talk(served, b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", chunk)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(channel.SAID[413].encode())
