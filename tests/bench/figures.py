"""How a figure is found and told: both sides in turn, the median of the rounds, a verdict against the goal."""

import gc
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Finding:
    """What was seen beside what was wanted; notes go on lines of their own."""

    seen: str
    goal: str
    holds: bool
    notes: tuple[str, ...] = ()

    def __str__(self):
        line = f"{self.seen} (goal {self.goal}) {'holds' if self.holds else 'short'}"
        return "\n".join((line, *(f"   {note}" for note in self.notes)))


def cost(work, clock=time.process_time):
    """Return the seconds that a piece of work takes by this clock: CPU of the process, unless told otherwise."""
    gc.collect()
    started = clock()
    work()
    return clock() - started


def in_turn(sides, rounds, clock=time.process_time):
    """Return the costs of each side over the rounds, after one round that only warms up.

    A side is a function that gets ready and returns the work to be measured. The sides take turns and every other
    round goes backwards: a machine that slows down slows all of them.
    """
    costs = {name: [] for name in sides}
    for number in range(rounds + 1):
        order = list(sides) if number % 2 else list(reversed(sides))
        for name in order:
            seconds = cost(sides[name](), clock)
            if number:
                costs[name].append(seconds)
    return costs


def ratio(over, under):
    """Return the median of the ratios, round by round."""
    return median(one / other for one, other in zip(over, under, strict=True))
