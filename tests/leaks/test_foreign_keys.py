"""A key of another review opens nothing and changes nothing here: every route that takes one, as those it is for."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.base import Base
from review_app.models.review import Review
from review_app.services import sessions
from tests.leaks import planting, reference
from tests.leaks.crawl import WORD, body_of

# Where somebody may take what a route does, so that nothing but the key stands in the way: stage, role, whose key.
CASES = {
    "feedback.edit": ("feedback", reference.PEER, "item third"),
    "feedback.save": ("feedback", reference.PEER, "item third"),
    "feedback.drop": ("feedback", reference.PEER, "item third"),
    "messages.edit": ("fact_check", reference.RAPPORTEUR, "message"),
    "messages.create": ("fact_check", reference.RAPPORTEUR, "message"),
    "messages.save": ("fact_check", reference.RAPPORTEUR, "message"),
    "messages.release": ("fact_check", reference.RAPPORTEUR, "message"),
    "messages.order": ("fact_check", reference.RAPPORTEUR, "message"),
    "messages.drop": ("fact_check", reference.RAPPORTEUR, "message"),
    "facts.edit": ("fact_check", reference.HOST, "comment"),
    "facts.comment": ("fact_check", reference.HOST, "comment"),
    "facts.drop": ("fact_check", reference.HOST, "comment"),
    "facts.answer_page": ("fact_check", reference.RAPPORTEUR, "comment"),
    "facts.answer": ("fact_check", reference.RAPPORTEUR, "comment"),
    "attachments.edit_practice": ("preparing", reference.HOST, "file practice"),
    "attachments.save_practice": ("preparing", reference.HOST, "file practice"),
    "attachments.remove_practice": ("preparing", reference.HOST, "file practice"),
    "attachments.download_practice": ("preparing", reference.HOST, "file practice"),
    "attachments.picture_practice": ("preparing", reference.HOST, "file practice"),
    "attachments.edit_item": ("feedback", reference.PEER, "file report"),
    "attachments.save_item": ("feedback", reference.PEER, "file report"),
    "attachments.remove_item": ("feedback", reference.PEER, "file report"),
    "attachments.download_return": ("fact_check", reference.RAPPORTEUR, "file report"),
    "attachments.picture_return": ("fact_check", reference.RAPPORTEUR, "file report"),
    "versions.item": ("feedback", reference.PEER, "item other_peer"),
    "versions.item_in_full": ("feedback", reference.PEER, "item other_peer"),
    "versions.put_item_back": ("feedback", reference.PEER, "item other_peer"),
    "versions.message": ("fact_check", reference.RAPPORTEUR, "message"),
    "versions.message_in_full": ("fact_check", reference.RAPPORTEUR, "message"),
    "versions.put_message_back": ("fact_check", reference.RAPPORTEUR, "message"),
    "versions.comment": ("fact_check", reference.HOST, "comment"),
    "versions.comment_in_full": ("fact_check", reference.HOST, "comment"),
    "versions.put_comment_back": ("fact_check", reference.HOST, "comment"),
    "versions.answer": ("fact_check", reference.RAPPORTEUR, "comment"),
    "versions.answer_in_full": ("fact_check", reference.RAPPORTEUR, "comment"),
    "versions.put_answer_back": ("fact_check", reference.RAPPORTEUR, "comment"),
    "cities.withdraw_page": ("recruiting", reference.SECRETARIAT, "city peer"),
    "cities.withdraw": ("recruiting", reference.SECRETARIAT, "city peer"),
    "desk.remind": ("recruiting", reference.SECRETARIAT, "city peer"),
    "team.dismiss_page": ("recruiting", reference.SECRETARIAT, "person"),
    "team.dismiss": ("recruiting", reference.SECRETARIAT, "person"),
}
KEYS = {"key", "city_key"}
TYPED = {
    "kind": "challenge", "headline": "Typed", "explanation": "Typed", "question": "1", "attribution": "city",
    "use": "report", "language": "en", "body": "Typed", "about": "part:saw", "comment": "Typed", "answer": "adopted",
    "reason": "Typed", "item": "", "direction": "up", "version": "1",
}  # fmt: skip


def _with_keys(app):
    return {
        rule.endpoint: rule for rule in app.url_map.iter_rules() if "ref" in rule.arguments and rule.arguments & KEYS
    }


def test_every_route_with_a_key_is_tried(app):
    assert set(_with_keys(app)) == set(CASES)


@pytest.fixture
def two(app, again):
    """Plant a review at a stage and another elsewhere, and return both with a client of one role."""

    def make(stage, role):
        again()
        with app.app_context():
            planted = [_planted(stage), _planted("sign_off")]
            token = sessions.begin(planted[0].people[role])
            db.session.commit()
            planted[1].keys["person"] = planted[1].people[reference.LEAD].key
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return (*planted, client)

    return make


def _planted(stage):
    review = db.session.scalars(select(Review).where(Review.stage == stage, Review.fictional)).first()
    planting.deadline_of(review, late=False)
    return planting.plant(review, reference.Standing(review.standing, released=True))


def _rows(app):
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in ("sign_in", "submission")]
        return {table.name: sorted(map(str, db.session.execute(select(table)))) for table in tables}


@pytest.mark.drill
def test_a_key_of_another_review_opens_nothing(app, two, promise):
    wrong = []
    for stage, role in sorted({case[:2] for case in CASES.values()}):
        here, elsewhere, client = two(stage, role)
        before = _rows(app)
        for endpoint, rule in _with_keys(app).items():
            if CASES[endpoint][:2] == (stage, role):
                method, path = _address(app, rule, here, elsewhere, CASES[endpoint][2])
                answer = client.open(path, method=method, data=TYPED if method == "POST" else None)
                words = {canary.word for canary in elsewhere.canaries} & set(WORD.findall(body_of(answer.data)))
                # What somebody else has removed meanwhile answers 422 with the typed text; so does one elsewhere.
                if answer.status_code not in (403, 404, 409, 422) or words:
                    wrong.append(f"{method} {rule.rule}: {answer.status_code} {words}")
        if _rows(app) != before:
            wrong.append(f"{role} at {stage} has changed another review")

    promise("leaks", len(wrong), of=len(CASES))
    assert wrong == []


def _address(app, rule, here, elsewhere, kind):
    values = {"ref": here.ref} | dict.fromkeys(rule.arguments & KEYS, elsewhere.keys[kind])
    values |= dict.fromkeys(rule.arguments & {"item"}, here.keys["item peer"])
    values |= dict.fromkeys(rule.arguments & {"number"}, planting.VERSION + elsewhere.review_id)
    values |= dict.fromkeys(rule.arguments & {"role"}, "lead_reviewer")
    method = "POST" if "POST" in rule.methods else "GET"
    return method, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


@pytest.mark.parametrize("where", ["report.pdf", "report/progress"])
def test_a_report_of_another_review_is_missing_here(app, two, where):
    here, _elsewhere, client = two("fact_check", reference.SECRETARIAT)
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.stage == "published", Review.fictional)).first()
        planted = planting.plant(review, reference.Standing("published", released=True, level="public"))
        db.session.commit()

    assert client.get(f"/reviews/{here.ref}/{where}?report={planted.keys['report']}").status_code == 404


def test_items_of_another_review_cannot_be_put_into_a_message(app, two):
    here, elsewhere, client = two("fact_check", reference.RAPPORTEUR)
    before = _rows(app)

    answer = client.post(
        f"/reviews/{here.ref}/messages/join",
        data={"message": here.keys["message"], "item": [elsewhere.keys["item third"]]},
    )

    assert (answer.status_code, _rows(app) == before) == (422, True)
