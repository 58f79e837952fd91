"""The world again as it was, without a new application: tables of cases run in one."""

import shutil

import pytest

from review_app.extensions.database import db
from tests.conftest import DATABASE


@pytest.fixture
def again(app, template):
    """Put the database back as it was when the test began."""

    def restore():
        data = app.config["SETTINGS"].data_dir
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (data / name).unlink(missing_ok=True)
        shutil.copyfile(template, data / DATABASE)
        shutil.rmtree(data / "mail", ignore_errors=True)

    return restore
