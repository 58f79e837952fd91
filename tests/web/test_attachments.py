"""Photos and documents on their pages: added, seen, handed out, changed, removed; and by whom."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from sqlalchemy import event, func, select

from review_app.domain.vocabulary import Role
from review_app.extensions import storage
from review_app.extensions.database import db
from review_app.models.attachments import Attachment
from review_app.models.network import Person
from review_app.models.review import Mark, Participant
from review_app.queries.seats import PRACTICE
from tests import feedback_world as town
from tests.hostile import good
from tests.hostile.sending import WORDS, form, sentence
from tests.web.feedback_pages import heading, says, written

KEY, OTHER = "a-key-the-page-made-01", "a-key-the-page-made-02"
HOST = "host coordinator"


@pytest.fixture
def site(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        yield town.app_in(tmp_path)


@pytest.fixture
def files(site):
    """The address of the files of Ada's item."""
    [item] = written(site, "Ada", whole=False)
    return f"/reviews/{town.REF}/feedback/items/{item}/files"


@pytest.fixture
def ada(site):
    return town.enter(site, "Ada")


def _rows(site):
    with site.app_context():
        return db.session.scalar(select(func.count(Attachment.id)))


def _kept(site):
    with site.app_context():
        return len(list(storage.store().listed()))


def _read(key=KEY, way="download"):
    return f"/reviews/{town.REF}/returns/files/{key}/{way}"


def test_a_photo_stands_beside_its_item_with_its_words(site, files, ada):
    answer = ada.post(f"{files}/{KEY}", **form(good.jpeg(), credit="A. Larsen", licence="CC BY 4.0"))
    page = ada.get(answer.location)

    assert (answer.status_code, _rows(site), _kept(site)) == (303, 1, 1)
    assert re.search(r'<img class="app-files__picture" src="([^"]+)" alt="Kept picture words"', page.text)[1] == (
        _read(way="picture")
    )
    assert "Photo, 0.1 MB · By A. Larsen · CC BY 4.0 · Not for publication" in says(page)


def test_a_file_is_handed_out_whole_and_can_do_nothing(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.pdf(), file_name="Οδηγός.pdf"))

    answer = ada.get(_read(), headers={"Range": "bytes=0-9", "If-None-Match": "*", "If-Modified-Since": "x"})

    assert (answer.status_code, answer.content_type, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=file.pdf; filename*=UTF-8''%CE%9F%CE%B4%CE%B7%CE%B3%CF%8C%CF%82.pdf"
    )
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert {"ETag", "Last-Modified", "Accept-Ranges", "Content-Range"} & set(answer.headers.keys()) == set()


def test_a_picture_is_shown_as_a_picture_and_a_document_never_is(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.png()))
    ada.post(f"{files}/{OTHER}", **form(good.pdf()))

    picture, document = ada.get(_read(way="picture")), ada.get(_read(OTHER, "picture"))

    assert (picture.status_code, picture.content_type, document.status_code) == (200, "image/png", 404)
    assert picture.headers["Content-Disposition"].startswith("inline; filename=file.png;")
    assert "sandbox" in picture.headers["Content-Security-Policy"]


@pytest.mark.drill
def test_hidden_and_missing_files_are_the_same_to_the_byte(site, files, ada, promise):
    ada.post(f"{files}/{KEY}", **form(good.jpeg(), file_name="Canary-7319.jpg", title="Canary-7319"))
    leaks, looks = 0, 0
    for name in ("Cem", "Hugo", "Olga", "Mia", None):
        visitor = town.enter(site, name) if name else site.test_client()
        for way in ("download", "picture"):
            for place in ("returns", "practice"):
                there, nowhere = (
                    visitor.get(f"/reviews/{town.REF}/{place}/files/{key}/{way}") for key in (KEY, "B" * 22)
                )
                looks += 1
                same = (there.status_code, there.data, _lasting(there)) == (404, nowhere.data, _lasting(nowhere))
                leaks += not same or b"Canary-7319" in there.data

    promise("leaks", leaks, of=looks)
    assert leaks == 0


def _lasting(answer):
    return sorted((name, value) for name, value in answer.headers if name not in ("Date", "Set-Cookie"))


def test_the_same_file_is_not_found_under_another_place(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.jpeg()))
    [other] = written(site, "Cem", whole=False)
    elsewhere = f"/reviews/{town.REF}/feedback/items/{other}/files/{KEY}"

    answers = [
        ada.get(_read().replace("returns", "practice")),
        town.enter(site, "Sven").get(_read().replace("returns", "practice")),
        ada.get(elsewhere),
        town.enter(site, "Cem").get(elsewhere),
        town.enter(site, "Cem").post(elsewhere, **form(good.jpeg())),
        town.enter(site, "Cem").post(f"{elsewhere}/remove"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert _rows(site) == 1


def test_a_refused_file_leaves_the_words_and_asks_for_the_file_again(site, files, ada):
    wrong_file = ada.post(f"{files}/{KEY}", **form(b"<svg/>", file_name="a.svg"))
    no_title = ada.post(f"{files}/{KEY}", **form(good.jpeg(), title=""))
    no_words = ada.post(f"{files}/{KEY}", **form(good.jpeg(), alternative=""))

    assert [answer.status_code for answer in (wrong_file, no_title, no_words)] == [422] * 3
    assert 'value="Kept words"' in wrong_file.text
    assert sentence(no_title, "title") == "Give the file a title."
    assert sentence(no_title).startswith("Choose the file again")
    assert sentence(no_words, "alternative").startswith("Say what the picture shows")
    assert sentence(no_words).startswith("Choose the file again")
    assert (_rows(site), _kept(site)) == (0, 0)


@pytest.mark.drill
def test_the_same_form_sent_ten_times_at_once_keeps_one_file(site, files, promise):
    clients = [town.enter(site, "Ada") for _number in range(10)]
    sent = form(good.jpeg(), nonce="n" * 22)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda client: client.post(f"{files}/{KEY}", **sent), clients))

    promise("duplicates", _rows(site) - 1, of=10)
    promise("orphans", _kept(site) - _rows(site), of=10)
    assert {answer.status_code for answer in answers} == {303}
    assert (_rows(site), _kept(site)) == (1, 1)


def test_another_file_under_the_same_words_is_not_taken_for_the_same_form(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.jpeg(), nonce="n" * 22))

    again = ada.post(f"{files}/{KEY}", **form(good.jpeg(), nonce="n" * 22))
    other = ada.post(f"{files}/{KEY}", **form(good.png(), nonce="n" * 22))

    assert (again.status_code, other.status_code) == (303, 422)
    assert "This file is saved already" in says(other)
    assert (_rows(site), _kept(site)) == (1, 1)


def test_two_colleagues_who_change_the_words_see_both(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.jpeg()))
    ada.post(f"{files}/{KEY}", data=WORDS | {"title": "Hers", "version": "1"})

    answer = town.enter(site, "Bo").post(f"{files}/{KEY}", data=WORDS | {"title": "His", "version": "1"})

    assert (answer.status_code, heading(answer)) == (409, "Somebody else saved a newer version")
    assert "Hers" in answer.text
    assert 'value="His"' in answer.text


def test_a_file_is_removed_with_its_bytes(site, files, ada):
    ada.post(f"{files}/{KEY}", **form(good.jpeg()))

    answer = ada.post(f"{files}/{KEY}/remove")

    assert (answer.status_code, _rows(site), _kept(site)) == (303, 0, 0)
    assert ada.get(_read()).status_code == 404


def test_a_file_too_large_for_any_form_is_refused_by_the_limit_of_uploads_alone(site, files, ada):
    site.config["SETTINGS"].file_bytes = 3_000_000
    five, nine = b"%PDF-" + b"x" * 5_000_000, b"%PDF-" + b"x" * 9_000_000

    answers = [ada.post(f"{files}/{KEY}", **form(content)) for content in (five, nine)]
    elsewhere = ada.post("/sign-in", **form(five))

    assert [answer.status_code for answer in answers] == [422, 413]
    assert "at most 3 MB are taken" in sentence(answers[0])
    assert "A file may have up to 3 MB" in says(answers[1])
    assert (elsewhere.status_code, "Shorten the text" in says(elsewhere)) == (413, True)


def test_a_storage_that_takes_nothing_says_so_and_keeps_the_words(site, files, ada, tmp_path):
    (tmp_path / "files").write_text("in the way")

    answer = ada.post(f"{files}/{KEY}", **form(good.jpeg()))

    assert (answer.status_code, heading(answer), answer.headers["Retry-After"]) == (503, "Not saved", "5")
    assert "Kept picture words" in answer.text
    assert _rows(site) == 0


def test_a_file_that_is_away_is_missing_and_a_storage_that_is_down_says_so(site, files, ada, tmp_path):
    ada.post(f"{files}/{KEY}", **form(good.jpeg()))
    (tmp_path / "files").rename(tmp_path / "away")
    away = ada.get(_read())
    with site.app_context():
        site.extensions["storage"] = storage.Storage("s3://nowhere/x", tmp_path)
        down = ada.get(_read())

    assert away.status_code == 404
    assert (down.status_code, heading(down)) == (503, "The file cannot be read just now")


def test_a_page_with_many_files_asks_no_more_of_the_database(site, files, ada):
    asked, shown = [], []
    ada.get(f"/reviews/{town.REF}/feedback")  # the first look of a day is written down as well
    with site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_call: asked.append(1))
    for number in range(3):
        ada.post(f"{files}/a-key-the-page-made-1{number}", **form(good.pdf()))
        asked.clear()
        page = ada.get(f"/reviews/{town.REF}/feedback")
        shown.append((len(re.findall("app-files__one", page.text)), len(asked)))

    assert [files for files, _asked in shown] == [1, 2, 3]
    assert shown[0][1] == shown[2][1] <= 15


def test_a_host_hangs_files_on_the_practice_and_peers_read_them_once_it_is_released(app, enter_as, world):
    practice = f"/reviews/{world['preparing']}/practice"
    host = enter_as(HOST)
    with app.app_context():
        traveller = select(Person.email).join(Participant).where(Participant.role == Role.LEAD_REVIEWER)
        address = db.session.scalar(traveller.where(Participant.review_id == world.review("preparing").id))
    peer = enter_as(address)
    added = host.post(f"{practice}/files/{KEY}", **form(good.jpeg(), title="The old harbour office"))
    listed = host.get(f"{practice}/files")
    before = [peer.get(address).status_code for address in (f"{practice}/files/{KEY}/download", practice)]
    with app.app_context():
        review, person = world.review("preparing"), world.person(HOST)
        db.session.add(Mark(review_id=review.id, name=PRACTICE, role=Role.HOST_COORDINATOR, person_id=person.id))
        db.session.commit()
    read = peer.get(practice)
    handed = [peer.get(f"{practice}/files/{KEY}/{way}").status_code for way in ("download", "picture")]

    assert (added.status_code, added.location) == (303, f"{practice}/files")
    assert "The old harbour office" in says(listed)
    assert (before, handed) == ([404, 404], [200, 200])
    assert "The old harbour office" in says(read)
    assert "Change or remove" not in says(read)
    assert peer.post(f"{practice}/files/{KEY}/remove").status_code == 404
