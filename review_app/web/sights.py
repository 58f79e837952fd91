"""Who saw what: after a page is built, and before it leaves, its sight is written into the audit trail.

A page answered with 200 counts once a day for a person, a thing and its key. What the public may see does not count.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import structlog
from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from review_app.domain.audit import DOWNLOADED, SAW, Entry
from review_app.domain.visibility import Reach, Thing, reach
from review_app.domain.vocabulary import Role
from review_app.queries import reports
from review_app.queries.seats import Seat
from review_app.services import audit
from review_app.web import sessions

log = structlog.get_logger(__name__)

OWN_RETURN = "own return"
"""What a city sees of its own while it writes: apart from the returns, or the writers would stand among the readers."""
BY_ACTION = {
    "describe the practice": Thing.PRACTICE,
    "invite peer cities": Thing.TEAM,
    "appoint people": Thing.TEAM,
    "give feedback": OWN_RETURN,
    "write messages": Thing.MESSAGE,
    "edit the report": Thing.DRAFT,
    "comment on facts": Thing.FACT_CHECK,
    "answer comments": Thing.FACT_CHECK,
}
"""What the page of an action shows; that of any other action shows the review."""
SYNTHESIS = "synthesis"
BY_NETWORK_ACTION = {
    "see the desk": "desk",
    "keep organisations": "organisations",
    "invite people": "people",
    "write a synthesis": SYNTHESIS,
    "publish a synthesis": SYNTHESIS,
    "delete a synthesis": SYNTHESIS,
}
BY_PAGE: dict[str, str] = {
    "reviews.index": "list of reviews",
    "reports.progress": Thing.REVIEW,
    "late_reports.confirm": Thing.DRAFT,
}
"""Pages that show something else than their gate says."""
SAYS_ITSELF = frozenset(
    (
        "returns.index",
        "reports.preview",
        "reports.download",
        "papers.read",
        "papers.download",
        "data.statements_csv",
        "data.statements_xlsx",
    )
)
"""Pages that know only while they are built what they show: they call `shows`."""
SERVED = (200, 206)
KEYS = ("key", "section", "slug")
KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
MOST_KNOWN, MOST_OWED, REST_SECONDS = 50_000, 1_000, 2.0


class Sight(NamedTuple):
    """What a page showed; `about` is the key of the one that was shown, empty for a list."""

    thing: str
    about: str = ""
    action: str = SAW


@dataclass
class Ledger:
    """What this process knows to be written today, and what the storage would not take yet."""

    day: str = ""
    known: set[tuple[str | None, ...]] = field(default_factory=set)
    owed: dict[tuple[str | None, ...], Entry] = field(default_factory=dict)
    rests_until: float = 0.0

    def new(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries that are not known to be written."""
        return [entry for entry in entries if entry.once not in self.known]

    def learn(self, entries: Iterable[Entry], today: str) -> None:
        """Remember what is written now; what was known of another day is of no more use."""
        if today != self.day or len(self.known) > MOST_KNOWN:
            self.day, self.known = today, set()
        for entry in entries:
            self.known.add(entry.once)
            self.owed.pop(entry.once, None)


def bind(app: Flask) -> None:
    """Give the app its ledger."""
    app.extensions["sights"] = Ledger()


def shows(thing: str, *, about: str = "", downloaded: bool = False) -> None:
    """Say what the page that is being built shows beyond what its gate says."""
    g.setdefault("sights", []).append(Sight(thing, about, DOWNLOADED if downloaded else SAW))


def paper(seat: Seat) -> Thing:
    """Return what the one address of the report shows to this seat."""
    return Thing.REPORT if reports.sees_published(seat) else Thing.DRAFT


def keep(response: Response) -> None:
    """Write the sights of this answer. It leaves in any case, and hardly later: what cannot be written now is owed."""
    said: list[Sight] = g.pop("sights", [])
    if request.method != "GET" or response.status_code not in SERVED or request.endpoint in (None, "static"):
        return
    person, found = sessions.the_person(), _with_own(said)
    if person is None or not found:
        return
    seat, ref = g.get("seat"), str((request.view_args or {}).get("ref", ""))
    entries = [
        audit.view(sight.action, person, review_ref=ref, thing=sight.thing, about=sight.about)
        for sight in found
        if seat is None or not _is_public(sight.thing, seat)
    ]
    _keep(entries, current_app.extensions["sights"])


def _keep(entries: list[Entry], ledger: Ledger) -> None:
    new = ledger.new(entries)
    if not new:
        return
    wanted = list({**{entry.once: entry for entry in new}, **ledger.owed}.values())
    try:
        if time.monotonic() < ledger.rests_until:
            raise Rests
        audit.keep_views(wanted)
    except (SQLAlchemyError, Rests) as trouble:
        _owe(new, ledger, trouble)
        return
    ledger.learn(wanted, str(new[0].day))


class Rests(Exception):
    """The storage refused a moment ago: it is not asked again at every page."""


def _owe(new: list[Entry], ledger: Ledger, trouble: Exception) -> None:
    """Put views off to the next that can be written; the log knows them, should the process end before."""
    if not isinstance(trouble, Rests):
        ledger.rests_until = time.monotonic() + REST_SECONDS
    for entry in new:
        if entry.once not in ledger.owed and len(ledger.owed) < MOST_OWED:
            ledger.owed[entry.once] = entry
        log.error(
            "view not recorded yet",
            at=entry.at,
            person=entry.person_key,
            review=entry.review_ref,
            thing=entry.thing,
            key=entry.object_key,
            trouble=type(trouble).__name__,
        )


def _with_own(said: list[Sight]) -> list[Sight]:
    thing = _by_gate(request.endpoint or "")
    return [Sight(thing, _key()), *said] if thing else said


def _by_gate(endpoint: str) -> str:
    """Return what a page shows by itself; nothing for a public page, and for what is a person's own."""
    gate = getattr(current_app.view_functions[endpoint], "gate", None)
    if gate is None or endpoint in BY_PAGE or endpoint in SAYS_ITSELF:
        return BY_PAGE.get(endpoint, "")
    match gate.kind:
        case "sees":
            return str(gate.name)
        case "may":
            return BY_ACTION.get(gate.name, Thing.REVIEW)
        case "network":
            return BY_NETWORK_ACTION.get(gate.name, "")
    return Thing.REVIEW if "ref" in (request.view_args or {}) else ""


def _key() -> str:
    given = request.view_args or {}
    key = next((str(given[name]) for name in KEYS if name in given), "")
    return key if KEY.fullmatch(key) else ""


def _is_public(thing: str, seat: Seat) -> bool:
    if thing not in set(Thing):
        return False
    return reach(Thing(thing), (Role.PUBLIC,), seat.moment) is not Reach.NONE
