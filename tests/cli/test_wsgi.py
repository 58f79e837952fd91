"""The way in for a server: it opens where everything is set, and says in a sentence what is not."""

import os
import subprocess
import sys

from review_app.reports.materials import PROJECT

CODE = "import wsgi; print(wsgi.app.name)"


def _opened(**given):
    return subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"]} | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_of_its_own_is_told_what_is_missing(tmp_path):
    told = _opened(DATA_DIR=str(tmp_path))

    assert told.returncode == 1
    assert "SECRET_KEY" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_server_of_its_own_opens_where_all_is_set(tmp_path):
    told = _opened(DATA_DIR=str(tmp_path), SECRET_KEY="k" * 32, BASE_URL="https://reviews.example.org")

    assert told.stdout.strip() == "review_app"
