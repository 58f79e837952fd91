"""Lets a child do something and die at a chosen moment of it, as by kill -9; the child comes from a clean process."""

import multiprocessing
import os
import signal
import sys

PATIENCE = 60
KILLED = -signal.SIGKILL
# What a program does to the disk as Python tells it; between two of these moments nothing else of ours happens there.
EVENTS = frozenset(
    {
        "open",
        "os.chmod",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "shutil.rmtree",
        "sqlite3.connect/handle",
        "tempfile.mkdtemp",
        "fcntl.flock",
    }
)
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["review_app", "tests.faults.deaths"])


def moments_of(task, *arguments):
    """Let a task run to its end in a child, and return how many moments it has in which it can die."""
    count = NURSERY.Value("i", 0)
    assert ended(_watched, count, 0, task, arguments) == 0
    return count.value


def killed_at(moment, task, *arguments):
    """Let a task run in a child that is killed at a moment of it; tell whether it was alive until then."""
    return ended(_watched, NURSERY.Value("i", 0), moment, task, arguments) == KILLED


def die():
    """Die as by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def spread(whole, most):
    """Return up to `most` moments spread over a whole, the first and the last among them."""
    return sorted({1 + round(step * (whole - 1) / max(1, most - 1)) for step in range(most)}) if whole else []


def ended(target, *arguments):
    """Let a task run in a child; return how it ended, None when it did not in time."""
    child = NURSERY.Process(target=target, args=arguments, daemon=True)
    child.start()
    child.join(PATIENCE)
    return child.exitcode


def _watched(count, moment, task, arguments):
    def look(event, _facts):
        if event in EVENTS:
            count.value += 1
            if count.value == moment:
                die()

    sys.addaudithook(look)
    task(*arguments)
