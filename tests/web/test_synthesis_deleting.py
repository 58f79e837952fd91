"""The page that deletes a draft of a synthesis: it says what goes, asks once, and is there for those who write."""

import re

import pytest

from review_app.extensions.database import db
from review_app.queries import network_synthesis as reading
from tests import network_synthesis_world as made
from tests.sent_form import sent
from tests.web.feedback_pages import heading, says

SHOWN = "meeting-people-where-they-are-what-three-reviews-say"


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def ref(app, world):
    """A synthesis over the four invented published reviews, with a theme, being written."""
    with app.app_context():
        synthesis = made.with_reviews(world, world.person("secretariat"))
        theme = made.theme(synthesis, world.person("secretariat"))
        for line in made.first_lines(synthesis):
            made.put_under(synthesis, line, theme)
        db.session.commit()
        return synthesis.ref


def _is_there(app, ref):
    with app.app_context():
        return reading.find(ref) is not None


def test_the_page_says_what_goes_and_what_stays(secretariat, app, ref):
    assert f'href="/syntheses/{ref}/delete"' in secretariat.get(f"/syntheses/{ref}").text

    page = secretariat.get(f"/syntheses/{ref}/delete")

    assert heading(page) == "Delete the synthesis"
    for line in (
        "Its texts.",
        "1 theme, and what was said of it.",
        "The places of 2 statements under their themes, and the remarks on them.",
        "2 saved versions of all this.",
        "4 reviews that were chosen for it, and their reports.",
    ):
        assert line in says(page)
    assert "printed draft" not in says(page)
    assert _is_there(app, ref)


def test_a_draft_is_deleted_once_however_often_the_form_comes(secretariat, app, ref):
    fields = sent(secretariat.get(f"/syntheses/{ref}/delete").text)
    assert fields["nonce"]

    first, again = (secretariat.post(f"/syntheses/{ref}/delete", data=fields) for _time in range(2))

    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, "/syntheses")
    assert "“What our reviews say” is deleted." in says(secretariat.get(first.location))
    assert not _is_there(app, ref)
    for page in ("", "/delete", "/texts", "/preview", "/texts/history", "/draft/print"):
        assert secretariat.get(f"/syntheses/{ref}{page}").status_code == 404
    assert secretariat.post(f"/syntheses/{ref}/delete").status_code == 404
    assert len(re.findall("delete a synthesis", app.test_cli_runner().invoke(args=["audit", "show"]).output)) == 1


def test_a_published_synthesis_says_that_it_stays(secretariat, app):
    page = secretariat.get(f"/syntheses/{SHOWN}/delete")
    refused = secretariat.post(f"/syntheses/{SHOWN}/delete")

    assert (page.status_code, refused.status_code) == (200, 422)
    for answer in (page, refused):
        assert "This synthesis is published, so it cannot be deleted" in says(answer)
        assert "Delete it for good" not in answer.text
    assert _is_there(app, SHOWN)
    work = secretariat.get(f"/syntheses/{SHOWN}")
    assert f'href="/syntheses/{SHOWN}/delete"' not in work.text
    assert "This synthesis is published, so it cannot be deleted" in says(work)


def test_nobody_but_the_writers_finds_the_page_or_deletes(app, enter_as, client, ref):
    for who in ("member", "host coordinator", "rapporteur", "observer", "peer"):
        for method in ("get", "post"):
            hidden, missing = (getattr(enter_as(who), method)(f"/syntheses/{one}/delete") for one in (ref, "nothing"))
            assert (hidden.status_code, missing.status_code, hidden.data) == (404, 404, missing.data)
    assert "/sign-in" in client.get(f"/syntheses/{ref}/delete").location
    assert client.post(f"/syntheses/{ref}/delete").status_code == 401
    assert _is_there(app, ref)
