"""The move to a name of its own for each text in the history: with rows in it, there and back."""

import json

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from review_app.extensions.database import db

ROWS = (
    ("review", 7, 1, {"title": "One"}),
    ("review", 7, 2, {"questions": [["Who?", ""]]}),
    ("review", 7, 3, {"title": "Two"}),
    ("report_text", 4, 1, {"host_word": "Thanks"}),
    ("message", 9, 1, {"headline": "A"}),
)


def test_each_text_has_its_own_versions_and_the_way_back_loses_none(bare_app):
    with bare_app.app_context():
        upgrade(revision="0004")
        for row, (thing, number, version, content) in enumerate(ROWS, start=1):
            db.session.execute(
                text(
                    "INSERT INTO revision (id, thing, thing_id, number, content, at)"
                    " VALUES (:id, :thing, :number, :version, :content, '2026-05-20 10:00:00+00:00')"
                ),
                {"id": row, "thing": thing, "number": number, "version": version, "content": json.dumps(content)},
            )
        db.session.commit()
        upgrade()
        parted = _things()
        downgrade(revision="0004")
        joined = _things()
        upgrade()
        again = _things()

    assert parted == ["review", "review.questions", "review", "report_text.host_word", "message"]
    assert joined == [thing for thing, *_rest in ROWS]
    assert again == parted


def _things():
    found = [one for (one,) in db.session.execute(text("SELECT thing FROM revision ORDER BY id"))]
    db.session.rollback()
    return found
