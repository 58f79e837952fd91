"""A word of its own in every text of a review: no exit shows it outside the table, and those inside it find it."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.review import Mark, Review
from review_app.queries import reports, seats
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.printing import press
from review_app.services import publishing, renderings, sessions
from tests import letter_box
from tests.leaks import canaries, planting, reference
from tests.leaks.crawl import Crawl, addresses

STAGES = (*reference.STAGES, "on_hold", "cancelled")
PUBLISHED = ("published", "responding", "following_up", "closed")
QUICK = (("fact_check", {}), ("published", {"level": "members"}))
FULL = (
    *((stage, {}) for stage in STAGES),
    ("feedback", {"late": False}),
    ("feedback", {"late": True}),
    *(
        ("published", {"level": level, "embargoed": embargoed})
        for level in ("participants", "members", "public")
        for embargoed in (False, True)
    ),
)


@pytest.fixture
def settled(app, again):
    """Return a review planted at a stage, with a second one elsewhere, printed where there is a report."""

    def settle(stage, *, prints=False, **more):
        again()
        letter_box.empty(app)
        with app.app_context():
            planted, other = _plant(stage, more), _plant("sign_off" if stage != "sign_off" else "drafting", {})
            for one in (planted, other):
                one.person_keys = {role: person.key for role, person in one.people.items()}
            tokens = {role: sessions.begin(person) for role, person in planted.people.items()}
            if prints:
                _print(app, planted)
            db.session.commit()
        return planted, other, {role: _client(app, tokens.get(role)) for role in reference.ROLES}

    return settle


def _plant(stage, more):
    review = db.session.scalars(
        select(Review).where(Review.stage == stage, Review.fictional).order_by(Review.id)
    ).first()
    now = reference.Standing(review.standing, **more)
    if review.published_at:
        now.level = review.level = more.get("level", "public")
        review.embargo_until = utc_now().replace(year=utc_now().year + 1) if now.embargoed else None
    now.released = bool(
        db.session.scalar(select(Mark.id).where(Mark.review_id == review.id, Mark.name == "practice released"))
    )
    planting.deadline_of(review, late=now.late)
    return planting.plant(review, now)


def _print(app, planted):
    """Print the published report, or a draft that the rapporteur asked for."""
    review = db.session.get_one(Review, planted.review_id)
    report = reports.published(review)
    if report is None:
        report = publishing.print_draft(seats.seat_at(review, planted.people[reference.RAPPORTEUR]))
        planted.keys["report"] = report.key
    folder = app.config["SETTINGS"].reports_dir
    folder.mkdir(parents=True, exist_ok=True)
    path = renderings.file_of(report.digest, folder)
    renderings.finish(report.digest, press.print_to(path, Snapshot.model_validate_json(report.snapshot)))


def _client(app, token):
    client = app.test_client()
    if token:
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _elsewhere(role):
    """What somebody of one review is in another."""
    return role if role in (reference.SECRETARIAT, reference.PUBLIC) else reference.MEMBER


def _choosing(role, canary):
    """Whoever may invite a city chooses among the names of all organisations."""
    return role if canary.column.startswith("organisation.") else ""


@pytest.mark.drill
def test_every_word_is_found_by_those_of_the_table_and_by_nobody_else(app, settled, amount, promise):
    leaks, unseen, looked = [], [], 0
    for stage, more in amount(quick=QUICK, full=FULL):
        planted, other, clients = settled(stage, prints=stage in ("published", "fact_check"), **more)
        keys = [canary.word for one in (planted, other) for canary in one.canaries if len(canary.word) == 22]
        paths = addresses(app, planted, amount(quick=(), full=(other,)))
        for role, client in clients.items():
            crawl = Crawl(keys)
            crawl.visit(client, paths)
            looked += crawl.exits
            for canary in planted.canaries:
                if canary.word in crawl.found and role not in canary.may:
                    leaks.append(f"{stage} {more}: {role} finds {canary.column} at {crawl.found[canary.word][:3]}")
                if canary.word not in crawl.found and role in canary.must:
                    unseen.append(f"{stage} {more}: {role} does not find {canary.column} {canary.word}")
            leaks += [
                f"{stage} {more}: {role} of another review finds {canary.column} at {crawl.found[canary.word][:3]}"
                for canary in other.canaries
                if canary.word in crawl.found and not {_elsewhere(role), _choosing(role, canary)} & canary.may
            ]

    promise("leaks", len(leaks), of=looked)
    assert "\n".join(sorted(set(leaks))) == ""
    assert "\n".join(sorted(set(unseen))) == ""


def test_every_text_column_carries_a_word(app, settled):
    planted, *_rest = settled("published")

    assert canaries.not_covered(planted.canaries) == set()


@pytest.mark.drill
def test_a_search_for_hidden_words_is_a_search_for_nothing(settled, promise):
    """List, count and page numbers are made of what this person sees: with a hidden word as with no word at all."""
    planted, other, clients = settled("preparing")
    wrong, looked = [], 0
    for role, client in clients.items():
        for one, as_role in ((planted, role), (other, _elsewhere(role))):
            for canary in (c for c in one.canaries if c.column in ("review.title", "review_city.named")):
                found = client.get(f"/reviews?q={canary.word}").text
                nothing = client.get(f"/reviews?q={canary.word[::-1]}").text
                looked += 1
                hidden = found.replace(canary.word, "") == nothing.replace(canary.word[::-1], "")
                if hidden == (as_role in canary.may):
                    wrong.append(f"{role} searches for {canary.column}")

    promise("leaks", len(wrong), of=looked)
    assert wrong == []


@pytest.mark.drill
@pytest.mark.parametrize("stage", ["on_hold", "cancelled"])
def test_the_reason_of_a_pause_is_for_those_who_read_the_record(settled, stage, promise):
    planted, _other, clients = settled(stage)
    reasons = [canary for canary in planted.canaries if canary.column == "journal_entry.reason"]
    readers = {
        role
        for role, client in clients.items()
        for canary in reasons
        if canary.word in client.get(f"/reviews/{planted.ref}").text
    }

    promise("leaks", len(readers - reasons[0].may), of=len(clients))
    assert readers == reasons[0].may
