"""Logs as JSON lines: what happened, to which request; never a body, a token or a password."""

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask

from review_app.domain.discretion import discreet


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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _discreetly(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what a log must not know, whoever wrote it down; the renderer escapes control characters."""
    return {name: discreet(name, value) for name, value in event.items()}
