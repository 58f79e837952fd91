"""The press room is warm before it takes the first job: fonts, styles and templates are there, garbage is frozen."""

import json
import subprocess
import sys

from review_app.reports.materials import PROJECT, STYLES

LOOK = """
import gc, json, sys
from review_app.reports import page
from review_app.reports.printing import pdf, room

seen = {}

def read(materials, read=pdf.Assets.read):
    seen["assets"] = read(materials)
    return seen["assets"]

def ready(_answers, *told):
    environment = page._environment(page.MATERIALS.templates)
    seen["told"] = {
        "said": [one.decode() for one in told],
        "frozen": gc.get_freeze_count(),
        "templates": len(environment.cache),
        "styles": sorted(name.rsplit("/", 1)[-1] for name in seen["assets"].sheets),
    }

pdf.Assets.read = read
room.send, room._next_task, room._leave_nothing = ready, lambda *_given: None, lambda *_given: None
room.main(sys.argv[1])
sys.stderr.write(json.dumps(seen["told"]))
"""


def test_whoever_asks_first_finds_the_room_warm():
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(PROJECT)], check=True, capture_output=True, text=True, timeout=120
    )

    told = json.loads(done.stderr.strip().splitlines()[-1])
    assert told["said"] == ["{}"]
    assert told["styles"] == sorted(STYLES)
    # A report draws a dozen templates and keeps tens of thousands of objects from the imports and the first print.
    assert told["templates"] >= 5
    assert told["frozen"] > 50_000
