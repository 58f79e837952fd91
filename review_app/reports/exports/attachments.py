"""The data that travel inside an archival PDF: what the report says, for programs of a later day."""

from collections.abc import Mapping
from types import MappingProxyType

from review_app.reports.exports.comma import comma_of
from review_app.reports.exports.plain import plain_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.wording.words import Words

JSON, CSV = "report.json", "report.csv"


def attachments(paper: Paper) -> Mapping[str, bytes]:
    """Return the files by name: all data as JSON, the messages as CSV; the same report gives the same bytes."""
    words = Words(paper.language)
    return MappingProxyType({JSON: b"".join(plain_of(paper, words)), CSV: b"".join(comma_of(paper, words))})
