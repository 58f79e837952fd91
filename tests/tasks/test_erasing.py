"""After an erasure no byte of the person is left: database, journal, prints, letters, logs (RELIABILITY 81)."""

import io
import json
import re
import subprocess
import zlib
from email import message_from_bytes

import pytest
import structlog
from sqlalchemy import select

from review_app.extensions import database
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.privacy import Erasure
from review_app.models.publishing import Report
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.printing import press
from review_app.services import (
    erasure,
    renderings,
)
from review_app.tasks import erasing, letters
from review_app.world.network import PASSWORD
from tests.canary_person import EMAIL, NAME, OWN, STAGES, STAYS, appear


@pytest.fixture
def log():
    """What is logged meanwhile."""
    before, written = structlog.get_config(), io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.configure(**before)


@pytest.fixture
def key(app, world):
    """The key of somebody who has left traces wherever one can leave them."""
    return appear(app, world)


def _needles():
    """The canaries as bytes: plain, escaped as JSON does, in the encodings of files, folded."""
    for text in OWN:
        for spelling in {text, text.casefold(), text.upper(), json.dumps(text)[1:-1]}:
            yield from (spelling.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def _traces(folder, written=b""):
    """Count canaries in all bytes below a folder, in the streams of prints and in the parts of letters."""
    found, looked = [], 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for content in _contents(path):
            looked += 1
            found += [(path.name, needle) for needle in _needles() if needle in content]
    found += [("log", needle) for needle in _needles() if needle in written]
    return found, looked + 1


def _contents(path):
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".pdf":
        yield _read(path)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
    if path.suffix == ".eml":
        letter = message_from_bytes(raw)
        yield letter.get_payload(decode=True)
        yield str(letter).encode()


def _read(path):
    """Return the text of a print."""
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout


def _print(app, *where):
    """Print the reports that fit, and return their files."""
    with app.app_context():
        folder = app.config["SETTINGS"].reports_dir
        folder.mkdir(exist_ok=True)
        found = [
            Snapshot.model_validate_json(text) for text in db.session.scalars(select(Report.snapshot).where(*where))
        ]
        db.session.rollback()
        for snapshot in found:
            printed = press.print_to(renderings.file_of(snapshot.sha256, folder), snapshot)
            renderings.finish(snapshot.sha256, printed)
        db.session.commit()
        return [renderings.file_of(snapshot.sha256, folder) for snapshot in found]


def _settle(app):
    """Bring everything from the journal into the file of the database, as time does."""
    with app.app_context():
        assert database.wipe(db.engine)


def _erase(app, key):
    with app.app_context():
        settings = app.config["SETTINGS"]
        person = db.session.scalars(select(Person).where(Person.key == key)).one()
        erasure.erase(person, settings=settings)
        db.session.commit()
        db.session.remove()
        erasing.finish(settings)


@pytest.mark.drill
def test_no_byte_of_an_erased_person_is_left_anywhere(app, key, log, promise):
    folder = app.config["SETTINGS"].data_dir
    _print(app, Report.number.is_(None), Report.made_by_id == _number(app, key))
    _print(app, Report.snapshot.contains(EMAIL))
    letters.drain(app)
    _settle(app)
    before, _looked = _traces(folder)
    spoken = {text for text in OWN if any(text.encode() in needle for _name, needle in before)}
    places = {name.rpartition(".")[2] for name, _needle in before}
    _erase(app, key)
    letters.drain(app)
    _print(app, Report.snapshot.contains("Former participant"))

    found, _looked = _traces(folder, log.getvalue().encode())
    promise("erasure_traces", len(found), of=len(OWN) * len(STAGES))
    assert spoken == set(OWN)
    assert places == {"sqlite", "eml", "pdf"}
    assert found == []
    with app.app_context():
        assert db.session.scalars(select(Erasure.key).where(Erasure.settled_at.is_not(None))).all() == [key]


def test_what_is_the_city_s_is_still_there(app, key):
    folder = app.config["SETTINGS"].data_dir
    _erase(app, key)

    content = (folder / "reviews.sqlite").read_bytes()
    assert content.count(STAYS.encode()) >= 4
    assert b"Former participant" in content


def test_an_erased_person_cannot_sign_in_and_others_can(app, key, client):
    _erase(app, key)

    tried = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    other = client.post("/sign-in", data={"email": "peer@example.org", "password": PASSWORD})

    assert (tried.status_code, other.status_code) == (422, 303)


def test_the_print_of_the_published_report_is_another_file_and_the_old_one_is_gone(app, key, world, enter_as):
    (old,) = _print(app, Report.snapshot.contains(EMAIL), Report.number.is_not(None))
    named = NAME.encode() in _read(old)
    _erase(app, key)
    (new,) = _print(app, Report.snapshot.contains("Former participant"), Report.number.is_not(None))

    answer = enter_as("secretariat").get(f"/reviews/{world['published']}/report.pdf")

    assert (named, old.exists(), answer.status_code) == (True, False, 200)
    assert answer.data == new.read_bytes()
    assert b"Former participant" in _read(new)


def _number(app, key):
    with app.app_context():
        return db.session.scalar(select(Person.id).where(Person.key == key))


def test_while_somebody_reads_the_bytes_wait_for_the_next_minute(app, key):
    settings = app.config["SETTINGS"]
    with app.app_context():
        reader = db.engine.raw_connection()
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        erasure.erase(db.session.scalars(select(Person).where(Person.key == key)).one(), settings=settings)
        db.session.commit()
        db.session.remove()
        erasing.finish(settings)
        waiting = db.session.scalar(select(Erasure.settled_at))
        reader.execute("ROLLBACK")
        reader.close()
        erasing.finish(settings)

        assert (waiting, db.session.scalar(select(Erasure.settled_at)) is not None) == (None, True)


def test_a_print_that_no_report_names_goes_and_others_stay(tmp_path):
    named, stranger, note = tmp_path / f"{'a' * 64}.pdf", tmp_path / f"{'b' * 64}.pdf", tmp_path / "fresh.part"
    for path in (named, stranger, note):
        path.write_bytes(b"x")
    erasing.sweep_prints(tmp_path, {"a" * 64})

    assert sorted(tmp_path.iterdir()) == [named, note]
