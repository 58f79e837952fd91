"""Who saw what: every page that is not public leaves an entry when it was served, and none when it was not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from review_app.domain import visibility
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.base import as_of, utc_now
from review_app.models.publishing import Progress, Rendering, Report
from review_app.models.review import Review
from review_app.queries import seats
from review_app.services import publishing, renderings
from review_app.world.network import PASSWORD
from tests import audit_rows as trail

# Written down once more, by hand: which address shows what. "own return" is what a peer sees of its own city.
SHOWN = {
    "": "review",
    "/practice": "practice",
    "/practice/summary/history": "practice",
    "/figures": "practice",
    "/scope": "review",
    "/dates": "review",
    "/questions": "review",
    "/cities": "team",
    "/team": "team",
    "/feedback": "own return",
    "/feedback/send": "own return",
    "/returns": "return",
    "/messages": "message",
    "/fact-check": "fact check",
    "/report/texts": "draft report",
    "/record": "journal",
    "/seen": "audit trail",
    "/actions/put-on-hold": "review",
}
ROLES = (
    "secretariat",
    "host coordinator",
    "host contributor",
    "peer",
    "lead reviewer",
    "rapporteur",
    "observer",
    "member",
)
STAGES = ("scoping", "recruiting", "preparing", "feedback", "drafting", "fact_check", "sign_off", "published", "closed")


def test_a_page_that_was_served_is_in_the_trail(app, enter_as, world):
    enter_as("lead reviewer").get(f"/reviews/{world['drafting']}/record")

    with app.app_context():
        assert trail.views(world.email("lead reviewer")) == [(world["drafting"], "journal", "", "saw")]


def test_a_page_that_is_missing_or_hidden_is_not(app, enter_as, world):
    peer = enter_as("peer")
    for page in (f"{world['feedback']}/record", f"{world['draft']}", "no-such-review", f"{world['feedback']}/seen"):
        assert peer.get(f"/reviews/{page}").status_code == 404

    with app.app_context():
        assert trail.views(world.email("peer")) == []


def test_a_page_that_leads_elsewhere_is_not(app, enter_as, world):
    answer = enter_as("secretariat").get(f"/reviews/{world['sign_off']}/actions/publish")

    assert answer.status_code == 303
    with app.app_context():
        assert trail.views(world.email("secretariat")) == []


def test_looking_again_writes_nothing_and_asks_nothing_more(app, enter_as, world, statements):
    lead, page = enter_as("lead reviewer"), f"/reviews/{world['drafting']}/record"
    lead.get(page)
    statements.clear()

    lead.get(page)

    assert [one for one in statements if "audit" in one] == []
    with app.app_context():
        assert len(trail.views(world.email("lead reviewer"))) == 1


def test_after_a_restart_looking_again_counts_no_second_time(app, enter_as, world):
    lead, page = enter_as("lead reviewer"), f"/reviews/{world['drafting']}/record"
    lead.get(page)
    app.extensions["sights"].known.clear()

    lead.get(page)

    with app.app_context():
        assert len(trail.views(world.email("lead reviewer"))) == 1


def test_the_next_day_counts_anew(app, enter_as, world):
    lead, page = enter_as("lead reviewer"), f"/reviews/{world['drafting']}/record"
    lead.get(page)

    with as_of(utc_now() + timedelta(hours=25)):
        enter_as("lead reviewer").get(page)

    with app.app_context():
        assert len(trail.views(world.email("lead reviewer"))) == 2


def test_what_everybody_may_read_is_not_counted(app, enter_as, world):
    ref = _public(app)
    assert enter_as("member").get(f"/reviews/{ref}").status_code == 200
    for who in ("member", "secretariat"):
        assert enter_as(who).get(f"/reviews/{ref}/report").status_code == 200
    assert app.test_client().get(f"/reviews/{ref}").status_code == 200

    with app.app_context():
        assert trail.views() == []


def _public(app):
    with app.app_context():
        reviews = db.session.scalars(select(Review).where(Review.fictional, Review.published_at.is_not(None)))
        return next(one.ref for one in reviews if seats.seat_at(one, None).sees(Thing.REPORT) is not Reach.NONE)


def test_a_city_that_writes_does_not_stand_among_the_readers_of_returns(app, enter_as, world):
    enter_as("peer").get(f"/reviews/{world['feedback']}/feedback")
    enter_as("peer").get(f"/reviews/{world['feedback']}/returns")
    enter_as("rapporteur").get(f"/reviews/{world['drafting']}/returns")

    with app.app_context():
        assert trail.views() == [
            (world["feedback"], "own return", "", "saw"),
            (world["drafting"], "return", "", "saw"),
        ]


def test_a_message_that_shows_its_sources_shows_the_authors(app, enter_as, world):
    enter_as("rapporteur").get(f"/reviews/{world['drafting']}/messages")
    enter_as("host coordinator").get(f"/reviews/{world['fact_check']}/messages")

    with app.app_context():
        assert trail.views() == [
            (world["drafting"], "message", "", "saw"),
            (world["drafting"], "return", "", "saw"),
            (world["fact_check"], "message", "", "saw"),
        ]


def test_notes_for_the_host_alone_are_counted_apart(app, enter_as, world):
    enter_as("host coordinator").get(f"/reviews/{world['fact_check']}/fact-check")

    with app.app_context():
        assert (world["fact_check"], "host note", "", "saw") in trail.views()


def test_lists_of_the_network_are_counted(app, enter_as, world):
    secretariat = enter_as("secretariat")
    for page in ("/reviews", "/desk", "/network", "/network/people", "/privacy", "/account"):
        assert secretariat.get(page).status_code == 200

    with app.app_context():
        found = trail.views()
    assert found == [
        ("", "list of reviews", "", "saw"),
        ("", "desk", "", "saw"),
        ("", "organisations", "", "saw"),
        ("", "people", "", "saw"),
    ]


def test_a_report_that_was_downloaded_is_named_by_its_key(app, enter_as, world):
    with app.app_context():
        seat = seats.seat_at(world.review("drafting"), world.person("rapporteur"))
        report = publishing.print_draft(seat)
        key, digest = report.key, report.digest
        folder = app.config["SETTINGS"].reports_dir
        row = db.session.scalars(select(Rendering).where(Rendering.digest == digest)).one()
        row.progress, row.done_at = Progress.DONE, utc_now()
        file = renderings.file_of(digest, folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%PDF-1.7")
        db.session.commit()

    assert enter_as("rapporteur").get(f"/reviews/{world['drafting']}/report.pdf").status_code == 200

    with app.app_context():
        assert trail.views() == [(world["drafting"], "draft report", key, "downloaded")]
        assert db.session.scalar(select(Report.key).where(Report.key == key)) == key


def test_signing_in_leaves_neither_password_nor_token_nor_address(app, client, world):
    client.post("/sign-in", data={"email": world.email("peer"), "password": PASSWORD})

    with app.app_context():
        row = trail.entries()[-1]
        assert row.action == "sign in"
        cells = " ".join(str(value) for value in row)
    assert not any(secret in cells for secret in (PASSWORD, world.email("peer"), "127.0.0.1"))


def test_a_wrong_password_leaves_no_entry(app, client, world):
    with app.app_context():
        before = trail.last()

    client.post("/sign-in", data={"email": world.email("peer"), "password": "wrong"})

    with app.app_context():
        assert trail.last() == before


@pytest.mark.drill
def test_no_page_is_served_without_an_entry_and_no_entry_is_there_without_a_page(app, enter_as, world, promise, amount):
    stages = STAGES[:: amount(quick=3, full=1)]
    expected, looked = set(), 0
    for role in ROLES:
        visitor = enter_as(role)
        for stage in stages:
            for page, thing in SHOWN.items():
                answer = visitor.get(f"/reviews/{world[stage]}{page}")
                shown = _shown(answer, thing)
                if shown and not _is_public(app, world[stage], shown):
                    expected.add((world.email(role), world[stage], shown))
                    looked += 1

    with app.app_context():
        found = {
            (role_email, ref, thing)
            for role_email in map(world.email, ROLES)
            for ref, thing, _key, _action in trail.views(role_email)
        }
    missed = expected - found
    promise("audit_misses", len(missed), of=looked)
    assert looked > 50
    assert missed == set()
    beyond = {(email, ref) for email, ref, _thing in found} - {(email, ref) for email, ref, _thing in expected}
    assert beyond == set()


def _shown(answer, thing):
    """A page of returns without a return shows none, and one before the deadline that of the reader's own city."""
    if answer.status_code != 200 or (thing == "return" and 'id="city-' not in answer.text):
        return ""
    return "own return" if thing == "return" and "Until the deadline you read" in answer.text else thing


def _is_public(app, ref, thing):
    with app.app_context():
        review = db.session.scalars(select(Review).where(Review.ref == ref)).one()
        known = thing if thing in set(Thing) else Thing.RETURN
        return visibility.reach(Thing(known), {Role.PUBLIC}, seats.moment_of(review)) is not Reach.NONE
