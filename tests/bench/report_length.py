"""P4: what a page of a thousand costs over a page of fifty, and the memory it takes; each in a process of its own."""

import json
import subprocess
import sys
from statistics import median

from review_app.reports.materials import PROJECT
from tests.bench.figures import Finding

CPU_GOAL, START, A_PAGE = 1.25, 100.0, 1.0
SHORT, LONG = 240, 4_800
"""Messages of a report of some fifty pages and of a thousand."""
ROUNDS = 3
CODE = """
import json, resource, sys, time
from review_app.reports import page
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf, room
from tests.bench import long_report

materials = Materials.of()
assets = pdf.Assets.read(materials)
room._warm(materials, assets)
snapshot = long_report.snapshot(int(sys.argv[1]))
room.gc.set_threshold(*room.RARELY)
started = time.process_time()
printed = pdf.render(page.document(snapshot), assets, identifier=snapshot.sha256)
cost = time.process_time() - started
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"pages": printed.pages, "a page": cost / printed.pages, "memory": memory}))
"""


def measure(_world):
    """Print both lengths, the short one before and after each long one."""
    rounds = [(_printed(SHORT), _printed(LONG), _printed(SHORT)) for _round in range(ROUNDS)]
    seen = median(long["a page"] * 2 / (before["a page"] + after["a page"]) for before, long, after in rounds)
    long = rounds[-1][1]
    room = START + A_PAGE * long["pages"]
    memory = median(one["memory"] for _before, one, _after in rounds)
    note = f"{long['pages']} pages, {long['a page'] * 1000:.0f} ms CPU and {memory / long['pages']:.2f} MB a page"
    told = f"{seen:.2f}, {memory:.0f} MB"
    return Finding(told, f"{CPU_GOAL:.2f}, {room:.0f} MB", seen <= CPU_GOAL and memory <= room, (note,))


def _printed(messages):
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(messages)], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)
