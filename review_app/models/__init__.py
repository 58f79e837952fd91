"""Rows, relations, constraints; properties that only read. Importing this package knows every table."""

from review_app.models import (
    access,
    attachments,
    feedback,
    history,
    letters,
    network,
    practice,
    publishing,
    record,
    review,
    synthesis,
)

__all__ = [
    "access",
    "attachments",
    "feedback",
    "history",
    "letters",
    "network",
    "practice",
    "publishing",
    "record",
    "review",
    "synthesis",
]
