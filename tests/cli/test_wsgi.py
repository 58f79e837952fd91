"""The way in for a server: it opens where everything is set, and says in a sentence what is not."""

import os
import subprocess
import sys

from review_app.reports.materials import PROJECT

CODE = "import wsgi; print(wsgi.app.name)"


def test_a_server_of_its_own_is_told_what_is_missing(tmp_path):
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}

    told = subprocess.run([sys.executable, "-c", CODE], cwd=PROJECT, env=bare, capture_output=True, text=True)

    assert told.returncode == 1
    assert "SECRET_KEY" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_server_of_its_own_opens_prepared_data(tmp_path):
    given = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 32, "BASE_URL": "https://reviews.example.org"}
    run = {"cwd": PROJECT, "env": os.environ | given, "capture_output": True, "text": True, "check": True}

    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"], **run)

    assert subprocess.run([sys.executable, "-c", CODE], **run).stdout.strip() == "review_app"
