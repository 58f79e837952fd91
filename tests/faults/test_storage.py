"""The storage is full, frozen, locked or broken: "not saved", and it was not; reading goes on; it mends itself."""

import contextlib
import secrets
import sqlite3
from html import unescape

import pytest

from tests.faults.disks import disk, frozen
from tests.faults.installation import DATABASE, Installation
from tests.faults.posting import Poster

pytestmark = [pytest.mark.faults, pytest.mark.drill]
LONG = "Every word of this text was typed by somebody. " * 20
NOT_SAVED = 503


class Writer(Poster):
    """One person who looks at what comes back."""

    def __init__(self, site, cookie, review):
        super().__init__(f"p{secrets.randbelow(10**9)}", site, cookie=cookie, review=review, stop=None)
        self.number = 0

    def save(self, *, autosave=False, form=None):
        """Send a long text, a new one or a form once more; return the form, the status and the page."""
        self.number += 1
        path, fields = form or self.form(f"{self.name}-{self.number}")
        fields = {**fields, "explanation": LONG}
        self.token = self.token or self.opened()
        answer = self.ask("POST", path, self.encoded(fields), self.headers(autosave=autosave))
        return (path, fields), *answer

    def reads(self):
        """Return the statuses of pages that only read."""
        return {self.ask("GET", path)[0] for path in ("/", self.folder, "/account", "/healthz")}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small disk of its own."""
    with disk(tmp_path_factory.mktemp("storage") / "small", options="errors=remount-ro") as made:
        yield made


@pytest.fixture(scope="module")
def served(place, template):
    """An installation on the small disk, served."""
    site = Installation(place.path / "site", template)
    site.log_to = place.path.parent
    site.migrate()
    site.start("serve")
    site.wait_until_ready()
    yield site
    site.kill()


@pytest.fixture
def writer(served, world):
    with served.arranged():
        cookie = served.cookie_for(world.person("peer"))
    made = Writer(served, cookie, world["feedback"])
    made.opened()
    yield made
    made.door.close()


def _headlines(site):
    return [row[0] for row in site.rows("SELECT headline FROM feedback_item WHERE headline GLOB 'p*-[0-9]*'")]


def _is_kept(page, form):
    """Tell whether a page shows the whole text again, so that it can be sent once more."""
    return all(text in unescape(page.decode()) for text in (form[1]["headline"], LONG.strip()))


def test_a_full_disk_is_said_and_nothing_is_lost(served, writer, place, promise):
    place.fill()
    try:
        told, form, page = _until_refused(writer)
        reading = writer.reads()
        stands = _headlines(served)
    finally:
        place.empty()
    _form, again, _page = writer.save(form=form)

    lied = [headline for headline in told if headline not in stands] + [form[1]["headline"]] * (
        form[1]["headline"] in stands
    )
    promise("acked_lost", len(lied), of=len(told) + 1)
    assert (lied, reading, again) == ([], {200}, 303)
    assert _is_kept(page, form)
    assert _headlines(served).count(form[1]["headline"]) == 1
    assert served.wounds() == []


def _until_refused(writer):
    """Save until it is refused: a journal that was emptied still has room for some."""
    told = []
    while len(told) < 400:
        form, status, page = writer.save()
        if status == NOT_SAVED:
            return told, form, page
        assert status == 303
        told.append(form[1]["headline"])
    raise AssertionError("a full disk took four hundred texts")


def test_a_disk_that_takes_nothing_any_more_is_said_and_nothing_is_lost(served, writer):
    with frozen(served.data / DATABASE, served.data / f"{DATABASE}-wal"):
        form, status, page = writer.save()
        reading, stands = writer.reads(), form[1]["headline"] in _headlines(served)
    _form, again, _page = writer.save(form=form)

    assert (status, stands, reading, again) == (NOT_SAVED, False, {200}, 303)
    assert _is_kept(page, form)
    assert served.wounds() == []


@pytest.mark.parametrize("autosave", [False, True])
def test_a_database_that_somebody_else_holds_is_said_and_nothing_is_lost(served, writer, autosave, request):
    if autosave:
        request.getfixturevalue("in_full")
    with contextlib.closing(sqlite3.connect(served.data / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        form, status, page = writer.save(autosave=autosave)
        reading = writer.reads()
        other.execute("ROLLBACK")
    stands = form[1]["headline"] in _headlines(served)
    _form, again, _page = writer.save(form=form, autosave=autosave)

    assert (status, stands, reading, again) == (NOT_SAVED, False, {200}, 200 if autosave else 303)
    assert autosave or _is_kept(page, form)


@pytest.mark.usefixtures("in_full")
def test_a_log_that_cannot_be_written_spoils_no_answer(install, world):
    with install() as site:
        site.log_to = "/dev/full"
        site.migrate()
        site.start("serve")
        site.wait_until_ready()
        with site.arranged():
            cookie = site.cookie_for(world.person("peer"))
        writer = Writer(site, cookie, world["feedback"])
        with contextlib.closing(sqlite3.connect(site.data / DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            form, status, page = writer.save()
        _form, again, _page = writer.save(form=form)
        writer.door.close()

        assert (status, _is_kept(page, form), again) == (NOT_SAVED, True, 303)


@pytest.mark.usefixtures("in_full")
def test_a_file_system_that_breaks_down_is_still_read_and_says_not_saved(template, world, tmp_path):
    with disk(tmp_path / "breaking", options="errors=remount-ro") as place:
        site = Installation(place.path / "site", template)
        site.log_to = tmp_path
        try:
            site.migrate()
            site.start("serve")
            site.wait_until_ready()
            with site.arranged():
                cookie = site.cookie_for(world.person("peer"))
            writer = Writer(site, cookie, world["feedback"])
            _form, status, _page = writer.save()
            place.break_down()
            form, refused, page = writer.save()
            reading = writer.reads()
            writer.door.close()
        finally:
            site.kill()

        assert (status, refused, reading) == (303, NOT_SAVED, {200})
        assert _is_kept(page, form)
