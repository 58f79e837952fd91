"""A published synthesis for its readers: on a page, printed, and in every other form, in each language."""

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy import func, select, update

from review_app.domain.languages import LANGUAGES
from review_app.domain.printing import Form
from review_app.extensions.database import db
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.models.publishing import Progress, Rendering
from review_app.reports.exports.forms import FORMS
from review_app.services import renderings
from review_app.tasks import rendering
from tests import network_synthesis_world as made
from tests.web.feedback_pages import heading, says

SHOWN = "/syntheses/meeting-people-where-they-are-what-three-reviews-say"
MADE_AT_ONCE = [name for name, form in FORMS.items() if form.make is not None]
FOR_PEOPLE = ("html", "docx", "xlsx")
"""Forms that speak the reader's language; those for programs keep one set of names."""
PRINTED = [name for name, form in FORMS.items() if form.make is None]


@pytest.fixture
def ref(app, world, enter_as):
    """A synthesis over the four invented published reviews, published for members."""
    ref = made.being_written(app, world)
    answer = enter_as("secretariat").post(f"/syntheses/{ref}/publish", data={"level": "members", "confirm": ref})
    assert answer.status_code == 303
    return ref


@pytest.fixture
def member(enter_as):
    return enter_as("member")


def _edition(app, ref):
    with app.app_context():
        return db.session.scalars(select(SynthesisEdition).join(Synthesis).where(Synthesis.ref == ref)).one()


def _rows(app, ref):
    with app.app_context():
        query = select(func.count(Rendering.id)).where(Rendering.digest == _edition(app, ref).digest)
        return db.session.scalar(query)


def _as_printed(app, ref, form=Form.PDF, language="en", content=b"%PDF-1.7"):
    """Say that a print is done, and lay a file where it belongs."""
    with app.app_context():
        row = renderings.find(_edition(app, ref).digest, form, language)
        row.progress, row.pages = Progress.DONE, 7
        folder = app.config["SETTINGS"].reports_dir
        folder.mkdir(parents=True, exist_ok=True)
        renderings.lies_at(row, folder).write_bytes(content)
        db.session.commit()


def test_readers_are_offered_every_form_and_language(client):
    page = client.get(f"{SHOWN}/report?lang=el").text

    assert re.findall(r'<option value="([a-z]{2})"', page) == list(LANGUAGES)
    for form in FORMS:
        assert f'href="{SHOWN}/report.{form}?lang=el"' in page
    assert 'lang="el" data-running' in page


def test_a_reader_gets_their_own_language_unless_they_ask_for_another(app, world, member):
    with app.app_context():
        world.person("member").language = "fi"
        db.session.commit()

    own, asked = (member.get(f"{SHOWN}/report{more}").text for more in ("", "?lang=en"))

    assert ('lang="fi" data-running' in own, f'href="{SHOWN}/report.docx"' in own) == (True, True)
    assert ('lang="en" data-running' in asked, f'href="{SHOWN}/report.docx?lang=en"' in asked) == (True, True)


@pytest.mark.parametrize("form", MADE_AT_ONCE)
def test_a_form_that_needs_no_press_is_handed_out_in_the_language_asked_for(client, form):
    answer = client.get(f"{SHOWN}/report.{form}?lang=bg")

    name = f"{SHOWN.rpartition('/')[2]}-synthesis-1-bg.{FORMS[form].ending}"
    assert (answer.status_code, answer.content_type) == (200, FORMS[form].mime)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert bool(re.search("[а-я]{5}", _text_of(form, answer.data))) is (form in FOR_PEOPLE)


def _text_of(form, content):
    """What a file says; a Word or Excel file is an archive of pages."""
    if form not in ("docx", "xlsx"):
        return content.decode()
    with ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def test_a_table_that_is_asked_for_by_name_is_handed_out_and_no_other(client):
    assert client.get(f"{SHOWN}/report.csv?table=reviews").status_code == 200
    for page in ("report.novel", "report.csv?table=novel", "report/print?form=docx", "report/print?form=novel"):
        assert client.get(f"{SHOWN}/{page}").status_code == 404


@pytest.mark.parametrize("form", PRINTED)
def test_the_prints_of_publication_are_handed_out_and_the_archive_is_nobodys_until_somebody_asks(
    app, member, ref, form
):
    page, more = f"/syntheses/{ref}/report/print", "?form=pdfa" if form == "pdfa" else ""
    first = member.get(f"/syntheses/{ref}/report.{form}")
    offered = member.get(first.location)
    member.post(page + more)
    waiting = member.get(page + more)
    _as_printed(app, ref, Form(form))

    ready = member.get(page + more)
    done = member.get(f"/syntheses/{ref}/report.{form}")

    assert (first.status_code, first.location) == (303, page + more)
    assert heading(waiting) == "Print of the synthesis"
    assert ("Print it" in offered.text, "Refresh" in offered.headers) == (form == "pdfa", form == "pdf")
    assert ("The report is being printed." in waiting.text, waiting.headers["Refresh"]) == (True, "2")
    assert "Cancel the print" not in waiting.text
    assert "The report is ready: 7 pages." in says(ready)
    assert f'href="/syntheses/{ref}/report.{form}"' in ready.text
    assert (done.data, done.mimetype) == (b"%PDF-1.7", "application/pdf")
    ending = "-archive.pdf" if form == "pdfa" else ".pdf"
    assert f"{ref}-synthesis-1{ending}" in done.headers["Content-Disposition"]


def test_a_print_that_was_lost_is_on_its_way_again(app, member, ref):
    with app.app_context():
        db.session.execute(update(Rendering).values(progress=Progress.DONE))
        db.session.commit()

    answer = member.get(f"/syntheses/{ref}/report.pdf", follow_redirects=True)

    assert "The report is being printed." in answer.text


def test_a_print_in_another_language_is_offered_asked_for_once_and_shown(app, member, ref):
    page = f"/syntheses/{ref}/report/print?lang=fr"
    before = _rows(app, ref)
    offered = member.get(member.get(f"/syntheses/{ref}/report.pdf?lang=fr").location)

    asked, again = member.post(page), member.post(page)
    waiting = member.get(page)

    assert "Print it" in offered.text
    assert '<span lang="fr">Français</span>' in offered.text
    assert f'action="{page}"' in offered.text
    assert (asked.location, again.location, _rows(app, ref)) == (page, page, before + 1)
    assert waiting.headers["Refresh"] == "2"


def test_a_print_that_failed_says_why_and_is_asked_for_again(app, member, ref):
    page = f"/syntheses/{ref}/report/print"
    with app.app_context():
        db.session.execute(update(Rendering).values(progress=Progress.FAILED, reason="memory\n"))
        db.session.commit()

    failed = member.get(page)
    member.post(page)

    assert ("app-late" in failed.text, "Try again" in failed.text) == (True, True)
    assert "The report is being printed." in member.get(page).text


def test_nobody_asks_for_a_print_of_what_they_may_not_read(app, client, member, ref):
    before = _rows(app, ref)

    for page in (f"/syntheses/{ref}/report/print", "/syntheses/nothing/report/print"):
        assert client.post(f"{page}?lang=sv").status_code == 404
    assert member.post(f"/syntheses/{made.DRAFT}/report/print").status_code == 404

    assert _rows(app, ref) == before


def test_everybody_may_ask_for_a_print_of_what_is_for_everybody(client):
    page = f"{SHOWN}/report/print?lang=sv"

    assert client.post(page).location == page
    assert "The report is being printed." in client.get(page).text


def test_whoever_takes_a_synthesis_for_members_away_is_noted(app, member, ref):
    _as_printed(app, ref)
    for form in FORMS:
        member.get(f"/syntheses/{ref}/report.{form}")
    member.get(f"{SHOWN}/report.json")

    trail = app.test_cli_runner().invoke(args=["audit", "show"]).output

    assert len(re.findall(rf"downloaded.*synthesis.*{_edition(app, ref).key}", trail)) == 1
    assert len(re.findall("downloaded.*synthesis", trail)) == 1


@pytest.mark.slow
def test_the_published_synthesis_is_printed_in_the_language_asked_for(app, client):
    page = f"{SHOWN}/report/print?lang=lt"
    client.post(page)
    rendering.print_waiting(app)

    file = client.get(f"{SHOWN}/report.pdf?lang=lt")

    assert "The report is ready:" in says(client.get(page))
    assert file.headers["Content-Disposition"].endswith("-synthesis-1-lt.pdf")
    with pikepdf.open(BytesIO(file.data)) as pdf:
        assert str(pdf.Root.Lang) == "lt"
