"""How a test hands a figure to the drill: `promise("acked_lost", lost, of=written)`; the summary prints one line each.

A test that takes long does a part of its work in `./run test` and all of it in `./run drill`:
`amount(quick=3, full=20)` says how much now.
"""

from collections import defaultdict

import pytest

PREFIX = "promise:"
# What the last line of a drill states, in this order: figures that must be nought, and two that are measured.
STATED = (
    "leaks",
    "acked_lost",
    "overwritten",
    "duplicates",
    "http5xx",
    "pdf_reads",
    "pdf_requests",
    "texts_recovered",
    "restart_s",
)


def pytest_addoption(parser):
    """Add --drill: the full amounts, and the figures at the end."""
    parser.addoption("--drill", action="store_true", help="do all of the work of the drill, and print its figures")


@pytest.fixture
def amount(request):
    """Return how much of something to do: amount(quick=3, full=20)."""
    is_full = request.config.getoption("--drill")
    return lambda *, quick, full: full if is_full else quick


@pytest.fixture
def promise(request, record_property):
    """Hand in a figure: promise("leaks", found, of=looked_at). A time ends in _s; the largest of it counts."""

    def state(name, value, *, of=None):
        record_property(f"{PREFIX}{name}", (value, of, request.node.nodeid))

    return state


class Figures:
    """What all tests have handed in, by the name of the promise."""

    def __init__(self):
        self.handed_in = defaultdict(list)

    def take(self, properties):
        """Take the figures among the properties of one test."""
        for name, value in properties:
            if name.startswith(PREFIX):
                self.handed_in[name.removeprefix(PREFIX)].append(value)

    def total(self, name):
        """Return a figure over all tests as it is printed, or "not run"."""
        found = self.handed_in.get(name)
        if not found:
            return "not run"
        if name.endswith("_s"):
            return f"{max(value for value, _of, _test in found):.1f}"
        whole = sum(of or 0 for _value, of, _test in found)
        value = sum(value for value, _of, _test in found)
        return f"{value}/{whole}" if name == "texts_recovered" else str(value)

    def lines(self):
        """Return one line for each promise and test: its figure, of how many, and where it is shown."""
        for name in sorted(self.handed_in):
            for value, of, test in self.handed_in[name]:
                yield f"{name}={value}{f' of {of}' if of is not None else ''}  {test}"

    def last_line(self):
        """Return the line a drill ends with."""
        return " ".join(f"{name}={self.total(name)}" for name in STATED)


def pytest_terminal_summary(terminalreporter, config):
    """Print the figures after a drill."""
    figures = Figures()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                figures.take(report.user_properties)
    is_full = config.getoption("--drill")
    if not is_full and not figures.handed_in:
        return
    terminalreporter.section("promises")
    for line in figures.lines():
        terminalreporter.write_line(line)
    if is_full:
        terminalreporter.write_line(figures.last_line())
