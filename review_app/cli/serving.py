"""`flask serve` and `flask worker`: the web server and the background worker, which stop when told."""

import signal
from typing import NoReturn, cast

import click
import structlog
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from review_app.cli import channel
from review_app.config import Settings
from review_app.tasks import Background

log = structlog.get_logger(__name__)
THREADS = 8
PATIENCE = 60
HEADER_BYTES = 32_768
BODY_FACTOR = 4
"""Bodies up to this many times the form limit reach the app, which refuses them with a page a person can read."""


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(serve)
    app.cli.add_command(worker)


@click.command("serve")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="Where to listen.")
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address to listen.")
@with_appcontext
def serve(port: int, host: str) -> None:
    """Serve the site. Refuses without a SECRET_KEY and a BASE_URL."""
    settings = _settings()
    if settings.refusals():
        raise click.ClickException("\n".join(settings.refusals()))
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    signal.signal(signal.SIGTERM, _leave)
    log.info("serving", address=settings.address, host=host, port=port)
    sockets: dict[int, object] = {}
    server = waitress.create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        channel_timeout=PATIENCE,
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=settings.form_bytes * BODY_FACTOR,
        clear_untrusted_proxy_headers=settings.proxy_count == 0,
    )
    channel.speak(sockets)
    server.run()


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do the background work: letters, reports, reminders. Stops at SIGTERM when the task at hand is done."""
    background = cast(Background, current_app.extensions["background"])
    background.wake()
    consumer = background.queue.create_consumer(
        workers=2,
        initial_delay=0.1,
        max_delay=1.0,
        backoff=1.3,
        check_worker_health=True,
        graceful_signal="TERM",
        shutdown_timeout=5,
    )
    log.info("working", queue=type(background.queue).__name__)
    consumer.run()


def _leave(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
