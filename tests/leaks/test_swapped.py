"""Which of two unnamed cities wrote which return: no byte that the host may fetch depends on it."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from review_app.domain.material import Issue
from review_app.domain.vocabulary import Attribution, Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.review import Review
from review_app.queries import report_material
from review_app.reports.frozen.freezing import freeze
from tests.leaks.crawl import addresses

CHANGING = re.compile(r'name="(?:nonce|csrf_token)" value="[^"]*"|/fact-check/comments/[\w-]{22}')
OUTSIDE = ("host contributor", "member")


def _stub(world, stage):
    nobody = dict.fromkeys(("peer", "lead_reviewer", "host_coordinator"), "A" * 22)
    return SimpleNamespace(ref=world[stage], review_id=0, person_keys=nobody, keys={"message": "A" * 22})


def _everything(app, world, stage, clients):
    paths = addresses(app, _stub(world, stage))
    return {
        (who, path): (answer.status_code, CHANGING.sub("", answer.text))
        for who, client in clients.items()
        for path in paths
        if (answer := client.get(path))
    }


def _coordinator(app, world, stage):
    """The address of whoever coordinates the host in this story."""
    with app.app_context():
        rows = world.review(stage).participants
        return next(row.person.email for row in rows if row.role.value == "host_coordinator")


def _two_returns(app, world, stage):
    with app.app_context():
        review = world.review(stage)
        rows = db.session.scalars(select(Return).where(Return.review_id == review.id).order_by(Return.id)).all()[:2]
        numbers = [row.id for row in rows]
        db.session.execute(
            update(FeedbackItem)
            .where(FeedbackItem.return_id.in_(numbers))
            .values(attribution=Attribution.ANONYMOUS, language="en")
        )
        first = db.session.scalars(select(FeedbackItem).where(FeedbackItem.return_id == numbers[0])).first()
        first.use = Use.HOST_ONLY
        db.session.commit()
    return numbers


def _swap(app, numbers):
    with app.app_context():
        one, other = (db.session.get_one(Return, number) for number in numbers)
        places = one.organisation_id, other.organisation_id
        # A city has one return a review: for a moment the first one lies with a city that takes no part.
        taken = select(Return.organisation_id).where(Return.review_id == one.review_id)
        free = db.session.scalars(select(Organisation.id).where(Organisation.id.not_in(taken))).first()
        for number, place in ((one.id, free), (other.id, places[0]), (one.id, places[1])):
            db.session.execute(update(Return).where(Return.id == number).values(organisation_id=place))
        db.session.commit()


@pytest.mark.drill
def test_two_returns_change_their_cities_and_the_host_sees_the_same(app, world, enter_as, again, amount, promise):
    different, looked = [], 0
    for stage in amount(quick=("fact_check",), full=("feedback", "drafting", "fact_check", "sign_off")):
        again()
        numbers = _two_returns(app, world, stage)
        clients = {who: enter_as(who) for who in (_coordinator(app, world, stage), *OUTSIDE)}
        clients["anybody"] = app.test_client()
        before = _everything(app, world, stage, clients)
        _swap(app, numbers)
        after = _everything(app, world, stage, clients)
        different += [one for one in before if before[one] != after[one]]
        looked += len(before)

    promise("leaks", len(different), of=looked)
    assert different == []


@pytest.mark.drill
def test_the_published_report_is_the_same_after_the_swap(app, world, promise):
    numbers, frozen = _two_returns(app, world, "published"), []
    for _time in range(2):
        with app.app_context():
            review = db.session.scalars(select(Review).where(Review.ref == world["published"])).one()
            issue = Issue(number=1, on=review.published_at.date(), level=review.level)
            frozen.append(freeze(report_material.of(review), issue).to_bytes())
        _swap(app, numbers)

    promise("leaks", int(frozen[0] != frozen[1]), of=1)
    assert frozen[0] == frozen[1]
