"""`flask reports build` prints any review at any stage; what cannot be done is said in a sentence."""

import pytest

from review_app.domain import method_file
from review_app.reports.kinds import registry
from review_app.reports.printing import press
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Printed


@pytest.fixture
def snapshots(monkeypatch):
    """What would be printed, instead of printing it."""
    seen = []

    def keep(path, snapshot, form, mode):
        seen.append(snapshot)
        return Printed(pages=2, sha256="a" * 64, seconds=0)

    monkeypatch.setattr(press, "print_to", keep)
    return seen


def _run(app, *words):
    return app.test_cli_runner().invoke(args=["reports", *words])


@pytest.mark.slow
def test_a_real_review_is_printed(app, tmp_path):
    out = tmp_path / "ghent.pdf"

    done = _run(app, "build", "ghent-2019", "--kind", "highlights", "--out", str(out))

    assert (done.exit_code, out.read_bytes()[:5]) == (0, b"%PDF-")


def test_a_published_review_is_printed_as_published(app, world, snapshots, tmp_path):
    done = _run(app, "build", world["published"], "--out", str(tmp_path / "a.pdf"))

    assert (done.exit_code, snapshots[0].number, snapshots[0].draft) == (0, 1, None)


def test_any_other_review_is_printed_as_a_draft_of_the_command_line(app, world, snapshots, tmp_path):
    for stage in ("draft", "visiting", "fact_check", "on_hold", "cancelled"):
        _run(app, "build", world[stage], "--out", str(tmp_path / "a.pdf"))

    assert [one.draft.made_by for one in snapshots] == ["command line"] * 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "There is no review with the reference “nowhere”."),
        (
            ["ghent-2019", "--kind", "novel"],
            "This method makes no report of the kind “novel”; it makes: highlights, feedback",
        ),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(app, tmp_path, words, sentence):
    done = _run(app, "build", *words, "--out", str(tmp_path / "a.pdf"))

    assert (done.exit_code, sentence in done.stderr) == (1, True)


def test_a_folder_that_is_not_there_is_said_in_a_sentence(app, tmp_path, monkeypatch):
    def no_folder(path, snapshot, form, mode):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(press, "print_to", no_folder)

    done = _run(app, "build", "ghent-2019", "--out", str(tmp_path / "no" / "a.pdf"))

    assert (done.exit_code, "cannot be written: No such file or directory." in done.stderr) == (1, True)


def test_a_failed_print_is_said_in_a_sentence(app, tmp_path, monkeypatch):
    def fail(path, snapshot, form, mode):
        raise PrintFailed(Reason.TIMEOUT)

    monkeypatch.setattr(press, "print_to", fail)

    done = _run(app, "build", "ghent-2019", "--out", str(tmp_path / "a.pdf"))

    assert (done.exit_code, done.stderr.startswith("The report took too long to print")) == (1, True)


def test_the_kinds_are_listed(app):
    done = _run(app, "kinds")

    made = method_file.load(method_file.FOLDER / "critical_friend_review.toml").reports
    assert done.output.splitlines() == [
        f"{name}  {registry.KINDS[name].title}" for name in sorted({*made, "synthesis"})
    ]
