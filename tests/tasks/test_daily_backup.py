"""The worker makes a backup a day where BACKUP_DIR says, and keeps as many as it is told."""

from datetime import timedelta

import pytest

from review_app.models.base import as_of, utc_now
from review_app.services import backups
from review_app.tasks import sweeping
from tests import backup_world


@pytest.fixture
def site(template, tmp_path):
    made, _backup = backup_world.site_in(tmp_path, template)
    settings = made.app.config["SETTINGS"]
    settings.backup_dir, settings.backup_keep = str(tmp_path / "elsewhere"), 2
    yield made
    made.rest()


def moments(site):
    return [made.manifest.made_at for made in backups.all_in(site.app.config["SETTINGS"].backups_dir)]


def sweep_at(site, moment):
    with as_of(moment):
        sweeping.sweep(site.app)


def test_the_worker_backs_up_once_a_day_and_keeps_the_newest(site):
    now = utc_now()

    for hours in (0, 1, 23, 24, 25, 50):
        sweep_at(site, now + timedelta(hours=hours))

    assert moments(site) == [now + timedelta(hours=24), now + timedelta(hours=50)]


def test_the_worker_makes_no_backup_where_it_is_not_told_to(site, tmp_path):
    site.app.config["SETTINGS"].backup_dir = ""

    sweeping.sweep(site.app)

    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_that_fails_keeps_no_other_duty_back_and_is_tried_again(site, tmp_path):
    (tmp_path / "elsewhere").write_text("in the way")
    sweeping.sweep(site.app)
    (tmp_path / "elsewhere").unlink()

    sweeping.sweep(site.app)

    assert len(moments(site)) == 1
