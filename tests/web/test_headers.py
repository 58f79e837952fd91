"""What stands on every answer: nothing from elsewhere, nothing framed, nothing kept by a shared cache."""

import pytest

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.base import Base

PAGES = ["/", "/sign-in", "/account", "/reviews/hidden", "/link/unknown", "/nowhere", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert all(f"{name} 'none'" in policy for name in ("frame-ancestors", "base-uri"))
    assert "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


def test_a_post_that_is_refused_carries_them_too(browserlike):
    headers = browserlike.post("/sign-in").headers

    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")


@pytest.mark.parametrize("verb", ["TRACE", "PUT", "DELETE", "PATCH", "BREW"])
def test_verbs_that_nobody_needs_are_refused(client, verb):
    assert client.open("/sign-in", method=verb).status_code == 405


def test_a_method_override_is_not_heard(enter_as):
    peer = enter_as("peer")

    answer = peer.get("/sign-out?_method=POST", headers={"X-HTTP-Method-Override": "POST"})

    assert answer.status_code == 200
    assert peer.get("/account").status_code == 200


def test_forwarded_headers_are_not_believed_without_a_proxy(client):
    page = client.get("/sign-in", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})

    assert "evil.example" not in page.text


@pytest.fixture
def encrypted(tmp_path):
    settings = Settings(
        testing=True,
        data_dir=tmp_path,
        base_url="https://reviews.example",
        secret_key="a secret of forty characters, for a test",
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_behind_tls_cookies_are_kept_to_it_and_the_browser_is_told(encrypted):
    answer = encrypted.test_client().get("/sign-in", base_url="https://reviews.example")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_without_tls_the_cookie_is_still_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("session=")
    assert all(part in cookie for part in ("; HttpOnly", "; SameSite=Lax"))
