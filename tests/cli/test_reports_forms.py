"""`flask reports build` in every form and language, and over many reviews: as the issue and the contract write it."""

import hashlib
import json
import os
import stat
import zipfile

import pikepdf
import pytest
from lxml import html as html_reader
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.record import PublicRecord
from review_app.models.review import Review
from review_app.reports.exports.forms import FORMS
from review_app.reports.printing import shelf

BEGINNINGS = {"html": b"<!doctype html>", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}
SYNTHESIS = ("build", "--kind", "synthesis")


def run(app, *words):
    return app.test_cli_runner().invoke(args=["reports", *map(str, words)])


def records(app):
    with app.app_context():
        return list(db.session.scalars(select(Review.ref).join(PublicRecord).order_by(Review.ref)))


def told(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_form_but_the_printed_ones_is_tried_here():
    assert set(FORMS) == {*BEGINNINGS, "pdf", "pdfa"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_report_is_written_in_each_form(app, tmp_path, form):
    out = tmp_path / f"ghent.{form}"

    done = run(app, "build", "ghent-2019", "--kind", "feedback", "--format", form, "--lang", "fr", "--out", out)

    assert (done.exit_code, done.output.startswith(f"{out}: {out.stat().st_size} bytes, SHA-256 ")) == (0, True)
    assert out.read_bytes().startswith(BEGINNINGS[form])


@pytest.fixture(params=[0o022, 0o027], ids=["umask 022", "umask 027"])
def umask(request):
    """What the shell of the person has set."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("form", ["csv", pytest.param("pdf", marks=pytest.mark.slow)])
def test_a_file_that_somebody_asked_for_is_as_open_as_their_other_files(app, tmp_path, form, umask):
    out = tmp_path / f"ghent.{form}"
    out.touch(mode=0o600)

    run(app, "build", "ghent-2019", "--format", form, "--out", out)

    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask
    assert [one.name for one in tmp_path.glob(f"*{out.name}*")] == [out.name]


def test_a_long_file_is_written_piece_by_piece(app, tmp_path, monkeypatch):
    seen, put = [], shelf.put

    def looked_at(path, pieces, **how):
        return put(path, (seen.append(len(piece)) or piece for piece in pieces), **how)

    monkeypatch.setattr(shelf, "put", looked_at)
    out = tmp_path / "synthesis.json"

    done = run(app, *SYNTHESIS, "--reviews", ",".join(records(app)), "--format", "json", "--out", out)

    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert (len(seen) > 1, sum(seen)) == (True, out.stat().st_size)
    assert done.output == f"{out}: {sum(seen)} bytes, SHA-256 {digest}\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "pdfa"])
def test_a_report_is_printed_in_both_forms(app, tmp_path, form):
    out = tmp_path / "ghent.pdf"

    done = run(app, "build", "ghent-2019", "--format", form, "--lang", "fi", "--out", out)

    with pikepdf.open(out) as file:
        inside = sorted(file.attachments)
    assert done.exit_code == 0
    assert inside == (["report.csv", "report.json"] if form == "pdfa" else [])


def test_a_report_speaks_the_language_that_was_asked_for(app, tmp_path):
    out = tmp_path / "ghent.html"

    run(app, "build", "ghent-2019", "--format", "html", "--lang", "fr", "--out", out)

    page = html_reader.fromstring(out.read_bytes())
    assert page.get("lang") == "fr"
    assert "Lieu" in [one.text_content() for one in page.iter("dt")]


def test_a_language_outside_the_union_is_refused(app, tmp_path):
    done = run(app, "build", "ghent-2019", "--lang", "tr", "--out", tmp_path / "a.pdf")

    assert (done.exit_code, "'tr' is not one of 'bg'" in done.output) == (2, True)


def test_all_real_reviews_become_one_synthesis_in_the_order_given(app, tmp_path):
    refs, out = records(app)[::-1], tmp_path / "synthesis.json"

    done = run(app, *SYNTHESIS, "--reviews", ",".join(refs), "--format", "json", "--out", out)

    assert (done.exit_code, len(refs)) == (0, 25)
    assert [one["ref"] for one in told(out)["data"]["reviews"]] == refs


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_synthesis_is_written_in_each_form(app, tmp_path, form):
    out = tmp_path / f"synthesis.{form}"

    done = run(app, *SYNTHESIS, "--reviews", "ghent-2019,timisoara-2018", "--format", form, "--out", out)

    assert (done.exit_code, out.read_bytes().startswith(BEGINNINGS[form])) == (0, True)
    assert form not in ("docx", "xlsx") or zipfile.ZipFile(out).testzip() is None


@pytest.mark.slow
def test_a_synthesis_is_printed(app, tmp_path):
    out = tmp_path / "synthesis.pdf"

    done = run(app, *SYNTHESIS, "--reviews", "ghent-2019,timisoara-2018", "--out", out)

    assert (done.exit_code, out.read_bytes()[:5]) == (0, b"%PDF-")


@pytest.mark.parametrize(
    ("reviews", "sentence"),
    [
        ((), "Say of which reviews: flask reports build --kind synthesis --reviews REF,REF,... --out FILE"),
        (("--reviews", "ghent-2019,nowhere"), "No report is out for these reviews: nowhere."),
    ],
)
def test_a_synthesis_over_what_is_not_there_is_refused_in_a_sentence(app, tmp_path, reviews, sentence):
    out = tmp_path / "synthesis.pdf"

    done = run(app, *SYNTHESIS, *reviews, "--out", out)

    assert (done.exit_code, done.output.strip(), out.exists()) == (1, sentence, False)


def test_a_synthesis_holds_no_report_that_not_everybody_may_read(app, world, tmp_path):
    done = run(app, *SYNTHESIS, "--reviews", world["fact_check"], "--out", tmp_path / "a.pdf")

    assert (done.exit_code, done.output.strip()) == (1, f"No report is out for these reviews: {world['fact_check']}.")
