"""Backups under fire: what is taken while people write is true, and not a byte of it changes unseen."""

import json
import random
import shutil
import threading
import time
from contextlib import contextmanager

import pytest
from flask_migrate import stamp
from sqlalchemy.exc import OperationalError

from review_app.domain import manifest
from review_app.domain.vocabulary import ItemKind
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.queries import seats
from review_app.services import feedback
from tests import backup_world
from tests.backup_world import is_taken_for_whole, names_in, rows
from tests.bench.server import serving
from tests.bench.world import app_on, cookie_for, invented_at, person
from tests.bench.writer import Writer

pytestmark = [pytest.mark.drill, pytest.mark.faults]
PATIENCE = 60
WRITERS = ("peer@example.org", "colleague@example.org", "peer@example.org")


@pytest.fixture
def made(template, tmp_path):
    return backup_world.site_in(tmp_path, template)


@pytest.fixture
def site(made):
    yield made[0]
    made[0].rest()


@pytest.fixture
def backup(made):
    return made[1]


# ---- while people write ------------------------------------------------------------------------


class Author(Writer):
    """A writer who keeps to one item and counts: every text is told once, in order, and a version of its own."""

    def __init__(self, *facts, **more):
        super().__init__(*facts, **more)
        self.tried = 0

    def save(self, number):
        """Save the next text."""
        self.tried = number
        self.save_shared(f"{self.name}-{number}")

    def told(self):
        """How many texts the server has said are saved."""
        return len(self.tally.accepted)


@contextmanager
def authors_at(data, seconds):
    """Serve a data folder and let some people write into it, one item each."""
    app = app_on(data)
    with app.app_context():
        stamp()
        review = invented_at("feedback")
        desks = [_desk(app, review, person(address)) for address in WRITERS]
        db.session.remove()
        db.engine.dispose()
    with serving(data) as server:
        until = time.monotonic() + seconds
        authors = [
            Author(f"author{number}", server.port, cookie=cookie, own=own, shared=own, until=until)
            for number, (cookie, own) in enumerate(desks)
        ]
        for author in authors:
            author.start()
        yield app, authors
        for author in authors:
            author.until = 0
            author.join(60)


def _desk(app, review, somebody):
    key = new_key()
    seat = seats.seat_at(review, somebody)
    answers = {"headline": "nothing yet", "language": "en"}
    feedback.save(key, seat, city=somebody.organisation, kind=ItemKind.LESSON, answers=answers, seen_version=None)
    db.session.commit()
    return cookie_for(app, somebody), f"/reviews/{review.ref}/feedback/items/{key}"


def wait_for_more(authors):
    """Wait until every author was told once more that a text is saved."""
    before, patience = [author.told() for author in authors], time.monotonic() + PATIENCE
    while any(author.told() == told for author, told in zip(authors, before, strict=True)):
        assert time.monotonic() < patience, [author.tally for author in authors]
        time.sleep(0.05)


def written_by(author, file):
    """Return the numbers of an author's texts in a database, as its history has them, and the one that stands."""
    key = author.own.rsplit("/", 1)[-1]
    contents = rows(
        file,
        "SELECT revision.content FROM revision JOIN feedback_item AS item ON thing = 'feedback_item' AND"
        f" thing_id = item.id WHERE item.key = '{key}' ORDER BY revision.number",
    )
    ((stands,),) = rows(file, f"SELECT headline FROM feedback_item WHERE key = '{key}'")
    headlines = [json.loads(content)["headline"] for (content,) in contents][1:]
    return [int(headline.rpartition("-")[2]) for headline in headlines], stands


def test_every_backup_made_while_people_write_restores_to_a_true_prefix(template, tmp_path, promise, amount):
    data, count = tmp_path / "data", amount(quick=3, full=10)
    data.mkdir()
    shutil.copyfile(template, data / "reviews.sqlite")
    breaks, made = [], []

    with authors_at(data, 600) as (app, authors):
        runner = app.test_cli_runner()
        for _time in range(count):
            wait_for_more(authors)
            before = [author.told() for author in authors]
            begun = time.monotonic()
            output = runner.invoke(args=["backup", "make"]).output
            made.append((output.splitlines()[0], before, [author.tried for author in authors]))
            promise("backup_s", round(time.monotonic() - begun, 2))
        refused = runner.invoke(args=["backup", "restore", made[0][0], "--replace", "--yes"]).output

    for number, (path, before, after) in enumerate(made):
        begun = time.monotonic()
        result = runner.invoke(args=["backup", "restore", path, "--data", str(tmp_path / f"new{number}")])
        promise("restore_from_backup_s", round(time.monotonic() - begun, 2))
        assert result.exit_code == 0, result.output
        file = tmp_path / f"new{number}" / "reviews.sqlite"
        for author, least, most in zip(authors, before, after, strict=True):
            found, stands = written_by(author, file)
            is_prefix = found == list(range(1, len(found) + 1)) and least <= len(found) <= most
            is_last = stands == (f"{author.name}-{found[-1]}" if found else "nothing yet")
            breaks += [] if is_prefix and is_last else [(path, author.name, least, found, most, stands)]
        assert rows(file, "PRAGMA integrity_check") == [("ok",)]
        assert rows(file, "PRAGMA foreign_key_check") == []
    with app.app_context():
        db.engine.dispose()

    assert refused == f"Error: The site or its worker is running on {data}. Stop both first.\n"
    assert [author.tally.failures for author in authors] == [[]] * len(WRITERS)
    assert min(author.told() for author in authors) >= count
    promise("backup_prefix_breaks", len(breaks), of=count)
    assert breaks == []


def test_no_row_of_a_backup_names_a_file_that_is_not_in_it_while_files_come_and_go(site, promise, amount):
    count, stop, troubles, hanging = amount(quick=4, full=20), threading.Event(), [], []

    def come_and_go():
        with site.app.app_context():
            number = backup_world.ATTACHMENTS
            while not stop.is_set():
                number += 1
                try:
                    name = backup_world.attach(site.data, number)
                    db.session.commit()
                    stop.wait(0.05)
                    backup_world.detach(site.data, name)
                    stop.wait(0.05)
                except OperationalError as trouble:
                    troubles.append(trouble)
                    db.session.rollback()
            db.session.remove()

    busy = threading.Thread(target=come_and_go)
    busy.start()
    try:
        for _time in range(count):
            made = site.make()
            named = rows(made / "database.sqlite", "SELECT stored_as FROM attachment")
            there = names_in(made / "files")
            hanging += [name for (name,) in named if name not in there]
    finally:
        stop.set()
        busy.join(30)

    promise("backup_danglers", len(hanging), of=count)
    assert (hanging, troubles) == ([], [])


# ---- flipped bytes -----------------------------------------------------------------------------


def test_one_flipped_byte_anywhere_in_a_backup_is_found(backup, promise, amount):
    files = [path for path in sorted(backup.rglob("*")) if path.is_file()]
    count, chance, missed = amount(quick=100, full=100), random.Random(76), []

    for number in range(count):
        # Every file has its turn, the manifest every other time: weighed by size the database would take nearly all.
        path = backup / "manifest.json" if number % 4 == 0 else files[number % len(files)]
        with flipped(path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8)) as place:
            missed += [place] if is_taken_for_whole(backup) else []

    promise("flips_missed", len(missed), of=count)
    assert missed == []
    assert is_taken_for_whole(backup)


def test_every_byte_of_a_manifest_is_covered_by_its_checksum(backup, amount):
    content = (backup / "manifest.json").read_bytes()
    step = amount(quick=3, full=1)

    read = [
        place for place in range(0, len(content), step) for bit in range(8) if reads(_flip(content, place, 1 << bit))
    ]

    assert read == []
    assert reads(content)


@pytest.mark.parametrize("harm", ["shorter", "longer", "empty"])
def test_a_part_that_lost_or_gained_a_byte_is_found(backup, harm):
    for path in [path for path in sorted(backup.rglob("*")) if path.is_file()]:
        content = path.read_bytes()
        path.write_bytes({"shorter": content[:-1], "longer": content + b"\n", "empty": b""}[harm])
        assert not is_taken_for_whole(backup), path
        path.write_bytes(content)


@contextmanager
def flipped(path, place, bits):
    content = path.read_bytes()
    path.write_bytes(_flip(content, place, bits))
    yield path, place
    path.write_bytes(content)


def _flip(content, place, bits):
    return content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]


def reads(content):
    try:
        manifest.read(content)
    except manifest.Unreadable:
        return False
    return True
