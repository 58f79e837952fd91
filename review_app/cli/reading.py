"""Files that an operator names: read whole, never larger than they may be, and every trouble a sentence."""

import os
import stat
from pathlib import Path

import click


def content(file: Path, *, largest: int) -> bytes:
    """Return at most `largest` bytes of a file and one more, which shows that it is larger.

    Raises ClickException for what is no file that can be read. A pipe that nobody fills must not keep anybody waiting.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise click.ClickException("This is not the name of a file.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise click.ClickException(f"{file} cannot be read: it is no plain file.")
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(largest + 1)
