"""The move to prints in two forms and two lanes: with rows in it, there and back."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from review_app.extensions.database import db
from tests.storage import sample_rows

LONG = "a" * 150_000


def test_prints_keep_their_place_and_the_way_back_has_a_word_for_each(bare_app):
    with bare_app.app_context():
        upgrade(revision="0005")
        with db.engine.begin() as connection:
            sample_rows.fill(connection)
            for number, (snapshot, digest) in enumerate((("short", "s"), (LONG, "l")), start=11):
                sample_rows.insert(connection, "report", number, snapshot=snapshot, digest=digest)
                sample_rows.insert(connection, "rendering", number, digest=digest, progress="waiting")
        upgrade(revision="0006")
        lanes = _rows("SELECT digest, form, lane FROM rendering WHERE digest IN ('s', 'l') ORDER BY digest")
        with db.engine.begin() as connection:
            sample_rows.insert(connection, "rendering", 21, digest="s", form="pdfa", lane="quick")
            sample_rows.insert(connection, "report", 22, digest="ahead", ahead=True)
            sample_rows.insert(connection, "rendering", 22, digest="ahead", form="pdf", lane="quick")
            connection.execute(text("UPDATE rendering SET progress = 'cancelled' WHERE digest = 'l'"))
        downgrade(revision="0005")
        left = _rows("SELECT digest, progress FROM rendering WHERE digest IN ('s', 'l', 'ahead') ORDER BY digest")
        reports = _rows("SELECT digest FROM report WHERE digest IN ('s', 'l', 'ahead') ORDER BY digest")

    assert lanes == [("l", "pdf", "long"), ("s", "pdf", "quick")]
    assert left == [("l", "failed"), ("s", "waiting")]
    assert reports == [("l",), ("s",)]


def _rows(query):
    found = [tuple(row) for row in db.session.execute(text(query))]
    db.session.rollback()
    return found
