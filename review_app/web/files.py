"""Files on the disk on their way to a reader: the first byte leaves before the last one is read."""

import os
from typing import BinaryIO

from flask import Response, request
from werkzeug.wsgi import wrap_file

AT_ONCE = 1 << 18


def handed_out(file: BinaryIO, *, media: str, name: str) -> Response:
    """Return a file as a download under a name; it is closed when it has left. A small one is read at once."""
    size = os.fstat(file.fileno()).st_size
    answer = _small(file) if size <= AT_ONCE else _large(file)
    answer.mimetype, answer.content_length = media, size
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _small(file: BinaryIO) -> Response:
    with file:
        return Response(file.read())


def _large(file: BinaryIO) -> Response:
    answer = Response(wrap_file(request.environ, file), direct_passthrough=True)
    answer.call_on_close(file.close)
    return answer
