"""Rows, relations, constraints; properties that only read. Importing this package knows every table."""

from review_app.models import (
    access,
    attachments,
    audit,
    feedback,
    history,
    letters,
    network,
    network_synthesis,
    practice,
    privacy,
    publishing,
    record,
    review,
    synthesis,
)

__all__ = [
    "access",
    "attachments",
    "audit",
    "feedback",
    "history",
    "letters",
    "network",
    "network_synthesis",
    "practice",
    "privacy",
    "publishing",
    "record",
    "review",
    "synthesis",
]
