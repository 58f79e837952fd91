"""Reports and papers: every kind opens to those who may read it, in each form and language, and to nobody else."""

import pytest
from sqlalchemy import select

from review_app.domain.visibility import Reach
from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.queries import seats
from review_app.reports.exports.forms import FORMS
from review_app.reports.kinds import registry
from review_app.services import papers

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
