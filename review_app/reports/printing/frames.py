"""Messages between the press and its room: a length, then so many bytes. No pickle crosses the door."""

import os
import select
import struct
import time

_LENGTH = struct.Struct(">Q")
CHUNK = 1 << 16


class Closed(Exception):
    """The other side is gone."""


class Overdue(Exception):
    """The other side did not answer in time."""


def send(descriptor: int, *messages: bytes) -> None:
    """Write messages whole. Raises `Closed` when nobody listens."""
    for message in messages:
        left = memoryview(_LENGTH.pack(len(message)) + message)
        while left:
            try:
                left = left[os.write(descriptor, left) :]
            except BrokenPipeError as gone:
                raise Closed from gone


def receive(descriptor: int, *, seconds: float | None = None) -> bytes:
    """Read one message. Raises `Closed` at the end of the pipe and `Overdue` when it is late."""
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, deadline))
    return _exactly(descriptor, length, deadline)


def arrives(descriptor: int, *, seconds: float) -> bool:
    """Tell whether a message, or the end of the pipe, comes within so many seconds."""
    return bool(select.select([descriptor], [], [], max(0.0, seconds))[0])


def _exactly(descriptor: int, length: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([descriptor], [], [], wait)[0]:
            raise Overdue
        part = os.read(descriptor, min(CHUNK, length - len(parts)))
        if not part:
            raise Closed
        parts += part
    return bytes(parts)
