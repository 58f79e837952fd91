"""Reports are printed once a run and read by many tests."""

import os
import subprocess

import pikepdf
import pytest

from review_app.reports.printing import press as press_module
from review_app.reports.printing.press import Press
from review_app.reports.wording.words import Words
from tests.reports import (
    examples,
    feedback_examples,
    foreign_examples,
    slides_examples,
    small_papers,
    synthesis_examples,
)

EXAMPLES = {
    **vars(examples),
    **vars(foreign_examples),
    **vars(feedback_examples),
    **vars(slides_examples),
    **vars(small_papers),
    **vars(synthesis_examples),
}


@pytest.fixture(scope="session")
def words():
    return Words("en")


@pytest.fixture(scope="session")
def press():
    """A warm press; under coverage its room is measured too."""
    kept = press_module.KEPT
    press_module.KEPT = (*kept, *(name for name in os.environ if name.startswith("COVERAGE_")))
    one = Press()
    yield one
    one.close()
    press_module.KEPT = kept


class Paper:
    """A printed report, read back by other programs than the one that wrote it."""

    def __init__(self, path, printed):
        self.path, self.printed = path, printed
        self.text = _said_by("pdftotext", "-layout", path, "-")
        self.flow = " ".join(_said_by("pdftotext", path, "-").split())
        self.written = " ".join(_said_by("pdftotext", "-raw", path, "-").split())
        self.pages = _said_by("pdftotext", path, "-").split("\f")[:-1]
        self.boxes = _said_by("pdftotext", "-bbox", path, "-")
        self.fonts = _said_by("pdffonts", path).splitlines()[2:]

    def open(self):
        return pikepdf.open(self.path)


def _said_by(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def paper(press, tmp_path_factory):
    """Print an example by its name, once."""
    folder, printed = tmp_path_factory.mktemp("papers"), {}

    def print_once(name):
        if name not in printed:
            path = folder / f"{name}.pdf"
            printed[name] = Paper(path, press.print_to(path, EXAMPLES[name]))
        return printed[name]

    return print_once
