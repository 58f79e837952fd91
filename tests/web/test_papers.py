"""Reports and papers: every kind opens to those who may read it, in each form and language, and to nobody else."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select, update

from review_app.domain.visibility import Reach
from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering, Report
from review_app.models.review import Review
from review_app.queries import seats
from review_app.reports.exports.forms import FORMS
from review_app.reports.kinds import registry
from review_app.services import ahead, papers, renderings
from review_app.tasks import rendering
from tests.synthesis_world import seat_of

ROLES = ("secretariat", "host coordinator", "host contributor", "lead reviewer", "peer", "observer", "member")
STAGES = ("draft", "preparing", "feedback", "drafting", "fact_check", "published", "closed")


@pytest.mark.parametrize("stage", STAGES)
def test_a_kind_opens_to_those_who_see_its_thing_and_to_nobody_else(app, world, enter_as, stage):
    ref = world[stage]
    expected, got = {}, {}
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.ref == ref)).one()
        for role in (*ROLES, None):
            seat = seats.take(ref, world.person(role) if role else None)
            for name, kind in registry.KINDS.items():
                listed = kind in papers.kinds_of(review)
                sees = seat is not None and listed and seat.sees(kind.thing) is not Reach.NONE
                expected[role, name] = 200 if sees else 404
    for role, name in expected:
        client = enter_as(role) if role else app.test_client()
        got[role, name] = client.get(f"/reviews/{ref}/papers/{name}").status_code

    assert got == expected
    assert 200 in got.values()


def test_the_page_of_papers_offers_each_kind_in_each_form(enter_as, world):
    page = enter_as("secretariat").get(f"/reviews/{world['published']}/papers?lang=fr").text

    for name, kind in registry.KINDS.items():
        if kind.freeze is not None:
            for form in FORMS:
                assert f"/papers/{name}.{form}?lang=fr" in page


def test_a_reader_gets_the_report_in_the_language_asked_for(enter_as, world):
    page = enter_as("secretariat").get(f"/reviews/{world['published']}/papers/highlights?lang=de").text

    assert '<article class="report-article" lang="de"' in page


@pytest.mark.parametrize("asked", ["xx", "../../etc", "EN", ""])
def test_an_unknown_language_is_the_readers_own(enter_as, world, asked):
    page = enter_as("secretariat").get(f"/reviews/{world['published']}/papers/highlights", query_string={"lang": asked})

    assert (page.status_code, 'lang="en" data-running' in page.text) == (200, True)


@pytest.mark.parametrize("path", ["novel", "highlights.novel", "novel.html"])
def test_what_is_no_kind_and_no_form_is_missing(enter_as, world, path):
    assert enter_as("secretariat").get(f"/reviews/{world['published']}/papers/{path}").status_code == 404


def test_a_file_bears_the_name_of_its_review_and_its_language(enter_as, world):
    ref = world["published"]

    answer = enter_as("secretariat").get(f"/reviews/{ref}/papers/highlights.html?lang=fr")

    assert answer.headers["Content-Disposition"] == f"attachment; filename={ref}-highlights-1-fr.html"
    assert answer.text.startswith('<!doctype html>\n<html lang="fr">')
    assert "http-equiv" not in answer.text
    assert "src=" not in answer.text


@pytest.mark.slow
def test_a_paper_is_printed_in_the_language_asked_for_and_handed_out(app, enter_as, world):
    reader, paper = enter_as("host coordinator"), f"/reviews/{world['preparing']}/papers/fiche"
    first = reader.get(f"{paper}.pdf?lang=fr")
    offered = reader.get(first.location).text

    with app.app_context():
        db.session.execute(update(Rendering).values(progress=Progress.FAILED))
        db.session.commit()
    asked = reader.post(f"{paper}/print?lang=fr")
    waiting = reader.get(asked.location)
    rendering.print_waiting(app)
    ready = reader.get(asked.location).text
    content = reader.get(f"{paper}.pdf?lang=fr")

    assert (first.status_code, "Print it" in offered) == (303, True)
    assert ("The report is being printed." in waiting.text, "Refresh" in waiting.headers) == (True, True)
    assert "Cancel the print" in waiting.text
    assert "The report is ready: 1 page." in ready
    assert content.headers["Content-Disposition"].endswith("-fiche-fr.pdf")
    with pikepdf.open(BytesIO(content.data)) as file:
        assert str(file.Root.Lang) == "fr"


def test_a_print_of_a_paper_is_cancelled(app, enter_as, world):
    reader, paper = enter_as("host coordinator"), f"/reviews/{world['preparing']}/papers/fiche"
    reader.post(f"{paper}/print?form=pdfa")

    reader.post(f"{paper}/cancel?form=pdfa")

    page = reader.get(f"{paper}/print?form=pdfa").text
    assert ("Try again" in page, "Cancel the print" in page) == (True, False)


def test_a_reader_of_a_draft_who_may_not_print_is_refused(enter_as, world):
    asked = enter_as("host coordinator").post(f"/reviews/{world['fact_check']}/papers/feedback/print")

    assert asked.status_code == 404


@pytest.fixture
def made_ahead(app, world):
    """Both drafts of the rapporteur, made ahead; how far their prints are is set by the given word."""

    def make(progress):
        with app.app_context():
            seat = seat_of(world, "drafting", "rapporteur")
            ahead.drafts(seat)
            made = [one for one in db.session.scalars(select(Report).where(Report.ahead)) if one.kind == "feedback"]
            row = renderings.find(made[0].digest)
            row.progress, row.pages = progress, 9
            if progress is Progress.DONE:
                file = renderings.lies_at(row, app.config["SETTINGS"].reports_dir)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"%PDF-made ahead")
            db.session.commit()
        return f"/reviews/{world['drafting']}/papers/feedback"

    return make


def test_a_click_on_a_draft_of_the_feedback_report_is_served_from_disk(enter_as, made_ahead):
    paper = made_ahead(Progress.DONE)

    answer = enter_as("rapporteur").get(f"{paper}.pdf")

    assert (answer.status_code, answer.data) == (200, b"%PDF-made ahead")


def test_nobody_else_is_served_what_was_made_for_the_rapporteur(enter_as, made_ahead):
    paper = made_ahead(Progress.DONE)

    answers = {
        role: enter_as(role).get(f"{paper}.pdf") for role in ("lead reviewer", "secretariat", "host coordinator")
    }

    assert {role: (answer.status_code, answer.location) for role, answer in answers.items()} == {
        "lead reviewer": (303, f"{paper}/print"),
        "secretariat": (303, f"{paper}/print"),
        "host coordinator": (404, None),
    }


def test_who_comes_before_a_draft_is_made_ahead_is_asked_and_goes_before_what_is_made_in_case(
    app, enter_as, made_ahead
):
    paper, reader = made_ahead(Progress.WAITING), enter_as("rapporteur")
    offered = reader.get(f"{paper}/print").text

    asked = reader.post(f"{paper}/print")

    with app.app_context():
        kinds = set(db.session.scalars(select(Report.kind).where(Report.ahead)))
    assert ("Print it" in offered, "The report is being printed." in offered) == (True, False)
    assert "The report is being printed." in reader.get(asked.location).text
    assert kinds == {"highlights"}
