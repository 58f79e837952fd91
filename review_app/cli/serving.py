"""`flask serve` and `flask worker`: the web server and the background worker, which stop when told."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NoReturn, cast

import click
import structlog
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from review_app.cli import channel
from review_app.config import Settings
from review_app.extensions import disk
from review_app.services import restoring, starting
from review_app.tasks import WORKERS, Background

log = structlog.get_logger(__name__)
THREADS = 8
PATIENCE = 60
CONNECTIONS = 1000
"""Two hundred people keep two hundred connections open while they read and write; the library allows a hundred."""
HEADER_BYTES = 32_768


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
    _refuse(settings.refusals())
    _use(settings)
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
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=settings.upload_bytes + 1,
        clear_untrusted_proxy_headers=settings.proxy_count == 0,
    )
    channel.speak(sockets)
    server.run()


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do the background work: letters, reports, reminders. Stops at SIGTERM when the task at hand is done."""
    _use(_settings())
    background = cast(Background, current_app.extensions["background"])
    background.wake()
    consumer = background.queue.create_consumer(
        workers=WORKERS,
        initial_delay=0.1,
        max_delay=1.0,
        backoff=1.3,
        check_worker_health=True,
        graceful_signal="TERM",
        shutdown_timeout=5,
    )
    log.info("working", queue=type(background.queue).__name__)
    consumer.run()


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise click.ClickException("\n".join(reasons))


def _use(settings: Settings) -> None:
    """Keep the data folder to the end of this command, and refuse to serve what is not for this version."""
    click.get_current_context().with_resource(_using(settings))
    _refuse(starting.refusals(settings))


@contextmanager
def _using(settings: Settings) -> Iterator[None]:
    """Let nobody restore into the data folder meanwhile. A folder that cannot be written to needs no such care."""
    with ExitStack() as held:
        try:
            held.enter_context(disk.hold(settings.data_dir / restoring.IN_USE, shared=True))
        except disk.Held as restored:
            raise click.ClickException(f"A backup is being restored into {settings.data_dir}.") from restored
        except OSError as trouble:
            log.warning("data folder not held", trouble=trouble.strerror)
        yield


def _leave(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
