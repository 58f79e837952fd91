"""The data of a report as files that travel inside its archival print."""

import csv
import io

from review_app.reports.frozen.snapshot import Message, Paper, Snapshot

DATA, TABLE = "report.json", "report.csv"
COLUMNS = ("kind", "headline", "body", "cities", "of", "question", "dissent")


def attachments(paper: Paper) -> dict[str, bytes]:
    """Return the files by name: the whole snapshot as JSON, and its messages as a table."""
    return {DATA: paper.to_bytes(), TABLE: _table(paper)}


def _table(paper: Paper) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(message) for message in _messages(paper))
    return text.getvalue().encode("utf-8-sig")


def _messages(paper: Paper) -> list[Message]:
    sections = paper.sections if isinstance(paper, Snapshot) else ()
    return [message for section in sections for message in (*section.messages, *section.singles)]


def _row(message: Message) -> list[str]:
    values = (getattr(message, column) for column in COLUMNS)
    return ["" if value is None else _guarded(str(value)) for value in values]


def _guarded(text: str) -> str:
    """What begins like a formula is text: a table program must not reckon with it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
