"""Two people of one city on one return, many interleavings: nothing is overwritten unseen, nothing is made twice."""

import random
from dataclasses import dataclass, field
from itertools import count

import pytest
import time_machine

from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem
from review_app.models.history import Revision
from tests import feedback_world as town
from tests.sent_form import sent
from tests.web.feedback_pages import AUTOSAVE, PAGE, item

pytestmark = pytest.mark.drill

STEPS = 30
SAVED, OVERTAKEN = (200, 303), 409


@dataclass
class Screen:
    """A form that stands open before somebody: its fields, and the headline that was last seen as saved."""

    key: str
    fields: dict
    seen: str


@dataclass
class Tally:
    """What was told to the writers and what became of it."""

    saves: int = 0
    conflicts: int = 0
    overwritten: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    keys: set = field(default_factory=set)
    acknowledged: dict = field(default_factory=dict)


class Play:
    """One random schedule. Every headline is written once, so each can be told from all others."""

    def __init__(self, app, chance, numbers):
        self.app, self.chance, self.numbers = app, chance, numbers
        self.clients = {name: town.enter(app, name) for name in ("Ada", "Bo")}
        self.screens = {name: [] for name in self.clients}
        self.tally = Tally()
        self.stands = {}

    def run(self):
        """Let both do something again and again, then look into the storage."""
        for _step in range(STEPS):
            who = self.chance.choice(["Ada", "Bo"])
            act = self.chance.choices([self.begin, self.open, self.save, self.put_back], [1, 3, 8, 1])[0]
            act(who)
        self.look_back()

    def begin(self, who):
        """Ask for a new item."""
        key = new_key()
        fields = {"kind": "lesson", "language": "en", "nonce": new_key()}
        self.tally.keys.add(key)
        self.screens[who].append(Screen(key, fields, ""))

    def open(self, who):
        """Open an item that is there, in one more tab."""
        if self.stands:
            key = self.chance.choice(sorted(self.stands))
            self.screens[who].append(self._opened(who, key))

    def _opened(self, who, key):
        fields = sent(self.clients[who].get(item(key)).text)
        return Screen(key, fields, fields["headline"])

    def save(self, who):
        """Change the headline and save it by the button, once or twice, or as the page does by itself."""
        if not self.screens[who]:
            return
        screen = self.chance.choice(self.screens[who])
        by_itself, twice = self.chance.random() < 0.5, self.chance.random() < 0.2
        screen.fields["headline"] = f"{who} {next(self.numbers)}"
        for _time in range(2 if twice else 1):
            self._send(who, screen, by_itself=by_itself)
        if not by_itself:
            self.screens[who].remove(screen)

    def _send(self, who, screen, *, by_itself):
        before, mine = self.stands.get(screen.key, ""), screen.fields["headline"]
        headers = AUTOSAVE if by_itself else {}
        answer = self.clients[who].post(item(screen.key), data=dict(screen.fields), headers=headers)
        if answer.status_code in SAVED:
            self._accepted(who, screen, before, by_itself=by_itself)
            if by_itself:
                screen.fields["version"] = str(answer.json["version"])
        elif answer.status_code == OVERTAKEN:
            self._overtaken(who, screen, answer, by_itself=by_itself)
        else:
            self.tally.broken.append((answer.status_code, mine))

    def _accepted(self, who, screen, before, *, by_itself):
        mine = screen.fields["headline"]
        if before not in (screen.seen, mine):
            self.tally.overwritten.append((before, mine))
        self.tally.saves += 1
        if before and before != mine and not before.startswith(who):
            # Somebody else's words go: they must be found again, however they were saved.
            self.tally.acknowledged[before] = screen.key
        if not by_itself:
            self.tally.acknowledged[mine] = screen.key
        screen.seen, self.stands[screen.key] = mine, mine

    def _overtaken(self, who, screen, answer, *, by_itself):
        """Both texts stand on the page; in half of the cases they are put together and saved."""
        self.tally.conflicts += 1
        if by_itself:
            self.screens[who] = [one for one in self.screens[who] if one is not screen]
            return
        if self.stands[screen.key] not in answer.text or screen.fields["headline"] not in answer.text:
            self.tally.lost.append(screen.fields["headline"])
        if self.chance.random() < 0.5:
            fields = screen.fields | sent(answer.text) | {"headline": f"{who} {next(self.numbers)}"}
            self._send(who, Screen(screen.key, fields, self.stands[screen.key]), by_itself=False)

    def put_back(self, who):
        """Put the first version of an item back."""
        if not self.stands:
            return
        key = self.chance.choice(sorted(self.stands))
        page = self.clients[who].get(f"{item(key)}/history").text
        version = page.split('name="version" value="')[-1].split('"')[0]
        answer = self.clients[who].post(f"{item(key)}/history/1", data={"version": version, "nonce": new_key()})
        if answer.status_code not in (303, 409):
            self.tally.broken.append((answer.status_code, "put back"))
        with self.app.app_context():
            self.stands[key] = db.session.query(FeedbackItem).filter_by(key=key).one().headline

    def look_back(self):
        """Look for every text that somebody was told is saved: it stands, or it is an earlier version."""
        with self.app.app_context():
            rows = {row.key: row for row in db.session.query(FeedbackItem)}
            kept = {(row.thing_id, row.content["headline"]) for row in db.session.query(Revision)}
            for key, headline in self.stands.items():
                if rows[key].headline != headline:
                    self.tally.lost.append(headline)
            for headline, key in self.tally.acknowledged.items():
                if (rows[key].id, headline) not in kept:
                    self.tally.lost.append(headline)
            self.rows = len(rows)


def test_two_people_of_one_city_lose_nothing(tmp_path, amount, promise):
    plays, numbers = [], count(1)
    with time_machine.travel(town.BEFORE, tick=True):
        for seed in range(amount(quick=10, full=200)):
            folder = tmp_path / str(seed)
            folder.mkdir()
            plays.append(Play(town.app_in(folder), random.Random(seed), numbers))
            plays[-1].run()
            _forget(plays[-1].app)

    tallies = [one.tally for one in plays]
    saves = sum(one.saves for one in tallies)
    overwritten = [pair for one in tallies for pair in one.overwritten]
    lost = [headline for one in tallies for headline in one.lost]
    twice = sum(one.rows - len(one.stands) for one in plays)
    promise("overwritten", len(overwritten), of=saves)
    promise("acked_lost", len(lost), of=sum(len(one.acknowledged) for one in tallies))
    promise("duplicates", twice, of=sum(len(one.stands) for one in plays))
    assert (overwritten, lost, twice, [one.broken for one in tallies if one.broken]) == ([], [], 0, [])
    assert sum(one.conflicts for one in tallies) > len(plays)


def _forget(app):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_pages_of_the_city_show_the_same_items_to_both(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        app = town.app_in(tmp_path)
        ada, bo = town.enter(app, "Ada"), town.enter(app, "Bo")
        ada.post(item(new_key()), data={"kind": "lesson", "headline": "Seen by both", "language": "en"})

        pages = [client.get(PAGE).text for client in (ada, bo)]

    assert [page.count("Seen by both") for page in pages] == [pages[0].count("Seen by both")] * 2
    _forget(app)
