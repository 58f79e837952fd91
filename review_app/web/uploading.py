"""Which views take files: their forms alone may be larger than the others."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

from review_app.config import Settings

View = Callable[..., Any]


def takes_files(view: View) -> View:
    """Let the form of a view bring a file."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def is_upload(endpoint: str | None) -> bool:
    """Tell whether a view takes files."""
    return getattr(current_app.view_functions.get(endpoint or ""), "takes_files", False)


def bind(app: Flask, settings: Settings) -> None:
    """Widen the limit before anybody reads the form; the check of its token is the first to do so."""

    @app.url_value_preprocessor
    def widen(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if is_upload(endpoint):
            request.max_content_length = settings.upload_bytes
