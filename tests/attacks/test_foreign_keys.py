"""A key of another review opens nothing and changes nothing, whoever works there and whichever route takes it."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.review import Review, ReviewCity
from review_app.models.synthesis import FactComment, Message

KEYS = {"key", "city_key"}
TYPED = {
    "kind": "challenge", "headline": "Typed", "explanation": "Typed", "question": "1", "attribution": "city",
    "use": "report", "language": "en", "body": "Typed", "about": "part:saw", "comment": "Typed", "answer": "adopted",
    "reason": "Typed", "item": "", "direction": "up", "version": "1",
}  # fmt: skip
WORKERS = (
    ("feedback", "peer"),
    ("recruiting", "secretariat"),
    ("drafting", "rapporteur"),
    ("fact_check", "rapporteur"),
    ("fact_check", "host coordinator"),
)
REFUSED = {403, 404, 409, 422}


def _keys_elsewhere(ref):
    """Keys of all other reviews, a few of each kind, by the room whose routes take that kind."""
    mine = select(Review.id).where(Review.ref == ref).scalar_subquery()
    queries = {
        "feedback": select(FeedbackItem.key).join(Return).where(Return.review_id != mine),
        "messages": select(Message.key).where(Message.review_id != mine),
        "facts": select(FactComment.key).where(FactComment.review_id != mine),
    }
    cities = select(ReviewCity.key).where(ReviewCity.review_id != mine)
    few = {room: db.session.scalars(query.order_by("key").limit(3)).all() for room, query in queries.items()}
    return few, db.session.scalars(cities.order_by("key").limit(3)).all()


def _rows():
    tables = [table for table in Base.metadata.sorted_tables if table.name not in ("sign_in", "submission")]
    return {table.name: sorted(map(str, db.session.execute(select(table)))) for table in tables}


def _addresses(app, ref, few, cities):
    for rule in app.url_map.iter_rules():
        if "ref" not in rule.arguments or not rule.arguments & KEYS:
            continue
        for key in few.get(rule.endpoint.split(".")[0], cities):
            values = {"ref": ref} | dict.fromkeys(rule.arguments & KEYS, key)
            values |= dict.fromkeys(rule.arguments & {"role"}, "lead_reviewer")
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


@pytest.mark.drill
@pytest.mark.parametrize(("stage", "role"), WORKERS)
def test_a_key_of_another_review_opens_nothing(app, world, enter_as, promise, stage, role):
    ref = world[stage]
    with app.app_context():
        few, cities = _keys_elsewhere(ref)
        before = _rows()
    client, tried, wrong = enter_as(role), 0, []
    for method, path in _addresses(app, ref, few, cities):
        status = client.open(path, method=method, data=TYPED if method == "POST" else None).status_code
        tried += 1
        if status not in REFUSED:
            wrong.append((method, path, status))

    promise("leaks", len(wrong), of=tried)
    assert wrong == []
    with app.app_context():
        assert _rows() == before
