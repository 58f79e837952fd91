"""The way into the press room: run as a file, so that no Flask and no database is loaded there."""

import runpy
import sys
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parents[1]


def enter() -> None:
    """Open the room on a bare package: the package's own start would wire the whole application."""
    bare = ModuleType(PACKAGE.name)
    bare.__path__ = [str(PACKAGE)]
    sys.modules[PACKAGE.name] = bare
    sys.path.insert(0, str(PACKAGE.parent))
    runpy.run_module(f"{PACKAGE.name}.reports.room", run_name="__main__")


if __name__ == "__main__":
    enter()
