"""The pages of the report: texts, preview, print, download."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.queries import reports as reading
from review_app.reports.printing.failures import Reason
from review_app.reports.printing.press import Printed
from review_app.services import renderings, report_texts


@pytest.fixture
def draft(world):
    return f"/reviews/{world['drafting']}"


@pytest.fixture
def published(world):
    return f"/reviews/{world['closed']}"


def _finish(app, digest, content=b"%PDF-1.7 printed"):
    folder = app.config["SETTINGS"].reports_dir
    folder.mkdir(parents=True, exist_ok=True)
    renderings.file_of(digest, folder).write_bytes(content)
    renderings.finish(digest, Printed(pages=3, sha256="a" * 64, seconds=1))
    db.session.commit()


def _published_digest(world, stage="closed"):
    return reading.published(world.review(stage)).digest


def _draft_digest(app, world):
    with app.app_context():
        return db.session.scalars(select(Rendering.digest).order_by(Rendering.id.desc())).first()


def test_the_draft_says_that_it_is_one_and_who_made_it(enter_as, draft):
    page = enter_as("rapporteur").get(f"{draft}/report")

    assert page.status_code == 200
    assert [word in page.text for word in ("Draft, not for circulation", "made by Mikkel Damgaard")] == [True, True]
    assert page.text.count("<h1") == 1


def test_a_published_report_is_read_by_everybody_it_is_open_to(client, published):
    page = client.get(f"{published}/report")

    assert page.status_code == 200
    assert ["Download the report as PDF" in page.text, "not for circulation" in page.text] == [True, False]


@pytest.mark.parametrize("who", ["member", "observer", "host coordinator"])
def test_a_draft_is_missing_for_everybody_else(enter_as, draft, who):
    client = enter_as(who)

    assert [client.get(f"{draft}{page}").status_code for page in ("/report", "/report.pdf", "/report/progress")] == [
        404
    ] * 3


def test_the_team_writes_the_texts_and_reads_them_in_the_preview(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    with app.app_context():
        version = report_texts.row_of(world.review("drafting")).version
    data = {"context": "Eleven visits were too many.", "people": "21", "saw": "The desk", "version": version}

    answer = team.post(f"{draft}/report/texts", data=data)

    assert answer.location == f"{draft}/report"
    page = team.get(f"{draft}/report").text
    assert ["Eleven visits were too many." in page, "21 people" in page] == [True, True]


def test_texts_on_an_older_version_come_back_beside_the_newer_ones(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    with app.app_context():
        version = report_texts.row_of(world.review("drafting")).version
    team.post(f"{draft}/report/texts", data={"context": "Theirs", "version": version})

    answer = team.post(f"{draft}/report/texts", data={"context": "Mine", "version": version})

    assert answer.status_code == 409
    assert ["Theirs" in answer.text, "Mine" in answer.text] == [True, True]


@pytest.mark.parametrize("people", ["-1", "0", "12.5", "many", "99999999999999999999", "١٢"])
def test_a_count_of_people_is_a_whole_number(enter_as, draft, people):
    answer = enter_as("rapporteur").post(f"{draft}/report/texts", data={"people": people, "context": "Kept"})

    assert answer.status_code == 422
    assert ["whole number from 1 to 9999" in answer.text, "Kept" in answer.text] == [True, True]


def test_a_draft_is_printed_watched_and_downloaded(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    asked = team.post(f"{draft}/report/print")
    waiting = team.get(asked.location)
    with app.app_context():
        _finish(app, _draft_digest(app, world))

    done = team.get(asked.location)
    paper = team.get(f"{draft}/report.pdf")

    assert (asked.status_code, waiting.headers["Refresh"]) == (303, "2")
    assert ("Refresh" in done.headers, "The report is ready: 3 pages." in done.text) == (False, True)
    assert (paper.data, paper.mimetype) == (b"%PDF-1.7 printed", "application/pdf")
    name = f"{world['drafting']}-highlights-draft.pdf"
    assert paper.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert paper.headers["Cache-Control"] == "no-store"


def test_the_same_draft_again_is_there_at_once(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    first = team.post(f"{draft}/report/print").location
    with app.app_context():
        _finish(app, _draft_digest(app, world))

    second = team.post(f"{draft}/report/print").location

    assert first == second
    assert "The report is ready" in team.get(second).text


def test_a_failed_print_says_why_and_can_be_tried_again(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    page = team.post(f"{draft}/report/print").location
    digest = _draft_digest(app, world)
    with app.app_context():
        renderings.fail(digest, Reason.GLYPHS, "U+1234")
        db.session.commit()
    failed = team.get(page).text

    team.post(page.replace("/progress", "/retry"))

    with app.app_context():
        assert renderings.find(digest).progress is Progress.WAITING
    assert "No typeface at hand can print these characters: U+1234." in failed


def test_a_print_that_is_gone_is_asked_for_anew(app, world, enter_as, draft):
    team = enter_as("rapporteur")
    page = team.post(f"{draft}/report/print").location
    with app.app_context():
        digest = _draft_digest(app, world)
        _finish(app, digest)
    renderings.file_of(digest, app.config["SETTINGS"].reports_dir).unlink()

    answer = team.get(f"{draft}/report.pdf")

    assert (answer.status_code, answer.location) == (303, page)
    assert team.get(page).headers["Refresh"] == "2"


def test_without_a_printed_draft_the_preview_is_offered(enter_as, draft):
    answer = enter_as("rapporteur").get(f"{draft}/report.pdf")

    assert (answer.status_code, answer.location) == (303, f"{draft}/report")


def test_everybody_downloads_a_published_report(app, world, client, published):
    with app.app_context():
        _finish(app, _published_digest(world))

    paper = client.get(f"{published}/report.pdf")

    assert (paper.status_code, paper.data) == (200, b"%PDF-1.7 printed")
    assert paper.headers["Content-Disposition"] == f"attachment; filename={world['closed']}-highlights-1.pdf"


def test_the_public_is_asked_to_wait_while_it_is_printed(client, published):
    answer = client.get(f"{published}/report.pdf")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Try again in a few seconds." in answer.text


def test_the_key_of_a_draft_opens_nothing_to_those_who_may_not_read_it(world, enter_as, draft, published):
    key = enter_as("rapporteur").post(f"{draft}/report/print").location.partition("report=")[2]

    assert enter_as("member").get(f"{draft}/report.pdf?report={key}").status_code == 404
    assert enter_as("rapporteur").get(f"{published}/report.pdf?report={key}").status_code == 404


def test_a_peer_reads_the_draft_and_prints_none(world, enter_as):
    peer, address = enter_as("sandro.vietti@example.org"), f"/reviews/{world['fact_check']}/report"

    assert (peer.get(address).status_code, peer.post(f"{address}/print").status_code) == (200, 404)


def test_the_preview_takes_few_statements(enter_as, draft, statements):
    client = enter_as("rapporteur")
    statements.clear()

    client.get(f"{draft}/report")

    assert len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 16
