"""Bodies that are too large are read to their end and thrown away, so that the app can say so with a page of its own.

The server's own answer is one line of plain text, and closes the connection while a browser still sends: most browsers
then show no answer at all.
"""

import io
from typing import Any

from waitress.buffers import BytesIOBasedBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

# Beyond this nobody sends by mistake: the connection is closed.
MOST = 2_000_000_000


class Thrown:
    """A body of a known length of which nothing is kept."""

    error = None

    def __init__(self, length: int) -> None:
        self.left = length

    @property
    def completed(self) -> bool:
        """Whether all of it has come."""
        return self.left == 0

    def received(self, data: bytes) -> int:
        """Count what came, and forget it."""
        taken = min(len(data), self.left)
        self.left -= taken
        return taken

    def getfile(self) -> io.BytesIO:
        """Return what was kept of it: nothing."""
        return io.BytesIO()

    def getbuf(self) -> BytesIOBasedBuffer:
        """Return the buffer the server closes in the end."""
        return BytesIOBasedBuffer()

    def __len__(self) -> int:
        return 0


class Patient(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request as the server does; one that announces too large a body goes on to the app without it."""

    body_rcv: Any
    error: Any

    def received(self, data: bytes) -> int:
        """Take a piece of the request and return how much of it belonged to it."""
        if isinstance(self.body_rcv, Thrown):
            taken = self.body_rcv.received(data)
            self.completed = self.body_rcv.completed
            return taken
        consumed = int(super().received(data))
        if isinstance(self.error, RequestEntityTooLarge) and not self.chunked and self.content_length <= MOST:
            self.error, self.completed = None, False
            self.body_rcv = Thrown(self.content_length)
        return consumed


def bind() -> None:
    """Have the server read requests this way."""
    HTTPChannel.parser_class = Patient
