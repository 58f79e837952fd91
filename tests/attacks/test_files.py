"""Hostile and broken files: never a broken page, never a hang, always a sentence; what is kept tells nothing more."""

import io
import time
from functools import lru_cache

import pikepdf
import pytest
import time_machine
from PIL import Image

from review_app.extensions import storage
from review_app.models.base import new_key
from tests import feedback_world as town
from tests.hostile import documents, good, others, pictures
from tests.hostile.sending import WORDS, form, sentence
from tests.web.feedback_pages import written

PATIENCE = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with time_machine.travel(town.BEFORE, tick=True):
        site = town.app_in(tmp_path_factory.mktemp("files"))
        site.config["SETTINGS"].most_files = 100
        yield site


@pytest.fixture(scope="module")
def send(site):
    [item] = written(site, "Ada", whole=False)
    ada = town.enter(site, "Ada")

    def send(file_name, content):
        began = time.perf_counter()
        address = f"/reviews/{town.REF}/feedback/items/{item}/files/{new_key()}"
        answer = ada.post(address, **form(content, file_name))
        assert time.perf_counter() - began < PATIENCE
        return answer

    return send


@lru_cache(maxsize=1)
def refused():
    """Return every file that must not be taken."""
    return pictures.refused() | documents.refused() | others.refused()


@lru_cache(maxsize=1)
def taken():
    """Return every file that must be taken, and cleaned."""
    return pictures.taken() | documents.taken()


def _kept(site):
    with site.app_context():
        return {one.name: storage.store().get(one.name) for one in storage.store().listed()}


def test_the_corpus_is_as_large_as_it_says():
    assert (len(refused()) >= 70, len(taken()) >= 20) == (True, True)


@pytest.mark.drill
def test_every_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept(site, send, promise, amount):
    broken, silent = [], []
    chosen = list(refused().items())[:: amount(quick=7, full=1)]
    before = _kept(site)
    for name, (file_name, content, says) in chosen:
        answer = send(file_name, content() if callable(content) else content)
        told = sentence(answer)
        if answer.status_code >= 500:
            broken.append(name)
        if answer.status_code != 422 or not told.endswith(".") or says not in told:
            silent.append(f"{name}: {answer.status_code} {told}")
        if 'value="Kept words"' not in answer.text or "Kept picture words" not in answer.text:
            silent.append(f"{name}: text lost")

    promise("http5xx", len(broken), of=len(chosen))
    promise("hostile_files_taken", len(_kept(site)) - len(before), of=len(chosen))
    assert (broken, silent, _kept(site)) == ([], [], before)


@pytest.mark.drill
def test_of_a_taken_file_only_what_is_seen_is_kept(site, send, promise, amount):
    told, wrong = [], []
    chosen = list(taken().items())[:: amount(quick=4, full=1)]
    for name, (file_name, content) in chosen:
        before = _kept(site)
        answer = send(file_name, content)
        new = [one for key, one in _kept(site).items() if key not in before]
        if answer.status_code != 303 or len(new) != 1:
            wrong.append(f"{name}: {answer.status_code} {sentence(answer)}")
            continue
        if good.CANARY.encode() in _everything(new[0]) or b"PK\x03\x04" in new[0]:
            told.append(name)

    promise("leaks", len(told), of=len(chosen))
    assert (told, wrong) == ([], [])


def _everything(content):
    if content.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert "/Info" not in pdf.trailer
        return documents.text_of(content)
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        assert dict(image.getexif()) == {}
    return content


def test_a_file_far_too_large_is_refused_before_anybody_looks_at_it(site, send):
    answer = send("a.pdf", b"%PDF-" + b"\0" * 21_000_000)

    assert (answer.status_code, sentence(answer)[:26]) == (422, "The file has 21.1 MB; at m")


def test_what_comes_under_the_name_of_a_file_but_is_none_is_no_file(site):
    [item] = written(site, "Cem", whole=False)
    address = f"/reviews/{town.REF}/feedback/items/{item}/files/{new_key()}"

    answers = [
        town.enter(site, "Cem").post(address, data=WORDS | given, content_type=kind)
        for given in ({"file": "/etc/passwd"}, {"file": ""}, {})
        for kind in ("multipart/form-data", "application/x-www-form-urlencoded")
    ]

    assert {(answer.status_code, sentence(answer)) for answer in answers} == {(422, "Choose a file.")}
