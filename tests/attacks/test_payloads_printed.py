"""Payloads in every text of a report: nothing is opened, nobody is asked, and every word of them is on paper."""

import json
import os
import re
import subprocess
import sys
import unicodedata

import pikepdf
import pytest

from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.materials import PROJECT
from tests.attacks import payloads
from tests.reports.examples import FULL

CHILD = PROJECT / "tests" / "reports" / "confined.py"
NOT_TYPED = frozenset(("kind", "side", "ref", "language", "text_language", "precision", "start", "end", "country"))
NOT_TYPED |= {
    "consensus",
    "published",
    "regime",
    "level",
    "made_on",
    "frozen_on",
    "frozen_as",
    "edition",
    "kind",
    "brand",
    "check_at",
    "key",
    "change",
    "day",
}
SOURCES = ({"url": "https://example.org/", "note": "A page"}, {"url": "https://example.com/"})
EXTRA = {
    "outcome": "x",
    "outputs": ["x", "y"],
    "unknown": ["x"],
    "conflicts": ["x"],
    "erratum": [{"change": "corrected", "day": "2026-06-05", "text": "x"}],
    "sources": SOURCES,
    "draft": {"made_by": "x", "made_on": "2026-06-04"},
}


def slots(value, path=()):
    """The way to every text of a snapshot that somebody types."""
    if isinstance(value, dict):
        for name, inner in value.items():
            # Where a message comes from is said of public records, which count no cities.
            if name not in NOT_TYPED and not (name == "source" and value.get("cities") is not None):
                yield from slots(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from slots(inner, (*path, number))
    elif isinstance(value, str):
        yield path


def foreign(plain):
    """An English summary is printed beside what is written in another language."""
    for section in plain["sections"]:
        for message in (*section["messages"], *section["singles"]):
            message["language"] = "fi"
    return plain


def put(plain, path, text):
    for step in path[:-1]:
        plain = plain[step]
    plain[path[-1]] = text


def laden(turn):
    """A snapshot with a payload in every text, and which payload stands where."""
    plain = foreign(json.loads(json.dumps(FULL.model_dump(mode="json") | EXTRA)))
    named = list(payloads.ALL.items())
    where = {}
    for number, path in enumerate(list(slots(plain))):
        title, text = named[(number + turn) % len(named)]
        put(plain, path, text)
        where[path] = title
    return Snapshot.model_validate(plain), where


def squeezed(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


@pytest.fixture(scope="module")
def printed(tmp_path_factory, request):
    """Snapshots printed in one process under an audit hook."""
    turns = range(0, len(payloads.ALL), 7) if request.config.getoption("--drill") else (0,)
    folder = tmp_path_factory.mktemp("payloads")
    (folder / "papers").mkdir()
    (folder / "scratch").mkdir()
    made = {str(turn): laden(turn) for turn in turns}
    pages = {"snapshots": {name: one.to_bytes().decode() for name, (one, _where) in made.items()}, "pages": {}}
    (folder / "pages.json").write_text(json.dumps(pages))
    told = subprocess.run(
        [sys.executable, "-I", str(CHILD), str(PROJECT), str(folder / "pages.json"), str(folder / "papers")],
        env={"TMPDIR": str(folder / "scratch"), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1]) | {"made": made, "papers": folder / "papers"}


@pytest.mark.drill
def test_no_payload_opens_a_file_or_asks_another_host(printed, promise):
    laid = sum(len(where) for _snapshot, where in printed["made"].values())
    allowed = (
        *printed["prefixes"],
        printed["scratch"],
        str(printed["papers"]),
        str(PROJECT / "templates" / "reports"),
        str(PROJECT / "build"),
    )
    opened = [path for path in printed["opened"] if not path.startswith(allowed)]

    promise("pdf_reads", len(opened), of=laid)
    promise("pdf_requests", len(printed["asked"]), of=laid)
    assert (opened, printed["asked"]) == ([], [])
    assert len(payloads.ALL) >= 68


@pytest.mark.drill
def test_every_word_of_every_payload_is_on_paper_in_every_place(printed, promise):
    lost, laid = [], 0
    for name, (_snapshot, where) in printed["made"].items():
        text = squeezed(_text(printed["papers"] / f"{name}.pdf"))
        for path, title in where.items():
            laid += 1
            if not _holds(text, payloads.ALL[title]):
                lost.append(f"{'.'.join(map(str, path))} <- {title}")

    promise("pdf_words_lost", len(lost), of=laid)
    assert "\n".join(lost) == ""


def test_no_payload_becomes_a_part_of_the_file(printed):
    strange = []
    for name in printed["made"]:
        with pikepdf.open(printed["papers"] / f"{name}.pdf") as file:
            names = {str(key) for key in file.Root} & {"/OpenAction", "/AA", "/AcroForm", "/JavaScript"}
            kept = set(map(str, file.docinfo.keys())) - {"/Title", "/Producer", "/CreationDate", "/ModDate", "/Creator"}
            targets = [
                str(one.A.URI)
                for page in file.pages
                for one in page.get("/Annots", [])
                if "/A" in one and "/URI" in one.A
            ]
            strange += [*names, *kept, *(to for to in targets if not to.startswith(("http://", "https://", "mailto:")))]
            strange += [] if not len(file.attachments) else ["attachments"]

    assert strange == []


def _holds(text, payload):
    """Tell whether a payload is there whole; one that goes over a page has the foot of the page in it."""
    wanted = squeezed(payload)
    if wanted in text or len(wanted) < 300:
        return wanted in text
    part = wanted[:15]
    return text.count(part) >= wanted.count(part)


def _text(paper):
    return subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, text=True).stdout
