"""What an entry of the audit trail says, what its hash covers, and how its head is sealed."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

SAW, DOWNLOADED = "saw", "downloaded"
VIEWS = (SAW, DOWNLOADED)
FOUND_BROKEN = "found the trail broken"
BEGINNING = "0" * 64
"""What stands before the first entry."""
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True)
class Entry:
    """One line: who did what, or saw what, and when. Keys, references and words of ours; nothing anybody typed.

    `person_key` is empty for a command or the clock. `day` is set on views alone: each counts once a day.
    """

    at: str
    person_key: str
    action: str
    review_ref: str = ""
    thing: str = ""
    object_key: str = ""
    day: str | None = None

    @property
    def once(self) -> tuple[str | None, ...]:
        """What a view has in common with its repetitions on the same day."""
        return (self.person_key, self.action, self.review_ref, self.thing, self.object_key, self.day)


def written(moment: datetime) -> str:
    """Write a moment as the trail keeps it: UTC, of one length, so that text sorts as time does."""
    return moment.astimezone(UTC).strftime(MOMENT)


def read_moment(text: str) -> datetime:
    """Return the moment that an entry names."""
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def digest_of(previous: str, seq: int, content: dict[str, Any]) -> str:
    """Return the hash of an entry: over the hash before it, its number and all it says."""
    plain = json.dumps({**content, "seq": seq}, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=repr)
    return hashlib.sha256(f"{previous}{plain}".encode()).hexdigest()


def chained(after: int, previous: str, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries as rows that go on from the entry `after`, whose hash is `previous`."""
    rows: list[dict[str, Any]] = []
    for seq, entry in enumerate(entries, start=after + 1):
        content = asdict(entry)
        digest = digest_of(previous, seq, content)
        rows.append({**content, "seq": seq, "previous": previous, "digest": digest})
        previous = digest
    return rows


def seal_of(secret: str, seq: int, digest: str) -> str:
    """Return what only somebody with the secret can write beside the head: the trail reaches to here, and says this."""
    return hmac.digest(secret.encode(), f"audit trail {seq} {digest}".encode(), hashlib.sha256).hex()


def is_seal(seal: str, secret: str, seq: int, *, digest: str) -> bool:
    """Tell whether a seal was made with this secret for this head."""
    return hmac.compare_digest(seal.encode("utf-8", "replace"), seal_of(secret, seq, digest).encode())
