"""`./run drill --mutants`: plants one fault after another in a copy of the project, and sees that a test catches it."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted(Path(__file__).parent.glob("mutants*.toml"))
BORROWED = (".venv", "node_modules", "build")
PATIENCE = 600
PASSED, FAILED = 0, 1


@dataclass(frozen=True)
class Mutant:
    """A planted fault: in `file` stands `new` for `old`, and one of `tests` must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def mutants(names):
    """Return the mutants of these names, or all of them."""
    listed = (one for path in LISTS for one in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"])
    known = [Mutant(**{**one, "tests": tuple(one["tests"])}) for one in listed]
    unknown = set(names) - {one.name for one in known}
    if unknown:
        sys.exit(f"There is no mutant called {', '.join(sorted(unknown))}.")
    return [one for one in known if not names or one.name in names]


def copy_of_the_project(folder):
    """Copy what belongs to the project; what set-up made is borrowed."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file() and name not in BORROWED:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in BORROWED:
        (folder / name).symlink_to(ROOT / name)


def outcome(folder, tests):
    """Run tests in a copy and return how pytest ended."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", *tests]
    try:
        done = subprocess.run(
            command, cwd=folder, check=False, capture_output=True, text=True, timeout=PATIENCE, env=_plain()
        )
    except subprocess.TimeoutExpired:
        return "hung", ""
    return done.returncode, (done.stdout + done.stderr)[-2000:]


def _plain():
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}


def is_caught(mutant, folder):
    """Plant the fault, run its tests, take it out again."""
    place = folder / mutant.file
    sound = place.read_text(encoding="utf-8")
    if sound.count(mutant.old) != 1:
        return f"stands {sound.count(mutant.old)} times in {mutant.file}, not once"
    place.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        ended, _said = outcome(folder, mutant.tests)
    finally:
        place.write_text(sound, encoding="utf-8")
    return "caught" if ended in (FAILED, "hung") else f"SURVIVED (pytest ended with {ended})"


def main(names):
    """Say of each mutant whether it was caught; without a fault, all these tests must pass."""
    chosen = mutants(names)
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        copy_of_the_project(folder)
        ended, said = outcome(folder, sorted({test for one in chosen for test in one.tests}))
        if ended != PASSED:
            sys.exit(f"The tests do not pass without a fault, so they prove nothing:\n{said}")
        results = {}
        for one in chosen:
            results[one.name] = is_caught(one, folder)
            print(f"{results[one.name]:10} {one.name}  ({one.file})", flush=True)
    caught = sum(result == "caught" for result in results.values())
    print(f"mutants={len(chosen)} caught={caught}")
    sys.exit(caught != len(chosen))


if __name__ == "__main__":
    main(sys.argv[1:])
