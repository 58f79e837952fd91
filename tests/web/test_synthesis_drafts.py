"""A draft of a synthesis as a file: printed by the press and in every other form, for those who write alone."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select, update

from review_app.domain.printing import Form
from review_app.extensions.database import db
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.models.publishing import Progress, Rendering
from review_app.queries import network_synthesis as reading
from review_app.reports.exports.forms import FORMS
from review_app.reports.materials import Materials
from review_app.reports.wording.words import Words
from review_app.services import network_synthesis, renderings
from review_app.services.network_synthesis import Texts
from review_app.tasks import rendering
from tests import network_synthesis_world as made
from tests.web.feedback_pages import heading, says

PAGES = ("draft/print", "draft.pdf", "draft.pdfa", "draft.html", "draft.docx", "draft.xlsx", "draft.csv", "draft.json")
MADE_AT_ONCE = [name for name, form in FORMS.items() if form.make is not None]


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def ref(app, world):
    return made.being_written(app, world)


def _drafts(app, ref):
    with app.app_context():
        mine = select(SynthesisEdition).join(Synthesis).where(Synthesis.ref == ref).order_by(SynthesisEdition.id)
        return list(db.session.scalars(mine))


def _changes(app, world, ref):
    with app.app_context():
        synthesis = reading.find(ref)
        texts = Texts(synthesis.title, foreword="Said anew.")
        network_synthesis.save_texts(texts, synthesis, world.person("secretariat"), seen_version=synthesis.version)
        db.session.commit()


def _said_by(content):
    """What each page of a PDF says."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def _as_printed(app, draft, form=Form.PDF, language="en", content=b"%PDF-1.7"):
    """Say that a print is done, and lay a file where it belongs."""
    with app.app_context():
        row = renderings.find(draft.digest, form, language)
        row.progress, row.pages = Progress.DONE, 7
        folder = app.config["SETTINGS"].reports_dir
        folder.mkdir(parents=True, exist_ok=True)
        renderings.lies_at(row, folder).write_bytes(content)
        db.session.commit()


def test_the_draft_is_offered_as_a_print_and_in_each_form_and_language(secretariat, ref):
    page = secretariat.get(f"/syntheses/{ref}/preview?lang=fr").text

    assert f'action="/syntheses/{ref}/draft/print?lang=fr"' in page
    for form in FORMS:
        assert f'href="/syntheses/{ref}/draft.{form}?lang=fr"' in page
    assert 'lang="fr" data-running' in page


def test_a_writer_who_reads_french_gets_english_when_they_ask_for_it(secretariat, app, world, ref):
    with app.app_context():
        world.person("secretariat").language = "fr"
        db.session.commit()

    own, asked = (secretariat.get(f"/syntheses/{ref}/preview{more}").text for more in ("", "?lang=en"))

    assert (f'href="/syntheses/{ref}/draft.pdf"' in own, 'lang="fr" data-running' in own) == (True, True)
    assert f'href="/syntheses/{ref}/draft.pdf?lang=en"' in asked
    assert "lang=en" in secretariat.post(f"/syntheses/{ref}/draft/print?lang=en").location


@pytest.mark.parametrize("form", MADE_AT_ONCE)
def test_a_form_that_needs_no_press_is_handed_out_as_a_draft(secretariat, app, ref, form):
    answer = secretariat.get(f"/syntheses/{ref}/draft.{form}")

    assert answer.status_code == 200
    ending = FORMS[form].ending
    assert answer.headers["Content-Disposition"] == f"attachment; filename={ref}-synthesis-draft.{ending}"
    assert len(answer.data) > 1000
    assert _drafts(app, ref) == []


def test_a_page_as_a_file_says_that_it_is_a_draft(secretariat, ref):
    assert "Draft, not for circulation" in secretariat.get(f"/syntheses/{ref}/draft.html").text


def test_what_is_no_form_and_no_table_is_missing(secretariat, ref):
    for page in ("draft.novel", "draft.csv?table=novel", "draft/print?form=docx", "draft/print?form=novel"):
        assert secretariat.get(f"/syntheses/{ref}/{page}").status_code == 404
    assert secretariat.post(f"/syntheses/{ref}/draft/print?form=docx").status_code == 404


def test_nobody_but_the_writers_reaches_a_draft(app, enter_as, client, secretariat, ref):
    secretariat.post(f"/syntheses/{ref}/draft/print")
    key = _drafts(app, ref)[0].key
    _as_printed(app, _drafts(app, ref)[0])

    for page in (*PAGES, f"draft.pdf?draft={key}", f"draft/print?draft={key}"):
        for who in ("member", "host coordinator", "rapporteur", "observer", "peer"):
            hidden, missing = (enter_as(who).get(f"/syntheses/{name}/{page}") for name in (ref, "nothing"))
            assert (hidden.status_code, hidden.data) == (404, missing.data)
        assert "/sign-in" in client.get(f"/syntheses/{ref}/{page}").location
        assert secretariat.get(f"/syntheses/nothing/{page}").status_code == 404
    for page in ("draft/print", "draft/cancel"):
        assert enter_as("member").post(f"/syntheses/{ref}/{page}").status_code == 404


def test_readers_of_the_published_one_never_get_the_draft(app, world, secretariat, enter_as, ref):
    secretariat.post(f"/syntheses/{ref}/publish", data={"level": "members", "confirm": ref})
    _changes(app, world, ref)
    secretariat.post(f"/syntheses/{ref}/draft/print")

    page = enter_as("member").get(f"/syntheses/{ref}/report").text

    assert [one.number for one in _drafts(app, ref)] == [1, None]
    assert ("Said anew." in page, "Draft, not for circulation" in page) == (False, False)
    assert "no. 1," in secretariat.get(f"/syntheses/{ref}").text
    assert "no. None" not in secretariat.get(f"/syntheses/{ref}").text


def test_the_page_of_a_print_offers_it_shows_it_and_hands_it_out(secretariat, app, ref):
    page = f"/syntheses/{ref}/draft/print"
    offered = secretariat.get(page)
    first = secretariat.get(f"/syntheses/{ref}/draft.pdf")

    asked = secretariat.post(page)
    waiting = secretariat.get(asked.location)
    again = secretariat.post(page)
    draft = _drafts(app, ref)[0]
    _as_printed(app, draft)
    ready = secretariat.get(asked.location)
    file = secretariat.get(f"/syntheses/{ref}/draft.pdf?draft={draft.key}")

    assert (heading(offered), "Print it" in offered.text, "Refresh" in offered.headers) == (
        "Print of the draft", True, False,
    )  # fmt: skip
    assert first.location == page
    assert asked.location == again.location == f"{page}?draft={draft.key}"
    assert ("The report is being printed." in waiting.text, waiting.headers["Refresh"]) == (True, "2")
    assert "The report is ready: 7 pages." in says(ready)
    assert f'href="/syntheses/{ref}/draft.pdf?draft={draft.key}"' in ready.text
    assert (file.data, file.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert f"{ref}-synthesis-draft.pdf" in file.headers["Content-Disposition"]
    assert secretariat.get(f"/syntheses/{ref}/draft.pdf").data == b"%PDF-1.7"


def test_whoever_asked_gets_their_draft_though_somebody_writes_on(secretariat, app, world, ref):
    asked = secretariat.post(f"/syntheses/{ref}/draft/print")
    _as_printed(app, _drafts(app, ref)[0])
    _changes(app, world, ref)

    mine, now = secretariat.get(asked.location), secretariat.get(f"/syntheses/{ref}/draft/print")

    assert "The report is ready" in mine.text
    assert "This has not been printed yet as it stands now." in says(now)
    anew = secretariat.post(f"/syntheses/{ref}/draft/print")
    assert anew.location != asked.location
    assert len(_drafts(app, ref)) == 1
    gone = secretariat.get(asked.location)
    assert (gone.status_code, gone.location) == (303, f"/syntheses/{ref}/draft/print")
    assert secretariat.get(f"{asked.location.replace('/print', '.pdf')}").location.endswith(anew.location[-22:])


def test_a_print_of_a_draft_is_cancelled_and_asked_for_again(secretariat, ref):
    asked = secretariat.post(f"/syntheses/{ref}/draft/print?form=pdfa").location
    page = secretariat.get(asked).text
    cancel = re.search(r'action="([^"]+/draft/cancel[^"]*)"', page)[1].replace("&amp;", "&")

    cancelled = secretariat.get(secretariat.post(cancel).location)

    assert ("Try again" in cancelled.text, "Cancel the print" in cancelled.text) == (True, False)
    again = re.search(r'action="([^"]+/draft/print[^"]*)"', cancelled.text)[1].replace("&amp;", "&")
    assert "Cancel the print" in secretariat.get(secretariat.post(again).location).text
    assert secretariat.post(f"/syntheses/{ref}/draft/cancel").location == f"/syntheses/{ref}/draft/print"


def test_a_print_that_failed_says_why(secretariat, app, ref):
    asked = secretariat.post(f"/syntheses/{ref}/draft/print").location
    with app.app_context():
        db.session.execute(update(Rendering).values(progress=Progress.FAILED, reason="memory\n"))
        db.session.commit()

    page = secretariat.get(asked)

    assert ("app-late" in page.text, "Try again" in page.text) == (True, True)


def test_a_draft_that_goes_out_is_noted(secretariat, app, ref):
    secretariat.post(f"/syntheses/{ref}/draft/print")
    draft = _drafts(app, ref)[0]
    _as_printed(app, draft)
    secretariat.get(f"/syntheses/{ref}/draft.pdf")
    secretariat.get(f"/syntheses/{ref}/draft.docx")

    trail = app.test_cli_runner().invoke(args=["audit", "show"]).output

    assert len(re.findall(rf"freeze a synthesis.*draft.*{draft.key}", trail)) == 1
    assert len(re.findall(rf"downloaded.*synthesis.*{draft.key}", trail)) == 1
    assert len(re.findall(rf"downloaded.*synthesis.*{ref}", trail)) == 1


@pytest.mark.slow
def test_a_draft_is_printed_in_the_language_asked_for_and_marked_on_every_page(secretariat, app, ref):
    asked = secretariat.post(f"/syntheses/{ref}/draft/print?lang=fr")
    rendering.print_waiting(app)

    ready = says(secretariat.get(asked.location))
    file = secretariat.get(asked.location.replace("/print", ".pdf"))

    assert "The report is ready:" in ready
    assert file.headers["Content-Disposition"].endswith(f"{ref}-synthesis-draft-fr.pdf")
    with pikepdf.open(BytesIO(file.data)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
    pages = _said_by(file.data)
    marked = Words("fr", Materials.of().sentences("fr")).gettext("Draft, not for circulation")
    assert len(pages) > 3
    assert [number for number, text in enumerate(pages, start=1) if marked not in " ".join(text.split())] == []
