"""Files beside the practice and the items: who may, how much, and that row and file come and go together."""

import io

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.domain.vocabulary import Attribution, Media
from review_app.extensions import storage
from review_app.extensions.database import db
from review_app.files.inspection import Clean
from review_app.models.attachments import Attachment
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem
from review_app.queries import attachments as reading
from review_app.queries import own_data, seats
from review_app.services import attachments, erasure, feedback, unsigning
from review_app.services.attachments import Quota, Words
from tests import feedback_world as town
from tests.hostile import good

WORDS = Words(title="The desk", alternative="A desk under a window")
ROOM = Quota(file=20_000_000, review=200_000_000, person=100_000_000, most=20)


@pytest.fixture
def site(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        site = town.app_in(tmp_path)
        with site.app_context():
            town.write("Ada")
            db.session.commit()
            yield site


def _item():
    return db.session.scalars(select(FeedbackItem)).one()


def _add(name="Ada", *, content=None, words=WORDS, quota=ROOM, item=True):
    taken = attachments.take(content or good.jpeg(), "desk.jpg", words, quota=quota)
    seat = town.seat_of(name).seat
    return attachments.add(taken, words, seat, key=new_key(), quota=quota, item=_item() if item else None)


def _files():
    return sorted(one.name for one in storage.store().listed())


def _rows():
    return db.session.scalar(select(func.count(Attachment.id)))


def test_a_kept_photo_is_what_its_row_says(site):
    row = _add(content=good.jpeg(size=(400, 200), orientation=6))
    db.session.commit()

    with Image.open(io.BytesIO(attachments.read(row))) as image:
        corners = [sum(image.getpixel(place)) > 700 for place in ((190, 10), (10, 10), (190, 390))]
        assert (image.format, image.size, corners) == ("JPEG", (200, 400), [True, False, False])
    assert (row.media, row.width, row.height, row.pages, row.may_be_published) == (Media.JPEG, 200, 400, None, False)
    assert (row.size, row.file_name) == (len(attachments.read(row)), "desk.jpg")


def test_a_large_photo_is_kept_as_large_as_it_can_be_seen(site):
    row = _add(content=good.jpeg(size=(5000, 2500)))

    assert (row.width, row.height) == (2400, 1200)


def test_a_document_needs_no_words_about_a_picture(site):
    row = _add(content=good.pdf(pages=7), words=Words(title="Slides"))

    assert (row.media, row.pages, row.file_name) == (Media.PDF, 7, "desk.pdf")


@pytest.mark.parametrize(("words", "field"), [(Words(title=""), "title"), (Words(title="x"), "alternative")])
def test_a_photo_without_words_is_not_kept(site, words, field):
    with pytest.raises(Unacceptable) as refusal:
        attachments.take(good.png(), "a.png", words, quota=ROOM)

    assert (refusal.value.field, _files()) == (field, [])


def test_nobody_waits_for_a_file_that_is_being_checked(site, monkeypatch):
    held = []

    def inspect(content):
        held.append(db.session().in_transaction())
        return Clean(Media.PDF, content, pages=1)

    monkeypatch.setattr(attachments, "inspect", inspect)
    _item()
    before = db.session().in_transaction()
    attachments.take(good.pdf(), "a.pdf", Words(title="x"), quota=ROOM)

    assert (before, held) == (True, [False])


@pytest.mark.parametrize("name", ["Cem", "Hugo", "Lea", "Olga", "Sven"])
def test_only_the_city_itself_adds_to_its_item(site, name):
    with pytest.raises(Refused):
        _add(name)
    db.session.rollback()

    assert (_rows(), _files()) == (0, [])


def test_a_peer_adds_nothing_to_the_practice(site):
    with pytest.raises(Refused):
        _add("Ada", item=False)


def test_nothing_is_added_to_a_return_that_is_sent(site):
    _item().city_return.submitted_at = town.BEFORE
    db.session.commit()

    with pytest.raises(Unacceptable, match="has been sent"):
        _add()


QUOTAS = {
    "file": (Quota(1000, 10**9, 10**9, 20), "at most"),
    "review": (Quota(10**8, 100, 10**9, 20), "The files of this review may take"),
    "person": (Quota(10**8, 10**9, 100, 20), "The files you add may take"),
    "most": (Quota(10**8, 10**9, 10**9, 0), "There are 0 files here already"),
}


@pytest.mark.parametrize("which", QUOTAS)
def test_a_file_that_does_not_fit_is_refused_with_its_sentence(site, which):
    quota, says = QUOTAS[which]

    with pytest.raises(Unacceptable) as refusal:
        _add(quota=quota)
    db.session.rollback()

    assert refusal.value.field == "file"
    assert says in str(refusal.value)
    assert (_rows(), _files()) == (0, [])


def test_a_size_is_told_upwards(site):
    assert [attachments._mb(size) for size in (20_000_000, 20_000_001, 1, 100_000)] == ["20", "20.1", "0.1", "0.1"]


def test_a_file_without_a_commit_is_gone(site):
    _add()
    kept = len(_files())
    db.session.rollback()

    assert (kept, _files(), _rows()) == (1, [], 0)


def test_a_savepoint_that_fails_leaves_the_file_to_the_whole(site):
    row = _add()
    with pytest.raises(RuntimeError), db.session.begin_nested():
        raise RuntimeError
    with db.session.begin_nested():
        pass
    db.session.commit()

    assert _files() == [row.stored_as]


def test_a_removed_file_is_gone_once_it_is_committed_and_not_before(site):
    row = _add()
    db.session.commit()
    attachments.remove(row, town.seat_of("Bo").seat)
    before = len(_files())
    db.session.rollback()
    rolled_back = len(_files())
    attachments.remove(db.session.scalars(select(Attachment)).one(), town.seat_of("Ada").seat)
    db.session.commit()

    assert (before, rolled_back, _files(), _rows()) == (1, 1, [], 0)


def test_an_item_that_is_removed_takes_its_files_along(site):
    _add()
    db.session.commit()
    table = town.seat_of("Ada")
    feedback.drop(_item(), table.seat, city=table.city)
    db.session.commit()

    assert (_files(), _rows()) == ([], 0)


def test_a_person_finds_the_files_they_added_in_what_is_kept_about_them(site):
    _add("Ada")
    db.session.commit()
    _add("Bo")
    db.session.commit()
    told = own_data.of(town.person("Ada"))["photos and documents you added"]

    assert [(one["file"], one["title"], one["shows"]) for one in told] == [("desk.jpg", WORDS.title, WORDS.alternative)]


def test_a_file_stays_with_its_city_and_forgets_who_added_it(site):
    row = _add(words=Words("The desk", "A desk", credit="Photo: Ada Larsson", licence="ask Ada Larsson"))
    _item().attribution = Attribution.CITY
    ada = town.person("Ada")
    ada.name = "Ada Larsson"
    db.session.commit()
    erasure.erase(ada, settings=site.config["SETTINGS"])
    db.session.commit()

    assert (row.person_id, _files()) == (unsigning.former().id, [row.stored_as])
    assert "Larsson" not in row.credit + row.licence


def test_words_are_changed_and_a_stale_form_is_refused(site):
    row = _add()
    db.session.commit()
    seat = town.seat_of("Bo").seat
    attachments.change(row, Words("New", "A desk", may_be_published=True), seat, seen_version=row.version)
    db.session.commit()

    assert (row.title, row.may_be_published) == ("New", True)
    with pytest.raises(Stale):
        attachments.change(row, WORDS, seat, seen_version=row.version - 1)
    with pytest.raises(Stale):
        attachments.change(row, WORDS, seat, seen_version=None)


def test_every_kept_file_can_be_listed_and_read_for_a_backup(site):
    _add()
    db.session.commit()
    _add(content=good.pdf(), words=Words(title="x"))
    db.session.commit()

    rows = db.session.scalars(select(Attachment)).all()
    assert dict(attachments.kept()) == {row.stored_as: attachments.read(row) for row in rows}
    assert len(rows) == 2


def _readers(key):
    taken = {name: seats.take(town.REF, town.person(name)) for name in town.PEOPLE}
    return {name for name, seat in taken.items() if seat and reading.in_returns(key, seat)}


def test_the_evidence_of_an_item_is_seen_with_the_item(site):
    row = _add()
    db.session.commit()
    key = row.key
    draft = _readers(key)
    _item().city_return.submitted_at = town.BEFORE
    db.session.commit()
    sent = _readers(key)
    with time_machine.travel(town.CLOSES.timestamp() + 60, tick=True):
        closed = _readers(key)
        _item().use = "host_only"
        db.session.commit()
        for_the_host = _readers(key)

    team, own = {"Lea", "Sven"}, {"Ada", "Bo"}
    assert (draft, sent) == (team | own, team | own)
    assert (closed, for_the_host) == (team | own | {"Cem", "Dora"}, team | own)
