"""What the web server itself says to a request that cannot reach the app: a sentence, before the connection ends."""

from collections.abc import Mapping
from socket import SHUT_WR
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

MOST_DRAINED = 100_000_000
"""A body of so many bytes is let in and thrown away: an answer given while a browser still sends is never read."""
UNREADABLE = "This request could not be read. Go back and try again; if it happens twice, tell the secretariat.\n"
SAID = {
    413: (
        "This is too much at once, and nothing was saved. "
        "Your browser still has what you typed: go back, and send it in parts.\n"
    ),
    431: (
        "Your browser sent more than this site takes as address and cookies. "
        "Delete the cookies of this site, then open it again.\n"
    ),
    500: (
        "Something is wrong on our side, and nothing was saved. "
        "Your browser still has what you typed: go back, and try again in a moment.\n"
    ),
}
HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; of a body that is too large it keeps the length alone, by which the app refuses it."""

    error: Any
    expect_continue: bool
    left = 0

    def received(self, data: bytes) -> int:
        """Take in bytes, and return how many of them belong to this request."""
        if self.left:
            return self._drained(len(data))
        taken: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            # Whoever waits for a word before sending gets the answer instead of the word.
            drains = not self.chunked and not self.expect_continue and self.content_length <= MOST_DRAINED
            self.expect_continue = False
            if drains:
                self.left, self.error, self.completed = self.content_length, None, False
        return taken

    def _drained(self, length: int) -> int:
        taken = min(length, self.left)
        self.left -= taken
        self.completed = self.left == 0
        return taken


class Sentence(ErrorTask):  # type: ignore[misc]
    """Answers what is no request, or one that is too large."""

    def execute(self) -> None:
        """Say what is wrong and what to do, then close."""
        error = self.request.error
        body = SAID.get(error.code, UNREADABLE).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(HEADERS)
        self.set_close_on_finish()
        self.channel.lingers = True
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. After a refusal it still listens for a while: a cut line would take the sentence with it."""

    parser_class = Parser
    error_task_class = Sentence
    lingers, is_over, heard = False, False, 0

    def handle_close(self) -> None:
        """End the connection; after a refusal say first that nothing more comes, and wait for the other end."""
        if not self.lingers:
            super().handle_close()
            return
        self.lingers, self.will_close, self.is_over = False, False, True
        try:
            self.socket.shutdown(SHUT_WR)
        except OSError:
            super().handle_close()

    def received(self, data: bytes) -> bool:
        """Hand bytes to the parser, or throw them away when the answer is given already."""
        if not self.is_over:
            return bool(super().received(data))
        self.heard += len(data)
        if self.heard > MOST_DRAINED:
            super().handle_close()
        return False


def speak(sockets: Mapping[int, object]) -> None:
    """Let every listening server among these sockets answer in sentences."""
    for server in sockets.values():
        if isinstance(server, BaseWSGIServer):
            server.channel_class = Channel
