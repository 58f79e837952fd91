"""A mail server that takes letters, refuses them as it is told, or says nothing at all."""

import asyncio
import contextlib
import socket
from email import policy
from email.parser import BytesParser

from aiosmtpd.controller import Controller

from tests.faults.installation import wait_for


class PostOffice:
    """What it answers to the address and to the letter, how long it takes, and what it has taken."""

    def __init__(self, port, pause):
        self.address, self.pause = f"smtp://127.0.0.1:{port}", pause
        self.to_address = self.to_letter = "250 OK"
        self.taken = []

    def wait_for_more(self, number):
        """Wait until so many more letters were taken."""
        aim = len(self.taken) + number
        wait_for(lambda: len(self.taken) >= aim)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        await asyncio.sleep(self.pause)
        if self.to_letter.startswith("250"):
            self.taken.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return self.to_letter


@contextlib.contextmanager
def mail_server(pause=0.0):
    """Run a mail server until the block ends."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    handler = PostOffice(port, pause)
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@contextlib.contextmanager
def silent_server():
    """Take calls and never say a word, until the block ends; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield f"smtp://127.0.0.1:{door.getsockname()[1]}"
