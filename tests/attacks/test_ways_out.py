"""Where a hostile text could lead somebody: headers of letters, addresses to go on to, the host of a request."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.services import access, outbox
from tests import letter_box
from tests.attacks.strings import HEADER_INJECTIONS, REDIRECTS

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]
PASSWORD = "four odd words indeed"
TYPED = {
    "review": ("title", "theme", "network", "funding", "venue", "purpose"),
    "organisation": ("name", "local_name"),
    "person": ("name", "function"),
}


@pytest.fixture
def told(app, world):
    """Let a hostile text stand in every field that a letter may name, and return the letters that leave."""

    def tell(text):
        letter_box.empty(app)
        before = len(letter_box.delivered(app))
        with app.app_context():
            review, person = world.review("feedback"), world.person("peer")
            rows = {"review": review, "person": person, "organisation": review.cities[0].organisation}
            for name, fields in TYPED.items():
                for field in fields:
                    column = type(rows[name]).__table__.columns[field]
                    setattr(rows[name], field, text[: column.type.length or 200])
            for kind, values in (
                ("moved", {"action": "end the visit", "stage": "feedback"}),
                ("moved", {"action": text, "stage": text}),
            ):
                outbox.queue(kind, person.email, person=person, review=review, values=values)
            access.ask_sign_in_link(person.email, onward=text)
            access.ask_reset(person.email)
            db.session.commit()
        return letter_box.delivered(app)[before:]

    return tell


@pytest.mark.drill
def test_no_text_adds_a_header_or_a_reader_to_a_letter(told, app, world, promise):
    wrong, looked = [], 0
    for text in HEADER_INJECTIONS:
        for letter in told(text):
            looked += 1
            head = letter.as_bytes().split(b"\n\n")[0].replace(b"\r", b"")
            to = letter["To"].addresses
            sound = letter.keys() == HEADERS and [one.addr_spec for one in to] == [world.email("peer")]
            if not sound or re.search(rb"(?im)^(bcc|cc|x-[a-z]+):", head):
                wrong.append((text, letter.keys(), str(letter["To"])))

    promise("headers_added", len(wrong), of=looked)
    assert wrong == []
    assert looked >= 3 * len(HEADER_INJECTIONS)


@pytest.mark.parametrize("field", ["email", "coordinator"])
@pytest.mark.parametrize("text", HEADER_INJECTIONS, ids=range(len(HEADER_INJECTIONS)))
def test_no_address_that_is_typed_brings_a_second_one(app, enter_as, world, field, text):
    letter_box.empty(app)
    client = enter_as("secretariat")
    pages = {
        "email": (f"/reviews/{world['recruiting']}/team", {"role": "observer"}),
        "coordinator": ("/reviews/new", {"host": "aarhus", "title": "A review"}),
    }
    address, others = pages[field]

    answer = client.post(address, data=others | {field: text.replace("a", "a@norrvik.example", 1)})

    assert answer.status_code == 422
    with app.app_context():
        assert list(db.session.scalars(select(Letter.id))) == []


@pytest.fixture
def password(app, world):
    with app.app_context():
        world.person("peer").password_hash = access.hasher.hash(PASSWORD)
        db.session.commit()


@pytest.mark.parametrize("where", ["form", "address", "kept"])
def test_nobody_is_led_away_after_signing_in(app, world, password, where):
    led = []
    for target in REDIRECTS:
        given = {"email": world.email("peer"), "password": PASSWORD}
        client, query = app.test_client(), {}
        if where == "address":
            page = client.get("/sign-in", query_string={"next": target})
            assert page.status_code == 200
            given["next"] = target[:400]
        if where == "form":
            given["next"] = target
        if where == "kept":
            given |= {"kept_to": target, "kept-title": "A text"}
        answer = client.post("/sign-in", data=given, query_string=query)
        led += [(target, answer.location)] if answer.location != "/" else []

    assert led == []


@pytest.mark.parametrize("name", ["next", "to", "url", "return", "redirect", "back", "continue", "kept_to"])
def test_no_parameter_leads_away_from_a_page(enter_as, world, name):
    client, led = enter_as("secretariat"), []
    for target in REDIRECTS:
        for page in ("/sign-in", f"/reviews/{world['drafting']}"):
            answer = client.get(page, query_string={name: target})
            links = re.findall(r'(?:href|action)="([^"]*evil[^"]*|javascript:[^"]*|data:[^"]*)"', answer.text)
            away = [one for one in [answer.location or "", *links] if _is_elsewhere(one)]
            led += [(target, page, away)] if away or answer.status_code >= 500 else []

    assert led == []


def _is_elsewhere(address):
    return bool(urlsplit(address).scheme or urlsplit(address).netloc) and not address.startswith("http://localhost/")


@pytest.mark.parametrize("page", ["/", "/sign-in", "/forgot", "/reviews", "/nowhere"])
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:80@x", "[::1", "a b", ""]
)
def test_a_request_for_another_host_is_refused(client, page, host):
    answer = client.get(page, headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "Forwarded", "X-Rewrite-URL"])
def test_a_link_in_a_letter_names_our_own_address(app, world, header):
    letter_box.empty(app)
    value = "host=evil.example" if header == "Forwarded" else "evil.example"

    answer = app.test_client().post("/forgot", data={"email": world.email("peer")}, headers={header: value})

    [letter] = letter_box.delivered(app)
    assert answer.location == "/sign-in/sent"
    assert set(re.findall(r"https?://[^/\s]+", letter_box.text_of(letter))) == {"http://localhost"}
