"""Random sequences of what people do, and after each step what one of them reads, held against the reference."""

import random
import re
import time
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, update

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.review import Participant, Review
from tests import feedback_world
from tests.leaks import planting
from tests.leaks.model import CITIES, PEOPLE, Model, Said

WORD = re.compile(r"said\d+here")
BASE = f"/reviews/{feedback_world.REF}"
PAGES = ("", "/returns", "/messages", "/fact-check", "/report", "/record", "/feedback", "/feedback/send", "/practice")
MOVES = {
    "end-the-visit": ("Lea", "visiting", "feedback"),
    "close-feedback": ("Lea", "feedback", "drafting"),
    "reopen-feedback": ("Sven", "drafting", "feedback"),
    "open-the-fact-check": ("Lea", "drafting", "fact_check"),
    "close-the-fact-check": ("Lea", "fact_check", "sign_off"),
    "return-to-drafting": ("Sven", "sign_off", "drafting"),
    "await-the-response": ("Sven", "published", "responding"),
}


class Play(RuleBasedStateMachine):
    """One review from its visit on; everything happens at the doors, as the people it is for."""

    app = None
    until = float("inf")
    steps, sequences, looked, leaks = 0, 0, 0, 0
    reached: ClassVar[set] = set()

    @initialize(seed=st.integers(0, 2**20))
    def begin(self, seed):
        self.idle = time.monotonic() > Play.until
        if self.idle:
            return
        Play.sequences += 1
        self.model, self.chance, self.number = Model(), random.Random(seed), 0
        feedback_world.again(Play.app)
        with Play.app.app_context():
            _deadline(late=False)
            db.session.commit()
        self.clients = {name: feedback_world.enter(Play.app, name) for name in PEOPLE if name != "nobody"}
        self.clients["nobody"] = Play.app.test_client()
        self.log = []

    def _word(self):
        self.number += 1
        return f"said{self.number}here"

    def _post(self, name, path, **data):
        answer = self.clients[name].post(f"{BASE}{path}", data=data)
        assert answer.status_code < 500, (path, self.log)
        self.log.append(f"{name} {path} {answer.status_code}")
        return answer.status_code == 303

    def _changes(self):
        with Play.app.app_context():
            review = db.session.scalars(select(Review)).one()
            yield review
            db.session.commit()

    @rule(name=st.sampled_from(sorted(CITIES)), use=st.sampled_from(("report", "report", "host_only", "team_only")))
    def writes(self, name, use):
        if self.idle:
            return
        word, key = self._word(), new_key()
        data = feedback_world.answers(headline=word, use=use, attribution="anonymous", kind="lesson")
        if self._post(name, f"/feedback/items/{key}", **data):
            assert self._may_write(name), self.log
            assert CITIES[name] not in self.model.sent, self.log
            self.model.said.append(Said(word, "item", CITIES[name], use, key=key))
        self._look()

    @rule(name=st.sampled_from(("Ada", "Cem", "Dora")))
    def sends(self, name):
        if not self.idle:
            self._send(name)
            self._look()

    def _send(self, name):
        if self._may_write(name) and CITIES[name] not in self.model.sent:
            with Play.app.app_context():
                feedback_world.write_the_minimum(name)
                db.session.commit()
        if self._post(name, "/feedback/send"):
            assert self._may_write(name), self.log
            self.model.sent.add(CITIES[name])

    @rule(name=st.sampled_from(sorted(CITIES)))
    def reopens(self, name):
        if self.idle:
            return
        if self._post(name, "/feedback/reopen"):
            assert self._may_write(name), self.log
            self.model.sent.discard(CITIES[name])
        self._look()

    @rule()
    def merges(self):
        if not self.idle:
            self._merge()
            self._look()

    def _merge(self):
        free = [one for one in self.model.said if one.kind == "item" and not one.message and one.use == "report"]
        items = [one for one in free if one.city in self.model.sent][:2]
        word = self._word()
        data = {"headline": word, "kind": "lesson", "item": [one.key for one in items]}
        if items and self._post("Lea", f"/messages/new/{new_key()}", **data):
            self.model.said.append(Said(word, "message"))
            for one in items:
                one.message = word

    @rule()
    def comments(self):
        if self.idle:
            return
        word, key = self._word(), new_key()
        data = {"about": "part:saw", "kind": "factual_error", "comment": word}
        if self._post("Hugo", f"/fact-check/comments/{key}", **data):
            assert self.model.now.stage == "fact_check", self.log
            self.model.said.append(Said(word, "comment"))
            assert self._post("Lea", f"/fact-check/comments/{key}/answer", answer="adopted", reason="", version="1")
        self._look()

    @rule(move=st.sampled_from(sorted(MOVES)))
    def moves(self, move):
        if not self.idle:
            self._move(move)
            self._look()

    def _move(self, move):
        name, before, after = MOVES[move]
        word = self._word()
        if self._post(name, f"/actions/{move}", reason=word):
            assert not self.model.paused, self.log
            assert self.model.now.stage in (before, "fact_check"), self.log
            self.model.now.stage = after
            if move in ("reopen-feedback", "return-to-drafting"):
                self.model.said.append(Said(word, "reason"))

    @rule(level=st.sampled_from(("participants", "members", "public")), embargo=st.booleans())
    def goes_on(self, level, embargo):
        """The review takes its next step with what it needs: chance alone would seldom come to its end."""
        if self.idle:
            return
        before = {"feedback": lambda: self._send("Dora"), "drafting": self._merge}
        before.get(self.model.now.stage, lambda: None)()
        if self.model.now.stage == "sign_off":
            self._publish(level, embargo)
        for move, (_name, stands, _after) in MOVES.items():
            if stands == self.model.now.stage and not move.startswith(("reopen", "return")):
                self._move(move)
                break
        self._look()

    @rule(late=st.booleans())
    def time_passes(self, late):
        if self.idle:
            return
        with Play.app.app_context():
            _deadline(late=late)
            db.session.commit()
        self.model.now.late = late
        self._look()

    @rule(level=st.sampled_from(("participants", "members", "public")), embargo=st.booleans())
    def publishes(self, level, embargo):
        if not self.idle:
            self._publish(level, embargo)
            self._look()

    def _publish(self, level, embargo):
        for name in ("Lea", "Hugo", "Sven"):
            self._post(name, "/actions/sign-the-report")
        more = {"embargo_day-day": "1", "embargo_day-month": "1", "embargo_day-year": "2099"} if embargo else {}
        data = {"level": level, "funding": "Nobody", "confirm": feedback_world.REF, "embargo_time": "", **more}
        if self._post("Sven", "/publish", **data):
            assert self.model.now.stage == "sign_off", self.log
            assert not self.model.paused, self.log
            self.model.now.stage, self.model.now.level, self.model.now.embargoed = "published", level, embargo

    @rule()
    def embargo_ends(self):
        if self.idle:
            return
        with Play.app.app_context():
            db.session.execute(update(Review).values(embargo_until=None))
            db.session.commit()
        self.model.now.embargoed = False
        self._look()

    @rule(what=st.sampled_from(("put-on-hold", "resume", "cancel")))
    def pauses(self, what):
        if self.idle or (what == "cancel" and self.chance.random() < 0.8):
            return
        word = self._word()
        if self._post("Sven", f"/actions/{what}", reason=word):
            self.model.paused = what != "resume"
            if what != "resume":
                self.model.said.append(Said(word, "reason"))
        self._look()

    @rule(name=st.sampled_from(("Bo", "Cem", "Lea")), back=st.booleans())
    def leaves(self, name, back):
        """Somebody is taken out of the review, or comes back."""
        if self.idle or (name == "Lea" and self.chance.random() < 0.7):
            return
        role = "lead_reviewer" if name == "Lea" else "peer"
        if back and name in self.model.gone:
            with Play.app.app_context():
                _seat_again(name, role)
                db.session.commit()
            self.model.gone.discard(name)
        elif not back and name not in self.model.gone:
            with Play.app.app_context():
                key = feedback_world.person(name).key
            if self._post("Sven", f"/team/{key}/{role}/dismiss"):
                self.model.gone.add(name)
                self.clients[name] = feedback_world.enter(Play.app, name)
        self._look()

    def _may_write(self, name):
        """Peers write while feedback is open, the deadline is ahead, and nothing is paused."""
        open_now = self.model.now.stage in ("visiting", "feedback") and not self.model.now.late
        return open_now and not self.model.paused and name not in self.model.gone

    def _look(self):
        """Let somebody read every page, and hold what they found against the reference."""
        Play.steps += 1
        name = self.chance.choice(PEOPLE)
        found = set()
        for page in PAGES:
            answer = self.clients[name].get(f"{BASE}{page}", follow_redirects=True)
            assert answer.status_code < 500
            found |= set(WORD.findall(answer.text))
            Play.looked += 1
        expected = self.model.words_for(name)
        Play.reached.add((self.model.now.stage, self.model.role(name)))
        Play.leaks += bool(found - expected)
        told = [one for one in self.model.said if one.word in found ^ expected]
        assert found == expected, (name, self.model.now, "too much", found - expected, told, self.log[-12:])


def _deadline(*, late):
    review = db.session.scalars(select(Review)).one()
    planting.deadline_of(review, late=late)


def _seat_again(name, role):
    person, review = feedback_world.person(name), db.session.scalars(select(Review)).one()
    speaks_for = person.organisation_id if role == "peer" else None
    db.session.add(Participant(review_id=review.id, person_id=person.id, organisation_id=speaks_for, role=Role(role)))


@pytest.mark.drill
def test_whatever_happens_everybody_reads_what_the_reference_says(tmp_path, amount, promise):
    Play.app = feedback_world.app_in(tmp_path)
    Play.steps, Play.sequences, Play.looked, Play.leaks = 0, 0, 0, 0
    Play.until = time.monotonic() + amount(quick=8, full=300)
    plan = settings(
        max_examples=amount(quick=12, full=500),
        stateful_step_count=amount(quick=25, full=50),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Play, settings=plan)
    finally:
        print(
            f"{Play.sequences} sequences, {Play.steps} steps, {Play.looked} pages, {len(Play.reached)} stages x roles"
        )
        promise("leaks", Play.leaks, of=Play.looked)
