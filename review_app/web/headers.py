"""Headers on every answer: nothing from elsewhere, nothing framed, nothing kept by a shared cache."""

import uuid

from flask import Flask, Response, g, request
from werkzeug.exceptions import SecurityError

from review_app.config import Settings
from review_app.extensions.database import writing
from review_app.web import sessions, sights

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
# What their address names never changes, and is the same for everybody.
LASTING = ("static", "brand.styles")


def under_another_name(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Refuse a request that names another host: no page of ours can be drawn for an address that is not ours."""
    return "This site has another address.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def bind(app: Flask, settings: Settings) -> None:
    """Set headers after each request, and tell the database before it whether it will write."""

    app.register_error_handler(SecurityError, under_another_name)
    sights.bind(app)

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex[:12]
        writing.set(request.method not in SAFE)

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        # The thread lives on: whatever it does next begins as a program does.
        writing.set(True)

    @app.after_request
    def finish(response: Response) -> Response:
        sights.keep(response)
        sessions.wind()
        for name, value in FIXED.items():
            # A file that is handed out has a stricter policy of its own.
            response.headers.setdefault(name, value)
        _say_who_keeps(response)
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response


def _say_who_keeps(response: Response) -> None:
    is_whole = response.status_code == 200
    if request.endpoint not in LASTING or (request.endpoint != "static" and not is_whole):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    elif is_whole:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
