"""The press: separate, limited, whole files only; it says why it cannot print (RELIABILITY 50, 51, 56)."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from review_app.reports.materials import PROJECT
from review_app.reports.printing import press as press_module
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Press
from tests.reports.examples import FULL, GHENT, THIN, snapshot
from tests.reports.foreign_examples import HOSTILE

PAYLOADS = {
    "img http": "<img src=http://127.0.0.1:9/x>",
    "img file": "<img src=file:///etc/passwd>",
    "img relative": "<img src=../../../etc/passwd>",
    "img data png": "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "img data html": "<img src='data:text/html,<p>x'>",
    "svg in data": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>\">",
    "svg entity": "<img src=\"data:image/svg+xml,<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>\">",
    "embed": "<embed src=http://127.0.0.1:9/x>",
    "object": "<object data=file:///etc/passwd></object>",
    "link style": "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "link attachment": "<link rel=attachment href=file:///etc/passwd>",
    "anchor attachment": "<a rel=attachment href=file:///etc/passwd>x</a>",
    "style import": "<style>@import 'http://127.0.0.1:9/x.css'</style>",
    "style url": '<p style="background:url(http://127.0.0.1:9/x)">x</p>',
    "style content": "<style>p::before{content:url(file:///etc/passwd)}</style><p>x</p>",
    "style list": '<ul style="list-style-image:url(http://127.0.0.1:9/x)"><li>x</ul>',
    "style font": "<style>@font-face{font-family:X;src:url(http://127.0.0.1:9/x)}p{font-family:X}</style><p>x</p>",
    "style page": "<style>@page{background:url(http://127.0.0.1:9/x)}</style><p>x</p>",
    "base": "<base href=file:///etc/><img src=passwd>",
}
HARMLESS = {
    "iframe": "<iframe src=http://127.0.0.1:9/x></iframe><p>x",
    "script": "<script src=http://127.0.0.1:9/x></script><p>x",
    "refresh": "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><p>x",
    "video": "<video poster=http://127.0.0.1:9/x></video><p>x",
    "svg use": "<svg xmlns='http://www.w3.org/2000/svg'><use href='http://127.0.0.1:9/x#a'/></svg><p>x",
}


SHORTER = HOSTILE.model_copy(update={"practice": ("a" * 9_000, *HOSTILE.practice[1:])})


def whole(html):
    return f"<!doctype html><html lang=en><title>x</title><link rel=stylesheet href=report.css><body>{html}"


@pytest.fixture(scope="module")
def confined(tmp_path_factory):
    """What a rendering opens and asks for, told by an audit hook inside its process."""
    folder = tmp_path_factory.mktemp("confined")
    (folder / "scratch").mkdir()
    (folder / "pages.json").write_text(
        json.dumps(
            {
                "snapshots": {"full": FULL.to_bytes().decode(), "hostile": SHORTER.to_bytes().decode()},
                "pages": {name: whole(html) for name, html in {**PAYLOADS, **HARMLESS}.items()},
            }
        )
    )
    told = subprocess.run(
        [sys.executable, "-I", str(Path(__file__).with_name("confined.py")), str(PROJECT), str(folder / "pages.json")],
        env={"TMPDIR": str(folder / "scratch"), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def test_a_rendering_opens_nothing_outside_the_package_and_its_assets(confined):
    allowed = (
        *confined["prefixes"],
        confined["scratch"],
        str(PROJECT / "templates" / "reports"),
        str(PROJECT / "build"),
    )

    assert [path for path in confined["opened"] if not path.startswith(allowed)] == []


def test_a_rendering_connects_to_nothing_and_starts_nothing(confined):
    assert confined["asked"] == []


def test_a_rendering_knows_neither_flask_nor_a_database(confined):
    assert {"flask", "sqlalchemy", "werkzeug", "huey", "sqlite3"} & set(confined["loaded"]) == set()


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_address_from_outside_is_refused_and_counted(confined, name):
    assert len(confined["answers"][name]["refused"]) >= 1


@pytest.mark.parametrize("name", HARMLESS)
def test_what_asks_for_nothing_is_printed(confined, name):
    assert confined["answers"][name].get("pages") == 1 or "refused" in confined["answers"][name]


def test_the_room_knows_no_key_and_no_database_address(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "canary-key")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///canary")
    press = Press()
    try:
        press.warm()
        surroundings = Path(f"/proc/{press._room.pid}/environ").read_bytes().split(b"\0")
    finally:
        press.close()

    names = {one.split(b"=")[0].decode() for one in surroundings if one}
    assert names - {"LC_CTYPE"} <= {*press_module.KEPT, "TMPDIR"}
    assert b"canary" not in b"".join(surroundings)


def test_importing_the_press_loads_no_renderer():
    code = "import sys; import review_app.reports.printing.press; print([n for n in sys.modules if 'weasyprint' in n])"

    told = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_the_room_takes_neither_the_app_nor_the_database_along():
    code = (
        "import sys; import review_app.reports.printing.room; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    )

    told = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_a_report_is_printed_into_a_whole_file(press, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"an older edition")

    printed = press.print_to(path, THIN)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == printed.sha256
    assert printed.pages == 1
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_a_text_that_takes_too_long_is_stopped_and_the_next_one_is_printed(tmp_path):
    press = Press(seconds=2)
    try:
        press.warm()
        ready = list(Path(press._scratch.name).glob("weasyprint-*"))
        started = time.monotonic()
        with pytest.raises(PrintFailed) as failed:
            press.print_to(tmp_path / "late.pdf", HOSTILE.model_copy(update={"practice": ("a" * 600_000,)}))
        waited = time.monotonic() - started
        printed = press.print_to(tmp_path / "next.pdf", THIN)
        leftovers = list(Path(press._scratch.name).glob("weasyprint-*"))
    finally:
        press.close()

    assert failed.value.reason is Reason.TIMEOUT
    assert waited < 8
    assert printed.pages == 1
    assert (len(ready), leftovers) == (1, ready)
    assert failed.value.told(str).startswith("The report was not ready after 2 seconds, the most it may take")
    assert not (tmp_path / "late.pdf").exists()


def test_a_text_that_takes_too_much_memory_is_stopped(tmp_path):
    press = Press(memory=350_000_000)
    try:
        with pytest.raises(PrintFailed) as failed:
            press.print_to(tmp_path / "large.pdf", snapshot(practice=("so " * 14_000_000,)))
        printed = press.print_to(tmp_path / "next.pdf", THIN)
    finally:
        press.close()

    assert failed.value.reason is Reason.MEMORY
    assert "more than the 350 MB of memory" in failed.value.told(str)
    assert printed.pages == 1


def test_a_room_that_was_killed_is_opened_again(tmp_path):
    press = Press()
    try:
        press.warm()
        os.killpg(press._room.pid, signal.SIGKILL)
        between = press.print_to(tmp_path / "between.pdf", THIN)
        room = press._room.pid
        timer = threading.Timer(0.05, os.killpg, (room, signal.SIGKILL))
        timer.start()
        during = press.print_to(tmp_path / "during.pdf", GHENT)
    finally:
        press.close()

    assert between.pages == 1
    assert during.pages == 2


def test_a_room_ends_with_the_process_that_opened_it():
    code = (
        "import sys, time; from review_app.reports.printing.press import Press; p = Press(); p.warm(); "
        "print(p._room.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    room = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()

    deadline = time.monotonic() + 5
    while _is_alive(room) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(room)


def _is_alive(pid):
    """A process that ended but that nobody has asked about is not alive."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_two_people_may_ask_at_once(press, tmp_path):
    told = []

    def ask(number):
        told.append(press.print_to(tmp_path / f"{number}.pdf", THIN).sha256)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 3
    assert len(set(told)) == 1
