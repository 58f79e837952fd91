"""`./run bench [P1 ... P9]`: measures and reports, a line a goal. It fails for a crash, never for a figure."""

import sys
import tempfile
import warnings
from pathlib import Path

from tests.bench import (
    exports,
    many_writers,
    page_rates,
    report_cost,
    report_length,
    report_styles,
    report_wait,
    statements,
)
from tests.bench.world import World

GOALS = {
    "P1": report_cost.measure,
    "P2": report_styles.measure,
    "P3": report_wait.measure,
    "P4": report_length.measure,
    "P5": page_rates.measure,
    "P6": statements.measure,
    "P7": many_writers.measure,
    "P9": exports.measure,
}


def main(names):
    """Measure these goals, or all of them, on a demonstration made for this run."""
    unknown = [name for name in names if name not in GOALS]
    if unknown:
        sys.exit(f"bench does not know {', '.join(unknown)}; it measures {', '.join(GOALS)}.")
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        world = World.made(Path(folder))
        for name in names or GOALS:
            finding = GOALS[name](world)
            print(f"{name} {finding}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
