"""What an edition of a report changes against the one before: kept as a fact, worded when the report is drawn."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review_app.domain.vocabulary import Level


class Change(StrEnum):
    """Why there is a new edition. `AS_WRITTEN` is a finished English line of an older snapshot."""

    CORRECTED = "corrected"
    OPENED_TO_MEMBERS = "opened_to_members"
    OPENED_TO_ALL = "opened_to_all"
    READ_AGAIN = "read_again"
    NAME_TAKEN_OUT = "name_taken_out"
    AS_WRITTEN = "as_written"


OPENED = {Level.MEMBERS: Change.OPENED_TO_MEMBERS, Level.PUBLIC: Change.OPENED_TO_ALL}


@dataclass(frozen=True)
class Erratum:
    """One change: its day at the host, and what somebody typed about it, in the language of the review."""

    change: Change
    day: date | None = None
    text: str = ""
