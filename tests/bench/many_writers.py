"""P7: twenty writers on the real server: nothing fails, nothing is lost, nothing is overwritten, and what a save costs.

The control is the same with deferred transactions: it must fail, or this measurement could not see a failure.
"""

import json
import os
import sqlite3
import time
from collections import Counter, defaultdict
from dataclasses import dataclass

from review_app.domain.vocabulary import ItemKind, Role
from review_app.extensions.database import db
from review_app.models.base import new_key, utc_now
from review_app.models.network import Person
from review_app.models.review import Participant
from review_app.queries import seats
from review_app.services import feedback
from tests.bench.figures import Finding
from tests.bench.server import serving
from tests.bench.world import DATABASE, addresses, app_on, cookie_for, invented_at, person
from tests.bench.writer import Writer

WRITERS, SECONDS, CPU_GOAL = 20, 60.0, 12
CONTROL_SHARE = 6
BEGINNING, GREW = "As it was before", "grew by itself"


def measure(world):
    """Let them write, look into the database, then do the same to the control."""
    seconds = float(os.environ.get("BENCH_SECONDS", SECONDS))
    seen = _written(world.copy("many-writers"), seconds)
    control = _written(world.copy("control"), max(5.0, seconds / CONTROL_SHARE), "tests.bench.deferred")
    cost = "not measured: no /proc" if seen.cpu is None else f"{seen.cpu * 1000 / max(1, seen.saves):.1f} ms"
    wrongs = (len(seen.failures), seen.lost, seen.overwritten)
    told = "failures {}, lost {}, overwritten {}".format(*wrongs)
    dear = seen.cpu is not None and seen.cpu * 1000 > CPU_GOAL * seen.saves
    return Finding(
        f"{told}, CPU {cost} a save, control fails {len(control.failures)}",
        f"0, 0, 0, {CPU_GOAL} ms, >0",
        not any(wrongs) and not dear and bool(control.failures),
        (
            f"{seen.saves} saves in {seconds:.0f} s, {seen.overtaken} told that somebody was faster",
            *(f"{times} times: {what}" for what, times in Counter(seen.failures).most_common()),
        ),
    )


@dataclass(frozen=True)
class Outcome:
    """What happened while they wrote; `cpu` in seconds of the server."""

    saves: int
    failures: list[str]
    overtaken: int
    lost: int
    overwritten: int
    cpu: float | None


@dataclass(frozen=True)
class Desk:
    """Where a writer sits: a session, an item of their own, an item shared with the next."""

    cookie: str
    own: str
    shared: str


def _written(data, seconds, wsgi="wsgi"):
    desks = _desks(data)
    with serving(data, wsgi) as server:
        _warm(desks[0], server.port)
        before = server.cpu()
        writers = _at_work(desks, server.port, seconds)
        after = server.cpu()
    accepted = [one for writer in writers for one in writer.tally.accepted]
    lasting = [one for writer in writers for one in writer.lasting()]
    histories = _histories(data)
    return Outcome(
        saves=len(accepted),
        failures=[failure for writer in writers for failure in writer.tally.failures],
        overtaken=sum(writer.tally.overtaken for writer in writers),
        lost=sum(headline not in histories[path.rsplit("/", 1)[-1]].headlines for path, headline in lasting),
        overwritten=sum(history.overwritten() for history in histories.values()),
        cpu=None if before is None else after - before,
    )


def _warm(desk, port):
    """Save once, so that templates are compiled before the clock runs."""
    writer = Writer("warm", port, cookie=desk.cookie, own=desk.own, shared=desk.shared, until=0)
    writer.save(1)
    writer.door.close()


def _at_work(desks, port, seconds):
    until = time.monotonic() + seconds
    writers = [
        Writer(f"w{number}", port, cookie=desk.cookie, own=desk.own, shared=desk.shared, until=until)
        for number, desk in enumerate(desks)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return writers


def _desks(data):
    """Give twenty people of one peer city a session each, an item each, and an item for each two."""
    app = app_on(data)
    with app.app_context():
        first = person(addresses()["peer"])
        review, city = invented_at("feedback"), first.organisation
        shared = [_item(review, first) for _pair in range(WRITERS // 2)]
        desks = []
        for number in range(WRITERS):
            somebody = _colleague(number, review, city)
            own, both = _item(review, somebody), shared[number // 2]
            desks.append(Desk(cookie_for(app, somebody), own, both))
        db.session.remove()
        db.engine.dispose()
    return desks


def _colleague(number, review, city):
    email = f"writer.{number}@example.org"
    somebody = Person(email=email, identity=email, name=f"Writer {number}", organisation=city)
    db.session.add(somebody)
    db.session.flush()
    seat = Participant(
        review_id=review.id,
        person_id=somebody.id,
        organisation_id=city.id,
        role=Role.PEER,
        code_accepted_at=utc_now(),
    )
    db.session.add(seat)
    db.session.flush()
    return somebody


def _item(review, somebody):
    """Begin an item and return the address of its form."""
    key = new_key()
    seat = seats.seat_at(review, somebody)
    answers = {"headline": BEGINNING, "language": "en"}
    feedback.save(key, seat, city=somebody.organisation, kind=ItemKind.LESSON, answers=answers, seen_version=None)
    db.session.commit()
    return f"/reviews/{review.ref}/feedback/items/{key}"


class History:
    """The saved versions of one item, as the database keeps them."""

    def __init__(self, stands, versions):
        self.stands = stands
        self.headlines = [version["headline"] for version in versions]
        self.seen = [version["explanation"] for version in versions]
        self.grew = [version[GREW] for version in versions]

    def overwritten(self):
        """Count the versions that rest on another than the one before them; what stands must be the last.

        A version that grew by autosave took the place of earlier ones of the same sitting.
        """
        rests = zip(self.seen[1:], self.headlines, self.grew[1:], strict=False)
        blind = sum(seen != before for seen, before, grew in rests if not grew)
        return blind + (self.stands != self.headlines[-1])


def _histories(data):
    """Read with the plain driver, past all of our own code, what the file holds of the items that were written."""
    file = sqlite3.connect(data / DATABASE)
    rows = file.execute(
        "SELECT item.key, item.headline, revision.content, revision.open_since IS NOT NULL FROM feedback_item AS item"
        " JOIN revision ON revision.thing = 'feedback_item' AND revision.thing_id = item.id"
        " ORDER BY item.id, revision.number"
    ).fetchall()
    file.close()
    versions, stands = defaultdict(list), {}
    for key, headline, content, grew in rows:
        versions[key].append({**json.loads(content), GREW: bool(grew)})
        stands[key] = headline
    ours = {key: found for key, found in versions.items() if found[0]["headline"] == BEGINNING}
    return {key: History(stands[key], found) for key, found in ours.items()}
