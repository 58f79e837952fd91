"""What is refused before it is read: forms of too many fields are counted, not parsed, and addresses have an end."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge
from werkzeug.formparser import FormDataParser

LONGEST_QUERY = 16_384  # bytes
Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]
PLAIN = "application/x-www-form-urlencoded"


class CountingParser(FormDataParser):
    """Counts the fields of a plain form before it makes texts of them: half a million short ones take seconds."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        """Return stream, form and files. Raises RequestEntityTooLarge for more fields than `max_form_parts`."""
        if mimetype == PLAIN:
            raw = stream.read()
            if self.max_form_parts is not None and raw.count(b"&") >= self.max_form_parts:
                raise RequestEntityTooLarge
            stream = BytesIO(raw)
        return super().parse(stream, mimetype, content_length, options)


class LimitedRequest(Request):
    """A request whose forms are counted first."""

    form_data_parser_class = CountingParser


def bind(app: Flask) -> None:
    """Let requests be counted; to be bound before anything that reads them."""
    app.request_class = LimitedRequest

    @app.before_request
    def measure() -> None:
        if len(request.query_string) > LONGEST_QUERY:
            raise RequestURITooLarge
