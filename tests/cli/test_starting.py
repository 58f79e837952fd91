"""`flask serve` and `flask worker` keep off data that is not theirs to serve."""

import json

import pytest
from sqlalchemy import text

from review_app.extensions import disk
from review_app.extensions.database import db
from review_app.services import restoring, schema
from tests import backup_world


@pytest.fixture
def made(template, tmp_path):
    return backup_world.site_in(tmp_path, template)


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize("revision", ["9999", schema.known()[0]])
def test_the_site_refuses_to_serve_a_schema_that_is_not_its_own(made, command, revision):
    if revision == schema.known()[-1]:
        pytest.skip("there is only one schema")
    site = made[0]
    with site.app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        db.session.commit()

    output, code = site.run(command, env={})

    assert code == 1
    assert output in (f"Error: {schema.foreign(revision)}\n", f"Error: {schema.behind(revision)}\n")


@pytest.mark.parametrize("words", [("serve",), ("worker",), ("db", "upgrade"), ("backup", "restore")])
def test_nothing_is_done_with_a_restore_that_is_half_done_but_to_finish_it(made, caplog, words):
    site, backup = made
    (site.data / restoring.MARKER).write_text(json.dumps({"ready": ".restoring-x", "old": "replaced-x", "coming": []}))

    output, code = site.run(*words, *([backup, "--replace", "--yes"] if "restore" in words else []))

    assert code == 1
    assert restoring.unfinished(site.data) in f"{output}{caplog.text}"


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_is_served_while_a_backup_is_being_restored(made, command):
    site = made[0]

    with disk.hold(site.data / restoring.IN_USE):
        output, code = site.run(command)

    assert (output, code) == (f"Error: A backup is being restored into {site.data}.\n", 1)
