"""Logs as JSON lines: what happened, to which request; never a body, a token or a password."""

import contextlib
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog
from flask import Flask

from review_app.domain.discretion import discreet


class Forgiving:
    """A stream into which a line is written where that is possible: a full disk under the log spoils no answer."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or do not."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Let it be written down, or not."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def bind(app: Flask) -> None:
    """Write to standard error; silent in tests unless something is wrong."""
    level = 40 if app.config["TESTING"] else 20
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _discreetly,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Forgiving(sys.stderr))),
        cache_logger_on_first_use=False,
    )


def _discreetly(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what a log must not know, whoever wrote it down; the renderer escapes control characters."""
    return {name: discreet(name, value) for name, value in event.items()}
