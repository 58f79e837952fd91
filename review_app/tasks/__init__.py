"""Background work: thin, idempotent, no arguments but names and numbers."""

import math
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask import Flask
from huey import Huey, crontab

from review_app.config import Settings
from review_app.domain.printing import Basis, Lane
from review_app.extensions import queue
from review_app.tasks import drafting, letters, rendering, sweeping
from review_app.tasks.drafting import Draft

ENOUGH = 12
AGAIN = 5.0
"""Seconds within which one person's next change to the same thing is not noted anew: people save by the second."""
WORKERS = 4
"""Both lanes of the press, the letters, and one for whatever comes: nobody waits for a long report."""


class Background:
    """The queue of an app, made when it is first needed: a page without it still answers."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.address = app, queue.address_of(settings)
        self.woken: list[Callable[[], Any]] = []
        self.drafts: Any = None
        self._noted: dict[tuple[Draft, int], float] = {}

    @cached_property
    def queue(self) -> Huey:
        """The queue with its tasks."""
        made = queue.at(self.address)
        self.woken = [
            made.task(name="drain_letters")(self.drain_letters),
            made.task(name="print_waiting")(self.print_waiting),
            made.task(name="print_long")(self.print_long),
        ]
        self.drafts = made.task(name="draft_ahead")(self.draft)
        made.periodic_task(crontab(minute="*"), name="sweep")(self.sweep)
        made.periodic_task(crontab(minute="23"), name="sweep_files")(self.sweep_files)
        return made

    def wake(self) -> None:
        """Ask for letters and renderings to be looked at now; when enough calls wait already, they will do."""
        if self.queue.pending_count() < ENOUGH:
            for task in self.woken:
                task()

    def changed(self, of: Basis, number: int, person: int) -> None:
        """Note that somebody has changed what a draft is made of; when all is quiet it is printed."""
        draft, now = Draft(of, number), time.monotonic()
        if now - self._noted.get((draft, person), -math.inf) < AGAIN:
            return
        self._noted[draft, person] = now
        if drafting.note(self.queue, draft, person):
            self.drafts.schedule(draft, delay=drafting.REST)

    def draft(self, of: Basis, number: int) -> None:
        """Make the drafts of a review or a synthesis, or come again when somebody is still at it."""
        draft = Draft(of, number)
        left = drafting.left(self.queue, draft)
        if left > 0:
            self.drafts.schedule(draft, delay=left)
            return
        drafting.make(self.app, draft, drafting.take(self.queue, draft))
        self.wake()

    def drain_letters(self) -> None:
        """Send what is due."""
        letters.drain(self.app)

    def print_waiting(self) -> None:
        """Print what waits and is soon done."""
        rendering.print_waiting(self.app, Lane.QUICK)

    def print_long(self) -> None:
        """Print the long reports that wait."""
        rendering.print_waiting(self.app, Lane.LONG)

    def sweep(self) -> None:
        """Do what the clock asks for, then look at outbox and renderings as well."""
        sweeping.sweep(self.app)
        self.drain_letters()
        self.print_waiting()
        self.print_long()

    def sweep_files(self) -> None:
        """Every hour: put files and their rows in step."""
        sweeping.sweep_files(self.app)


def bind(app: Flask, settings: Settings) -> None:
    """Bind the queue to the app. Tests ask for their background work by name."""
    background = Background(app, settings)
    app.extensions["background"] = background
    app.extensions["wake"] = _nothing if settings.testing else background.wake
    app.extensions["changed"] = _nothing if settings.testing else background.changed


def _nothing(*_what: object) -> None:
    return None
