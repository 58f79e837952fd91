"""The way into a confined process: run as a file, so that no Flask and no database is loaded there."""

import runpy
import sys
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parents[2]


def enter(module: str) -> None:
    """Run a module on a bare package: the package's own start would wire the whole application."""
    bare = ModuleType(PACKAGE.name)
    bare.__path__ = [str(PACKAGE)]
    sys.modules[PACKAGE.name] = bare
    sys.path.insert(0, str(PACKAGE.parent))
    runpy.run_module(f"{PACKAGE.name}.{module}", run_name="__main__")


if __name__ == "__main__":
    enter(sys.argv.pop(1))
