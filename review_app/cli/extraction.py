"""Finds the sentences of reports: in code and templates with Babel, in methods and shipped records by their keys."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from jinja2.ext import babel_extract

from review_app.domain import themes
from review_app.reports.wording.catalogue import CITY

Said = str | tuple[str, ...]

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
READ = ("title", "ask", "lead", "hint", "label")
"""What a printed form shows of the forms of a method; labels are those of options."""
ORGANISATIONS = "review_app/world/data/organisations.csv"
# Cities whose names differ among languages and that are not among the organisations we know.
WELL_KNOWN = (
    "Aachen",
    "Basel",
    "Bern",
    "Cordoba",
    "Cork",
    "Cracow",
    "Edinburgh",
    "Galway",
    "Geneva",
    "Graz",
    "Hanover",
    "Krakow",
    "Limerick",
    "Mechelen",
    "Mons",
    "Namur",
    "Nice",
    "Padua",
    "Patras",
    "Piraeus",
    "Plovdiv",
    "Regensburg",
    "Salzburg",
    "Syracuse",
    "Szczecin",
    "Trieste",
    "Valletta",
    "Verona",
)


def sentences(root: Path) -> Catalog:
    """Return every sentence a report may print; `root` is the folder of the project."""
    catalog = Catalog(charset="utf-8")
    for pattern, way in _SOURCES:
        for path in sorted(root.glob(pattern)):
            # Why a print failed is said by the pages of the desk, not by a report.
            if "printing" not in path.parts:
                for message in way(path):
                    catalog.add(message)
    return catalog


def cities(root: Path) -> Catalog:
    """Return the English names of the cities that may have another in some language."""
    catalog = Catalog(charset="utf-8")
    with (root / ORGANISATIONS).open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file) if row["kind"] == "city"}
    for name in sorted(names | set(WELL_KNOWN)):
        catalog.add(name, context=CITY)
    return catalog


def of_code(path: Path) -> Iterator[Said]:
    """Find the sentences that are marked in a file of Python."""
    yield from _marked(path, "python")


def of_template(path: Path) -> Iterator[Said]:
    """Find the sentences of a template."""
    yield from _marked(path, babel_extract)


def _marked(path: Path, way: Any) -> Iterator[Said]:
    with path.open("rb") as file:
        yield from (message for _line, message, _comments, _context in extract(way, file, keywords=KEYWORDS))


def of_method(path: Path) -> Iterator[Said]:
    """Find the title of a method and the words of its forms."""
    definition = tomllib.loads(path.read_text(encoding="utf-8"))
    yield definition["title"]
    yield from _words_of(definition.get("form", ()))


def _words_of(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        yield from (part[key] for key in READ if part.get(key))
        part = [value for value in part.values() if isinstance(value, list)]
    if isinstance(part, list | tuple):
        for one in part:
            yield from _words_of(one)


def of_records(path: Path) -> Iterator[Said]:
    """Find the methods and themes that public records name, as a label begins."""
    rows = json.loads(path.read_text(encoding="utf-8"))["reviews"]
    yield from ((method := str(row["method"]))[:1].upper() + method[1:] for row in rows)
    yield from (themes.label(row["theme"]) for row in rows)


_SOURCES: tuple[tuple[str, Callable[[Path], Iterator[Said]]], ...] = (
    ("review_app/reports/**/*.py", of_code),
    ("review_app/domain/confidentiality.py", of_code),
    ("review_app/domain/themes.py", of_code),
    ("review_app/domain/report_parts.py", of_code),
    ("templates/reports/**/*.html", of_template),
    ("review_app/domain/methods/*.toml", of_method),
    ("review_app/world/data/reviews.json", of_records),
)
