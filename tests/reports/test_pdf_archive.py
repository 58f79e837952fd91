"""What an archive finds in a report that is to be kept: PDF/A-3a and PDF/UA-1 in one file, the data inside."""

import hashlib
import json
import shutil
import subprocess
from types import SimpleNamespace

import pikepdf
import pytest

from review_app.domain.printing import Form
from review_app.reports.exports.attachments import attachments
from review_app.reports.printing.archive import Enclosed, NotAllowed
from review_app.reports.printing.press import Press
from tests.reports.examples import DRAFT, FULL
from tests.reports.foreign_examples import FOREIGN

INSIDE = {"report.csv": "text/csv", "report.json": "application/json"}
VALIDATOR = shutil.which("verapdf")


@pytest.fixture(scope="module")
def archived(press, tmp_path_factory):
    """Print a report to be kept, once a module."""
    folder, kept = tmp_path_factory.mktemp("archive"), {}

    def print_once(snapshot):
        if snapshot.sha256 not in kept:
            path = folder / f"{snapshot.sha256}.pdfa.pdf"
            kept[snapshot.sha256] = SimpleNamespace(path=path, printed=press.print_to(path, snapshot, Form.PDFA))
        return kept[snapshot.sha256]

    return print_once


@pytest.mark.parametrize("snapshot", [FULL, DRAFT, FOREIGN], ids=["full", "draft", "foreign"])
def test_an_archive_reads_both_standards_and_one_colour_space(archived, snapshot):
    with pikepdf.open(archived(snapshot).path) as file:
        with file.open_metadata() as metadata:
            stated = {name: metadata[name] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
        (intent,) = file.Root.OutputIntents
        packet = file.Root.Metadata.read_bytes()

        assert stated == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        # An archive takes a property of another standard only with its description, and one packet has one RDF.
        assert (packet.count(b"<rdf:RDF"), packet.count(b"<pdfaSchema:prefix>pdfuaid<")) == (1, 1)
        assert "/Filter" not in file.Root.Metadata


def test_a_screen_reader_finds_in_it_what_it_finds_in_the_usual_print(archived, paper):
    with pikepdf.open(archived(FULL).path) as kept, paper("FULL").open() as usual:
        assert (len(kept.pages), str(kept.Root.Lang)) == (len(usual.pages), str(usual.Root.Lang))
        assert bool(kept.Root.MarkInfo.Marked)
        assert bool(kept.Root.ViewerPreferences.DisplayDocTitle)
        assert [page.Contents.read_bytes() for page in kept.pages] == [
            page.Contents.read_bytes() for page in usual.pages
        ]


def test_the_data_of_the_report_lies_inside_and_nothing_else(archived):
    with pikepdf.open(archived(FULL).path) as file:
        found = {name: one.get_file() for name, one in file.attachments.items()}
        related = {name: (one.relationship, one.description != "") for name, one in file.attachments.items()}
        named = [str(one.UF) for one in file.Root.AF]
        content = {name: one.read_bytes() for name, one in found.items()}

        assert {name: one.mime_type for name, one in found.items()} == INSIDE
        assert related == dict.fromkeys(INSIDE, (pikepdf.Name.Data, True))
        assert sorted(named) == sorted(INSIDE)
    assert content == attachments(FULL)
    assert json.loads(content["report.json"])["data"]["about"]["title"] == FULL.title


def test_it_is_open_to_everybody_and_does_nothing_by_itself(archived):
    path = archived(FULL).path
    with pikepdf.open(path) as file:
        assert not file.is_encrypted
        assert [name for name in ("/OpenAction", "/AA", "/AcroForm") if name in file.Root] == []
        assert [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/JS" in one] == []
        assert {int(note.F) for page in file.pages for note in page.get("/Annots", [])} <= {4}
    fonts = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert [line for line in fonts if line.split()[-5:-2] != ["yes", "yes", "yes"]] == []


def test_it_bears_the_day_of_the_report_and_no_other(archived):
    with pikepdf.open(archived(FULL).path) as file:
        params = [one.get_file().obj.Params for one in file.attachments.values()]
        days = {str(one.CreationDate) for one in params} | {str(one.ModDate) for one in params}

        assert days == {"D:20260611000000Z"}
        assert bytes(file.trailer.ID[0]) == FULL.sha256.encode()


def test_the_same_snapshot_gives_the_same_file_in_another_process(archived, tmp_path):
    other = Press()
    try:
        printed = other.print_to(tmp_path / "again.pdf", FULL, Form.PDFA)
    finally:
        other.close()

    assert printed.sha256 == archived(FULL).printed.sha256
    assert printed.sha256 == hashlib.sha256(archived(FULL).path.read_bytes()).hexdigest()


def test_a_file_that_is_not_on_the_list_is_not_enclosed():
    with pytest.raises(NotAllowed, match=r"notes\.txt"):
        Enclosed({"report.json": b"{}", "notes.txt": b"x"})


def test_what_begins_like_a_formula_is_text_in_the_table():
    section = FULL.sections[0]
    hostile = section.messages[0].model_copy(update={"headline": "=1+1"})
    paper = FULL.model_copy(update={"sections": (section.model_copy(update={"messages": (hostile,)}),)})

    assert b",'=1+1," in attachments(paper)["report.csv"]


@pytest.mark.skipif(VALIDATOR is None, reason="veraPDF is not on this machine")
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_the_validator_of_archives_has_nothing_to_say(archived, flavour):
    done = subprocess.run(
        [VALIDATOR, "--format", "text", "--flavour", flavour, archived(FULL).path],
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stdout)

    assert done.stdout.startswith("PASS")
