"""Logs as JSON lines: what happened, to which request; never a body, a token or a password."""

import sys

import structlog
from flask import Flask


def bind(app: Flask) -> None:
    """Write to standard error; silent in tests unless something is wrong."""
    level = 40 if app.config["TESTING"] else 20
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
