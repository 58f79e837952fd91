"""The move to drafts of a synthesis without a number: with rows in it, there and back."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from review_app.extensions.database import db
from tests.storage import sample_rows

PRINTS = (("pdf", "waiting"), ("pdfa", "waiting"), ("pdfa", "done"))


def test_what_has_a_number_keeps_it_and_the_way_back_leaves_drafts_and_their_prints_out(bare_app):
    with bare_app.app_context():
        upgrade(revision="0008")
        with db.engine.begin() as connection:
            sample_rows.fill(connection)
        before = _editions()
        upgrade(revision="0009")
        kept = _editions()
        with db.engine.begin() as connection:
            for place, digest in enumerate(("d", "e"), start=11):
                _edition(connection, place, digest=digest, number=None)
            for place, digest in enumerate(("d", "other"), start=21):
                sample_rows.insert(connection, "rendering", place, digest=digest)
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            _edition(connection, 13, number=0)
        downgrade(revision="0008")
        after = _editions()
        prints = _rows("SELECT digest FROM rendering WHERE digest IN ('d', 'other')")
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            _edition(connection, 14, number=None)

    assert before == kept == after
    assert len(before) == 2
    assert prints == [("other",)]


def _edition(connection, place, *, number, **given):
    sample_rows.insert(connection, "synthesis_edition", place, **given)
    values = {"number": number, "place": place}
    connection.execute(text("UPDATE synthesis_edition SET number = :number WHERE id = :place"), values)


def _editions():
    return _rows("SELECT * FROM synthesis_edition ORDER BY id")


def _rows(query):
    found = [tuple(row) for row in db.session.execute(text(query))]
    db.session.rollback()
    return found


def test_drafts_made_ahead_go_on_the_way_back_and_those_somebody_asked_for_stay(bare_app):
    with bare_app.app_context():
        upgrade(revision="0009")
        with db.engine.begin() as connection:
            sample_rows.fill(connection)
            _edition(connection, 11, digest="asked", number=None)
            for place, (form, progress) in enumerate(PRINTS, start=31):
                sample_rows.insert(connection, "rendering", place, digest="n", form=form, progress=progress)
        before = _editions()
        upgrade(revision="0010")
        marked = _rows("SELECT id FROM synthesis_edition WHERE ahead")
        in_case = _rows("SELECT id FROM rendering WHERE ahead AND digest = 'n'")
        with db.engine.begin() as connection:
            _edition(connection, 12, digest="ahead", number=None)
            connection.execute(text("UPDATE synthesis_edition SET ahead = (id = 12)"))
            for place, digest in enumerate(("asked", "ahead"), start=21):
                sample_rows.insert(connection, "rendering", place, digest=digest)
        downgrade(revision="0009")
        after = _editions()
        prints = _rows("SELECT digest FROM rendering WHERE digest IN ('asked', 'ahead')")

    assert (marked, before) == ([], after)
    assert in_case == [(32,)]
    assert prints == [("asked",)]
