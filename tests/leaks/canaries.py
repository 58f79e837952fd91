"""Words planted in texts: where each stands, who may find it and who must; and which columns need one."""

from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import JSON, Enum, String

from review_app.models.base import Base, new_key

# Columns that hold no text of a person: words of the method, addresses, zones, digests, names of tables.
NO_TEXT = {
    "failed_try.subject", "submission.nonce", "submission.answer", "sign_in.digest", "rendering.digest",
    "rendering.language",
    "rendering.reason", "rendering.sha256", "rendering.app_version", "method_edition.name", "method_edition.digest",
    "method_edition.definition", "person.identity", "person.timezone", "person.language", "review.ref", "review.stage",
    "review.stage_before", "review.theme", "review.timezone", "review.language", "journal_entry.action",
    "journal_entry.came_from", "journal_entry.led_to", "letter.kind", "letter.once", "mark.name",
    "personal_link.digest", "personal_link.identity", "practice_section.section", "report.kind", "report.digest",
    "review_deadline.name", "revision.thing", "feedback_item.language", "organisation.slug", "organisation.country",
    "organisation.timezone", "fact_comment.about",
    "attachment.stored_as", "attachment.sha256", "erasure.key",
    *(
        f"{table}.{name}"  # keys, references and words of ours: tests/services/test_audit.py
        for table in ("audit_entry", "audit_head")
        for name in ("at", "person_key", "action", "review_ref", "thing", "object_key", "day", "previous", "digest",
                     "sealed_digest", "seal")
    ),
    "report.snapshot",  # holds the words of everything else
    "synthesis.ref", "synthesis_code.statement", "synthesis_edition.key", "synthesis_edition.digest",
    "synthesis_edition.snapshot",  # says what published reports say
}  # fmt: skip
# What public sources say of reviews elsewhere: published as it came in, planted and compared nowhere else.
PUBLIC_RECORDS = {"public_record", "record_line", "record_page"}


@dataclass(frozen=True)
class Canary:
    """A word, the column it stands in, who may find it and who must."""

    word: str
    column: str
    may: frozenset
    must: frozenset


@dataclass
class Planted:
    """A review with its words: people and their clients come from `people`, addresses are filled from `keys`."""

    review_id: int
    ref: str
    people: dict
    keys: dict = field(default_factory=dict)
    canaries: list = field(default_factory=list)
    number: count = field(default_factory=lambda: count(1))

    def word(self, column, may, must=None):
        """Return a new word for a column."""
        made = f"q{self.review_id}z{next(self.number)}q"
        self.canaries.append(Canary(made, column, frozenset(may), frozenset(may if must is None else must)))
        return made

    def key(self, column, may):
        """Return a random key that is looked for like a word."""
        made = new_key()
        self.canaries.append(Canary(made, column, frozenset(may), frozenset()))
        return made


def text_columns():
    """Every column that can hold a text, as table.column."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum):
                yield f"{table.name}.{column.name}"


def not_covered(canaries):
    """Text columns that hold no canary and are not known to hold no text."""
    planted = {canary.column for canary in canaries}
    asked = {name for name in text_columns() if name.split(".")[0] not in PUBLIC_RECORDS}
    return asked - planted - NO_TEXT
