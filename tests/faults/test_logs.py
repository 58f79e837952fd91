"""A log that cannot be written is a log that says nothing; the answer is whole."""

import io
from pathlib import Path

import pytest
import structlog

from review_app.extensions import logs

pytestmark = pytest.mark.faults


def test_a_full_disk_under_the_log_spoils_no_line_of_the_work(app, monkeypatch):
    with io.TextIOWrapper(Path("/dev/full").open("wb", buffering=0), write_through=True) as full:
        with pytest.raises(OSError, match="No space left"):
            full.write("x")
        monkeypatch.setattr("sys.stderr", full)
        logs.bind(app)
        structlog.get_logger(__name__).error("something happened")
    monkeypatch.undo()
    logs.bind(app)


def test_a_log_that_was_closed_spoils_no_line_of_the_work(tmp_path):
    with (tmp_path / "log").open("w") as file:
        stream = logs.Forgiving(file)

    assert stream.write("something happened") == len("something happened")
    stream.flush()
