"""A part is missing: only what it does waits, the pages say why, and it goes on by itself once the part is there."""

import shutil

import pytest
from sqlalchemy import select

from review_app.config import Settings
from review_app.domain.printing import Lane
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries import readiness
from review_app.reports.materials import FONTS, PROJECT
from review_app.reports.printing import press
from review_app.services import publishing, renderings
from review_app.tasks import rendering
from tests import brand_folder, letter_box
from tests.faults.installation import wait_for
from tests.synthesis_world import seat_of

pytestmark = pytest.mark.faults
FONTS_MISSING = f"The typeface of the reports is not installed: {', '.join(FONTS)}. Run the set-up again."
PANGO_MISSING = "Reports cannot be printed here because the Pango library is missing."
ITSELF = "It is printed by itself once that is mended."


@pytest.fixture
def draft(app, world):
    """A draft that waits for its print, and nothing else."""
    with app.app_context():
        for row in db.session.scalars(select(Rendering)):
            row.progress = Progress.FAILED
        report = publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
        db.session.commit()
        return report.digest


@pytest.fixture
def no_fonts(tmp_path, monkeypatch):
    """A press on a machine where the fonts of the reports were never built."""
    root = tmp_path / "bare"
    shutil.copytree(PROJECT / "templates" / "reports", root / "templates" / "reports")
    bare = press.Press(root)
    monkeypatch.setitem(press._PRESSES, Lane.QUICK, bare)
    yield bare
    bare.close()


def test_without_fonts_the_pages_serve_and_say_why_the_print_waits(app, world, draft, no_fonts, enter_as, monkeypatch):
    rapporteur, folder = enter_as("rapporteur"), f"/reviews/{world['drafting']}"

    printed = rendering.print_waiting(app)

    page = rapporteur.get(f"{folder}/report/progress").text
    assert (printed, FONTS_MISSING in page, ITSELF in page) == (0, True, True)
    assert rapporteur.get(f"{folder}/report").status_code == 200
    ready = {"status": "ready", "storage": "ok", "letters": "ok", "reports": "held", "brand": "ok"}
    assert rapporteur.get("/readyz").json == ready

    monkeypatch.setattr(press, "print_to", _prints)

    assert rendering.print_waiting(app) == 1
    assert FONTS_MISSING not in rapporteur.get(f"{folder}/report/progress").text


def test_the_public_reads_why_a_published_report_cannot_be_downloaded_yet(app, world, client):
    path = f"/reviews/{world['published']}/report"
    with app.app_context():
        for row in _published(world):
            row.progress, row.reason = Progress.WAITING, "fonts\nSource Sans 3"
        db.session.commit()

    download = client.get(f"{path}.pdf")

    assert (download.status_code, download.headers["Retry-After"]) == (503, "10")
    assert "The typeface of the reports is not installed: Source Sans 3." in download.text
    assert client.get(path).status_code == 200


def _published(world):
    digests = select(Report.digest).where(Report.review_id == world.review("published").id)
    return db.session.scalars(select(Rendering).where(Rendering.digest.in_(digests)))


@pytest.mark.drill
@pytest.mark.usefixtures("in_full")
def test_without_pango_server_and_worker_run_and_say_so(install, world, tmp_path):
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"not a library")
    with install(LD_LIBRARY_PATH=str(tmp_path)) as site:
        with site.arranged():
            report = publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
            key, digest = report.key, report.digest
            cookie = site.cookie_for(world.person("rapporteur"))
        site.start_again()
        wait_for(lambda: site.rows("SELECT 1 FROM rendering WHERE digest = ? AND reason != ''", digest))

        status, page = site.asks(f"/reviews/{world['drafting']}/report/progress?report={key}", cookie=cookie)
        ready = site.asks("/readyz")
        both_run = [process.poll() for process in site.running.values()]

    assert (status, both_run, ready[0]) == (200, [None, None], 200)
    assert PANGO_MISSING in page.decode()
    assert b'"reports":"held"' in ready[1]


def test_without_the_built_styles_a_page_is_still_a_page(template, tmp_path):
    data = tmp_path / "bare"
    data.mkdir()
    shutil.copyfile(template, data / "reviews.sqlite")
    app = create_app(Settings(testing=True, data_dir=data, base_url="http://localhost", build_dir=tmp_path / "none"))

    answer = app.test_client().get("/")
    with app.app_context():
        db.engine.dispose()

    assert answer.status_code == 200
    assert "<h1" in answer.text


def test_a_letter_that_is_late_tells_that_the_worker_is_away(app, client, world):
    letter_box.empty(app)
    before = client.get("/readyz").json["letters"]
    with app.app_context():
        then = utc_now() - 2 * readiness.LATE
        db.session.add(Letter(kind="moved", once="late", address="a@b.example", queued_at=then, due_at=then))
        db.session.commit()

    assert (before, client.get("/readyz").json["letters"]) == ("ok", "late")


def test_a_letter_in_trouble_tells_that_the_mail_is_held(app, client):
    letter_box.empty(app)
    with app.app_context():
        db.session.add(
            Letter(kind="moved", once="held", address="a@b.example", trouble="The mail server does not answer")
        )
        db.session.commit()

    assert client.get("/readyz").json["letters"] == "held"


def test_a_print_that_waits_too_long_tells_that_the_worker_is_away(app, client, draft):
    before = client.get("/readyz").json["reports"]
    with app.app_context():
        renderings.find(draft).asked_at = utc_now() - 2 * readiness.LATE
        db.session.commit()

    assert (before, client.get("/readyz").json["reports"]) == ("ok", "late")


@pytest.mark.parametrize(
    ("toml", "logo"),
    [
        ("ink = ", brand_folder.picture()),
        ('[colours]\nink = "#ffff00"\n', brand_folder.picture()),
        (brand_folder.TOML, b"no picture"),
        (brand_folder.TOML, None),
    ],
    ids=["no TOML", "nobody can read the colours", "no picture", "no logo"],
)
def test_a_brand_that_cannot_be_used_is_told_to_the_operator_alone(app, client, world, toml, logo):
    file = brand_folder.put(app.config["SETTINGS"].brand_dir, toml=toml, logo=logo or b"")
    if logo is None:
        (file.parent / "logo.png").unlink()

    answer = client.get("/readyz")
    told = app.test_cli_runner().invoke(args=("brand", "check"))

    assert (answer.status_code, answer.json["status"], answer.json["brand"]) == (200, "ready", "unusable")
    assert set(answer.json) == {"status", "storage", "letters", "reports", "brand"}
    assert set(answer.json.values()) <= {"ready", *readiness.State}
    assert (told.exit_code, told.output.splitlines()[0]) == (1, "Error: brand.toml cannot be used:")
    assert told.output.splitlines()[1] not in answer.text
    assert client.get(f"/reviews/{world['published']}/report").status_code == 200


def test_a_brand_that_is_mended_is_told_without_a_restart(app, client):
    folder = app.config["SETTINGS"].brand_dir
    states = [client.get("/readyz").json["brand"]]
    for toml in ("ink = ", brand_folder.TOML):
        brand_folder.put(folder, toml=toml)
        states.append(client.get("/readyz").json["brand"])

    assert states == ["ok", "unusable", "ok"]


@pytest.mark.parametrize(("room", "flag", "state"), [(10, 0, "full"), (10**9, 1, "read-only"), (10**9, 0, "ok")])
def test_a_disk_without_room_is_not_ready(client, monkeypatch, room, flag, state):
    monkeypatch.setattr(readiness, "_disk", lambda _folder: (room, bool(flag)))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json["storage"]) == (200 if state == "ok" else 503, state)
    assert client.get("/healthz").status_code == 200


def _prints(path, _paper, _form, *, watch):
    path.write_bytes(b"%PDF-1.7")
    return press.Printed(pages=1, sha256="a" * 64, seconds=0)
