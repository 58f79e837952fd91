"""A draft of a synthesis that was made ahead: whoever writes is served from disk, and nobody else is."""

import pytest
from sqlalchemy import select

from review_app.domain.printing import Basis
from review_app.extensions.database import db
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Progress
from review_app.queries import network_synthesis as reading
from review_app.services import renderings, synthesis_drafts
from tests import network_synthesis_world as made
from tests.web.feedback_pages import says

KEY = "A" * 22


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def ref(app, world):
    return made.being_written(app, world)


@pytest.fixture
def told(app, monkeypatch):
    """What the queue was told of changes."""
    told = []
    monkeypatch.setitem(app.extensions, "changed", lambda *what: told.append(what))
    return told


@pytest.fixture
def made_ahead(app, world, ref):
    """The draft of the secretariat, made ahead; how far its print is is set by the given word."""

    def make(progress):
        with app.app_context():
            synthesis = reading.find(ref)
            synthesis_drafts.make_ahead(synthesis, world.person("secretariat"))
            digest = db.session.scalars(select(SynthesisEdition.digest).where(SynthesisEdition.ahead)).one()
            row = renderings.find(digest)
            row.progress, row.pages = progress, 9
            file = renderings.lies_at(row, app.config["SETTINGS"].reports_dir)
            file.parent.mkdir(parents=True, exist_ok=True)
            if progress is Progress.DONE:
                file.write_bytes(b"%PDF-made ahead")
            db.session.commit()
        return f"/syntheses/{ref}/draft"

    return make


def _ahead(app):
    with app.app_context():
        return list(db.session.scalars(select(SynthesisEdition.ahead).where(SynthesisEdition.number.is_(None))))


def test_a_click_is_served_from_disk(secretariat, made_ahead):
    draft = made_ahead(Progress.DONE)

    page, file = secretariat.get(f"{draft}/print"), secretariat.get(f"{draft}.pdf")

    assert "The report is ready: 9 pages." in says(page)
    assert f'href="{draft}.pdf"' in page.text
    assert (file.status_code, file.data) == (200, b"%PDF-made ahead")


def test_who_comes_before_it_is_there_is_asked_and_makes_it_theirs(app, secretariat, made_ahead):
    draft = made_ahead(Progress.WAITING)
    offered = secretariat.get(f"{draft}/print")
    before = _ahead(app)

    asked = secretariat.post(f"{draft}/print")

    assert ("Print it" in offered.text, "The report is being printed." in offered.text) == (True, False)
    assert f'action="{draft}/print"' in offered.text
    assert "The report is being printed." in secretariat.get(asked.location).text
    assert (before, _ahead(app)) == ([True], [False])


def test_nobody_but_the_writers_is_served(enter_as, made_ahead):
    draft = made_ahead(Progress.DONE)

    for who in ("member", "host coordinator", "rapporteur", "observer", "peer"):
        assert [enter_as(who).get(f"{draft}{page}").status_code for page in (".pdf", "/print")] == [404, 404]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("texts", {"title": "Another title", "version": "1"}),
        ("reviews", {}),
        (f"themes/{KEY}", {"name": "Rooms"}),
        ("statements", {}),
        ("draft/print", {}),
    ],
)
def test_whatever_a_writer_changes_is_told_once(app, world, secretariat, ref, told, path, fields):
    with app.app_context():
        synthesis = reading.find(ref)
        number, version = synthesis.id, str(synthesis.version)
        person = world.person("secretariat").id
    fields = fields | ({"version": version} if "version" in fields else {})

    answer = secretariat.post(f"/syntheses/{ref}/{path}", data=fields)

    assert (answer.status_code, told) == (303, [(Basis.SYNTHESIS, number, person)])


def test_looking_failing_publishing_and_deleting_are_not_told(secretariat, ref, told):
    secretariat.get(f"/syntheses/{ref}/texts")
    refused = secretariat.post(f"/syntheses/{ref}/texts", data={"title": ""})
    secretariat.post(f"/syntheses/{ref}/publish", data={"level": "members", "confirm": ref})
    secretariat.post(f"/syntheses/{ref}/report/print?lang=fr")
    secretariat.post(f"/syntheses/{made.DRAFT}/delete")

    assert (refused.status_code, told) == (422, [])
