"""Background work: thin, idempotent, no arguments but names and numbers."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask import Flask
from huey import Huey, crontab

from review_app.config import Settings
from review_app.extensions import queue
from review_app.tasks import letters, rendering, sweeping

ENOUGH = 10


class Background:
    """The queue of an app, made when it is first needed: a page without it still answers."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.address = app, queue.address_of(settings)
        self.woken: list[Callable[[], Any]] = []

    @cached_property
    def queue(self) -> Huey:
        """The queue with its tasks."""
        made = queue.at(self.address)
        self.woken = [
            made.task(name="drain_letters")(self.drain_letters),
            made.task(name="print_waiting")(self.print_waiting),
        ]
        made.periodic_task(crontab(minute="*"), name="sweep")(self.sweep)
        made.periodic_task(crontab(minute="23"), name="sweep_files")(self.sweep_files)
        return made

    def wake(self) -> None:
        """Ask for letters and renderings to be looked at now; when enough calls wait already, they will do."""
        if self.queue.pending_count() < ENOUGH:
            for task in self.woken:
                task()

    def drain_letters(self) -> None:
        """Send what is due."""
        letters.drain(self.app)

    def print_waiting(self) -> None:
        """Print what waits."""
        rendering.print_waiting(self.app)

    def sweep(self) -> None:
        """Do what the clock asks for, then look at outbox and renderings as well."""
        sweeping.sweep(self.app)
        self.drain_letters()
        self.print_waiting()

    def sweep_files(self) -> None:
        """Every hour: put files and their rows in step."""
        sweeping.sweep_files(self.app)


def bind(app: Flask, settings: Settings) -> None:
    """Bind the queue to the app. Tests ask for their background work by name."""
    background = Background(app, settings)
    app.extensions["background"] = background
    app.extensions["wake"] = _nothing if settings.testing else background.wake


def _nothing() -> None:
    return None
