"""A print on its way: pages so far, the place in the queue, a cancel button; copies to keep; drafts made ahead."""

import os

import pytest
from flask import g
from sqlalchemy import select

from review_app.domain.printing import Basis, Form
from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.queries import reports as reading
from review_app.queries import seats
from review_app.reports.printing.press import Printed
from review_app.services import renderings, report_texts
from review_app.web import gate
from review_app.web.files import AT_ONCE


@pytest.fixture
def draft(world):
    return f"/reviews/{world['drafting']}"


@pytest.fixture
def published(world):
    return f"/reviews/{world['closed']}"


def test_who_waits_reads_how_many_pages_there_are(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    page = team.post(f"{draft}/report/print").location
    digest = _draft_digest(app)
    with app.app_context():
        _only(digest)
        renderings.claim()
        renderings.note_pages(digest, 12)
        db.session.commit()

    answer = team.get(page)

    assert ("12 pages so far" in answer.text, answer.headers["Refresh"]) == (True, "2")


def test_who_waits_reads_the_place_in_the_queue(app, world, enter_as, draft):
    first, second = enter_as("rapporteur"), enter_as("secretariat")
    with app.app_context():
        _only("")
        db.session.commit()
    pages = [client.post(f"{draft}/report/print").location for client in (first, second)]

    assert "in the queue" not in first.get(pages[0]).text
    assert "Number 2 in the queue" in second.get(pages[1]).text


def test_a_print_is_cancelled_and_tried_again(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    page = team.post(f"{draft}/report/print").location
    waiting = team.get(page).text

    answer = team.post(page.replace("/progress", "/cancel"))

    cancelled = team.get(answer.location)
    team.post(page.replace("/progress", "/retry"))
    assert (answer.status_code, answer.location) == (303, page)
    assert ("Cancel the print" in waiting, "Cancel the print" in cancelled.text) == (True, False)
    assert ["The printing was cancelled." in cancelled.text, "Try again" in cancelled.text] == [True, True]
    assert "Refresh" not in cancelled.headers
    assert team.get(page).headers["Refresh"] == "2"


def test_only_who_prints_drafts_cancels_a_print(app, world, enter_as):
    address = f"/reviews/{world['fact_check']}/report"
    page = enter_as("secretariat").post(f"{address}/print").location
    peer = enter_as("sandro.vietti@example.org")

    answer = peer.post(page.replace("/progress", "/cancel"))

    assert (peer.get(page).status_code, "Cancel the print" in peer.get(page).text, answer.status_code) == (
        200,
        False,
        404,
    )


def test_the_print_of_a_published_report_is_not_for_cancelling(app, world, enter_as, published):
    with app.app_context():
        digest = _published_digest(world)
        key = reading.published(world.review("closed")).key

    answer = enter_as("secretariat").post(f"{published}/report/cancel?report={key}")

    with app.app_context():
        assert (answer.status_code, renderings.find(digest).progress) == (403, Progress.WAITING)


def test_everybody_downloads_the_archival_copy_of_a_published_report(app, world, client, published):
    with app.app_context():
        digest, folder = _published_digest(world), app.config["SETTINGS"].reports_dir
        folder.mkdir(parents=True)
        renderings.file_of(digest, folder, Form.PDFA).write_bytes(b"%PDF-1.7 kept")
        renderings.finish(digest, Printed(pages=3, sha256="a" * 64, seconds=1), form=Form.PDFA)
        db.session.commit()

    paper = client.get(f"{published}/report.pdf?form=pdfa")

    assert f"{published}/report.pdf?form=pdfa" in client.get(f"{published}/report").text
    assert (paper.status_code, paper.data) == (200, b"%PDF-1.7 kept")
    assert paper.headers["Content-Disposition"] == f"attachment; filename={world['closed']}-highlights-1-archive.pdf"
    assert client.get(f"{published}/report.pdf?form=docx").status_code == 404


@pytest.mark.parametrize("size", [16, AT_ONCE, AT_ONCE + 1, 3_000_000])
def test_a_report_arrives_whole_whatever_its_size(app, world, client, published, size):
    content = b"%PDF-1.7" + os.urandom(size)
    with app.app_context():
        digest, folder = _published_digest(world), app.config["SETTINGS"].reports_dir
        folder.mkdir(parents=True)
        renderings.file_of(digest, folder).write_bytes(content)
        renderings.finish(digest, Printed(pages=3, sha256="a" * 64, seconds=1))
        db.session.commit()

    with client.get(f"{published}/report.pdf") as paper, client.head(f"{published}/report.pdf") as head:
        assert paper.data == content
    assert [one.headers["Content-Length"] for one in (paper, head)] == [str(len(content))] * 2
    assert (head.data, paper.headers["Cache-Control"], paper.headers.get("Last-Modified")) == (b"", "no-store", None)


def test_what_the_team_changes_is_told_and_what_it_looks_at_is_not(app, world, enter_as, draft, monkeypatch):
    told = []
    monkeypatch.setitem(app.extensions, "changed", lambda *what: told.append(what))
    team = enter_as("rapporteur")
    with app.app_context():
        version = report_texts.row_of(world.review("drafting")).version
        review, person = world.review("drafting").id, world.person("rapporteur").id
    team.get(f"{draft}/report")
    team.post(f"{draft}/report/texts", data={"people": "-1"})
    before = list(told)

    team.post(f"{draft}/report/texts", data={"context": "New", "version": version})

    assert (before, told) == ([], [(Basis.REVIEW, review, person)])


def test_what_a_peer_has_not_sent_yet_is_not_told(app, world, enter_as, monkeypatch):
    told = []
    monkeypatch.setitem(app.extensions, "changed", lambda *what: told.append(what))
    with app.app_context():
        seat = seats.take(world["feedback"], world.person("peer"))
    with app.test_request_context(headers={"X-Autosave": "1"}, method="POST"):
        g.seat = seat
        assert gate._drafted() is None
    with app.test_request_context(method="POST"):
        g.seat = seat
        assert gate._drafted() == (Basis.REVIEW, seat.review.id, seat.person.id)


def test_a_queue_that_is_away_spoils_no_save(app, enter_as, draft, monkeypatch):
    def away(*_what):
        raise ConnectionError("no queue")

    monkeypatch.setitem(app.extensions, "changed", away)

    assert enter_as("rapporteur").post(f"{draft}/report/print").status_code == 303


def _only(digest):
    """Let no other print wait."""
    for row in db.session.scalars(select(Rendering).where(Rendering.digest != digest)):
        row.progress = Progress.FAILED
    db.session.flush()


def _published_digest(world):
    return reading.published(world.review("closed")).digest


def _draft_digest(app):
    with app.app_context():
        return db.session.scalars(select(Rendering.digest).order_by(Rendering.id.desc())).first()
