"""Delivery of one letter: by SMTP, or as a file into a folder."""

import os
import re
import smtplib
import socket
import ssl
import tempfile
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

PATIENCE = 10
SUBMISSION = 587


class Undeliverable(Exception):
    """A letter that did not leave. `permanent`: trying again is of no use; `is_down`: no other letter can leave now."""

    def __init__(self, trouble: str, *, permanent: bool = False, is_down: bool = False) -> None:
        self.trouble, self.permanent, self.is_down = trouble[:500], permanent, is_down
        super().__init__(self.trouble)


def deliver(message: EmailMessage, url: str) -> None:
    """Deliver one letter to smtp://user:password@host:port, smtps://... or file:///folder. Raises Undeliverable."""
    where = urlsplit(url)
    if where.scheme == "file":
        _write(message, Path(unquote(where.path)))
        return
    if where.scheme not in ("smtp", "smtps") or not where.hostname:
        raise Undeliverable(f"MAIL_URL begins with {where.scheme!r}: it should be smtp://, smtps:// or file:///.")
    try:
        _send(message, where)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise Undeliverable(_said(code, text), permanent=500 <= code < 600) from error
    except smtplib.SMTPResponseException as error:
        refused = not isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError)
        raise Undeliverable(
            _said(error.smtp_code, error.smtp_error), permanent=refused and 500 <= error.smtp_code < 600
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Undeliverable(f"The mail server cannot take this letter: {error}", permanent=True) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise Undeliverable(f"The mail server does not answer: {type(error).__name__}", is_down=True) from error


def _send(message: EmailMessage, where: SplitResult) -> None:
    with _connect(where) as server:
        if where.scheme == "smtp":
            server.ehlo_or_helo_if_needed()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        eight_bit = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
        server.send_message(message, mail_options=eight_bit)


def _connect(where: SplitResult) -> smtplib.SMTP:
    host, name = where.hostname or "", socket.gethostname()
    if where.scheme == "smtps":
        return smtplib.SMTP_SSL(host, where.port or 465, local_hostname=name, timeout=PATIENCE)
    return smtplib.SMTP(host, where.port or SUBMISSION, local_hostname=name, timeout=PATIENCE)


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"The mail server said {code}: {' '.join(words.split())}"


def _write(message: EmailMessage, folder: Path) -> None:
    """Write the letter under the name of its Message-ID: the same letter again is the same file."""
    name = re.sub(r"[^A-Za-z0-9.-]", "", str(message["Message-ID"]).split("@", maxsplit=1)[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(folder / f"{name}.eml")
    except OSError as error:
        raise Undeliverable(f"The letter could not be written: {error.strerror}", is_down=True) from error
