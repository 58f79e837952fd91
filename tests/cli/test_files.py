"""What an operator may name for a file: every trouble is one sentence and status 1, nothing is waited for."""

import os
import socket
from contextlib import contextmanager

import pytest

from review_app.config import Settings

NO_PLAIN_FILE = "it is no plain file"
COMMANDS = [("reviews", "import"), ("methods", "check")]


@pytest.fixture
def run(empty_app):
    runner = empty_app.test_cli_runner()

    def invoke(*words):
        answer = runner.invoke(args=[*words])
        return answer.exit_code, answer.output

    return invoke


@contextmanager
def open_folder(path):
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def folder(path):
    path.mkdir()


def pipe(path):
    os.mkfifo(path)


def device_of_talk(path):
    # A path of a socket is short: bound by a short way to its folder.
    with socket.socket(socket.AF_UNIX) as made, open_folder(path.parent) as short:
        made.bind(f"/proc/self/fd/{short}/{path.name}")


def circle(path):
    path.symlink_to(path)


def nothing(path):
    pass


TROUBLES = [
    (folder, NO_PLAIN_FILE),
    (pipe, NO_PLAIN_FILE),
    (device_of_talk, "No such device or address"),
    (circle, "Too many levels of symbolic links"),
    (nothing, "No such file or directory"),
]


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
@pytest.mark.parametrize(("make", "sentence"), TROUBLES, ids=[make.__name__ for make, _sentence in TROUBLES])
def test_an_operator_names_what_is_no_file(run, tmp_path, command, make, sentence):
    path = tmp_path / "given"
    make(path)

    assert run(*command, str(path)) == (1, f"Error: {path} cannot be read: {sentence}.\n")


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_an_operator_names_a_device(run, command):
    assert run(*command, "/dev/zero") == (1, f"Error: /dev/zero cannot be read: {NO_PLAIN_FILE}.\n")


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_an_operator_names_what_can_be_no_name(run, command):
    assert run(*command, "a\0b") == (1, "Error: This is not the name of a file.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_an_operator_names_a_file_of_somebody_else(run, tmp_path, command):
    path = tmp_path / "given"
    path.write_text("{}")
    path.chmod(0)

    assert run(*command, str(path)) == (1, f"Error: {path} cannot be read: Permission denied.\n")


def test_an_operator_names_a_name_that_is_too_long(run):
    assert run("reviews", "import", "n" * 300) == (1, f"Error: {'n' * 300} cannot be read: File name too long.\n")


def test_the_largest_import_is_a_setting(empty_app, run, tmp_path):
    given = tmp_path / "given.json"
    given.write_bytes(b" " * 1001)
    empty_app.config["SETTINGS"] = Settings(import_bytes=1000)

    assert run("reviews", "import", str(given)) == (
        1,
        "Error: given.json was not taken in, nothing was changed:\n  The file is larger than 1,000 bytes.\n",
    )


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\xff", "cannot work:\nmethod.toml: not a TOML file: "),
        (b"a = " + b"[" * 100_000, "cannot work:\nmethod.toml: nested too deeply\n"),
        (b"\0", "cannot work:\nmethod.toml: not a TOML file: "),
        (b"name = 1", "cannot work:\ndefinition: "),
        (b"#" * 300_000, "cannot be read: it is larger than 200,000 bytes.\n"),
    ],
    ids=["bytes", "deep", "zero", "no method", "large"],
)
def test_a_hostile_method_file_is_told_its_fault(run, tmp_path, raw, sentence):
    (tmp_path / "method.toml").write_bytes(raw)

    code, output = run("methods", "check", str(tmp_path / "method.toml"))

    assert (code, output[: len(sentence) + 19]) == (1, f"Error: method.toml {sentence}")
