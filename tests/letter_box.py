"""The letter box of the tests: the outbox emptied, then drained into files and read back."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from sqlalchemy import delete

from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.tasks import letters


def empty(app):
    """Forget every letter that the world brought along."""
    with app.app_context():
        db.session.execute(delete(Letter))
        db.session.commit()


def delivered(app) -> list[EmailMessage]:
    """Send what is due and return every letter in the box, oldest first."""
    letters.drain(app)
    files = sorted((app.config["SETTINGS"].data_dir / "mail").glob("*.eml"))
    return [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files]


def text_of(letter: EmailMessage) -> str:
    """Return the text of a letter, its wrapped lines joined."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", letter.get_content().replace("\r\n", "\n"))


def link_in(letter: EmailMessage) -> str:
    """Return the path of the personal link in a letter."""
    return re.search(r"http://localhost(/link/\S+)", letter.get_content())[1]
