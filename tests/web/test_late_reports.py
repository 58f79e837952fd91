"""A review that was published without its feedback report: the secretariat issues it, nobody reads it before."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from review_app.domain.printing import Form
from review_app.domain.vocabulary import Attribution, Level
from review_app.extensions.database import db
from review_app.models.audit import AuditEntry
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem
from review_app.models.publishing import Rendering, Report
from review_app.models.review import JournalEntry
from review_app.queries import methods, reports, seats
from review_app.reports.kinds import registry
from review_app.services import late_reports, openings, publishing, retention
from review_app.web import kinds_today

TEAM = ("host_coordinator", "lead_reviewer", "rapporteur", "peer")
DRAFT = '<div class="report-draft">'
SENTENCE = "The review was published without this report. Nobody can read it until you issue it."


@pytest.fixture(params=["of today", "of the first product"])
def method(request):
    """Which edition of the method the review runs by: one that lists the report, or one that does not know it yet."""
    return request.param


@pytest.fixture
def late(app, world, method):
    """Take the feedback report of the published review away, as if the product had not known it; return its address."""
    with app.app_context():
        review = world.review("published")
        _without(review)
        if method == "of the first product":
            review.edition = openings.edition_of({**review.edition.definition, "reports": ["highlights"]})
        db.session.commit()
    return f"/reviews/{world['published']}/papers/feedback"


def _without(review):
    db.session.execute(delete(Report).where(Report.review_id == review.id, Report.kind == "feedback"))


def _issued(world):
    return reports.published(world.review("published"), "feedback")


def _paper(row):
    return registry.read(row.snapshot)


@pytest.fixture
def people(app, world, enter_as):
    """A client for each role of the published review, the secretariat, a member, and somebody without an account."""
    with app.app_context():
        parts = world.review("published").participants
        found = {part.role.value: part.person.email for part in parts}
    assert set(TEAM) <= set(found)
    emails = found | {"secretariat": "secretariat", "member": "member"}
    return {role: enter_as(email) for role, email in emails.items()} | {"public": app.test_client()}


def _answers(people, address):
    return {role: client.get(address).status_code for role, client in people.items()}


def test_nobody_reads_it_before_it_is_issued_and_the_secretariat_alone_is_told(world, people, late):
    index = f"/reviews/{world['published']}/papers"
    pages = {role: client.get(index).text for role, client in people.items()}

    assert set(_answers(people, late).values()) == {404}
    assert {role for role, page in pages.items() if SENTENCE in page} == {"secretariat"}
    assert [role for role, page in pages.items() if f'{late}"' in page] == []


def test_a_review_with_all_its_reports_is_offered_nothing(world, enter_as):
    page = enter_as("secretariat").get(f"/reviews/{world['published']}/papers")

    assert (page.status_code, SENTENCE in page.text) == (200, False)


def test_nobody_else_looks_at_it_or_issues_it(app, world, people, late):
    others = {role: client for role, client in people.items() if role not in ("secretariat", "public")}
    looked, sent = _answers(others, f"{late}/issue"), {who.post(f"{late}/issue").status_code for who in others.values()}
    stranger = people["public"]

    assert set(looked.values()) | sent == {404}
    assert [stranger.get(f"{late}/issue").status_code, stranger.post(f"{late}/issue").status_code] == [303, 401]
    with app.app_context():
        assert _issued(world) is None


def test_the_secretariat_looks_at_a_draft_of_it_and_nothing_is_issued_by_looking(app, world, enter_as, late):
    page = enter_as("secretariat").get(f"{late}/issue")

    assert (page.status_code, "Issue this report" in page.text, page.text.count("<h1")) == (200, True, 1)
    assert DRAFT in page.text
    with app.app_context():
        assert _issued(world) is None


def test_the_secretariat_issues_it_as_an_edition_of_its_own(app, world, enter_as, late, travel_to):
    travel_to(utc_now() + timedelta(days=40))

    answer = enter_as("secretariat").post(f"{late}/issue")

    with app.app_context():
        review, row = world.review("published"), _issued(world)
        paper, highlights = _paper(row), _paper(reports.published(review))
        assert (answer.status_code, answer.location) == (303, late)
        assert (paper.kind, paper.number, paper.level, paper.erratum) == ("feedback", 1, review.level, ())
        assert (paper.frozen_on, paper.frozen_on > highlights.frozen_on) == (publishing.today(review), True)
        assert paper.sections == highlights.sections != ()
        asked = db.session.scalars(select(Rendering.form).where(Rendering.digest == row.digest)).all()
        assert set(asked) == set(Form)


def test_once_issued_those_read_it_who_read_the_published_report(world, people, late):
    people["secretariat"].post(f"{late}/issue")

    report = _answers(people, f"/reviews/{world['published']}/report")

    assert _answers(people, late) == report
    assert 200 in report.values()
    assert SENTENCE not in people["secretariat"].get(f"/reviews/{world['published']}/papers").text


@pytest.mark.parametrize("level", list(Level))
def test_it_goes_no_further_than_the_level_of_the_review(app, world, people, late, level):
    with app.app_context():
        world.review("published").level = level
        db.session.commit()

    people["secretariat"].post(f"{late}/issue")

    got = _answers(people, late)
    assert (got["member"] == 200, got["public"] == 200) == (level is not Level.PARTICIPANTS, level is Level.PUBLIC)
    assert {got[role] for role in (*TEAM, "secretariat")} == {200}


def test_under_embargo_peers_read_neither_the_issued_report_nor_one_that_never_was(app, world, people, late):
    with app.app_context():
        world.review("published").embargo_until = utc_now() + timedelta(days=9)
        db.session.commit()
    before = _answers(people, late)

    people["secretariat"].post(f"{late}/issue")

    after = _answers(people, late)
    drafts = {role: DRAFT in people[role].get(late).text for role in (*TEAM, "secretariat")}
    assert set(before.values()) == {404}
    assert {after[role] for role in (*TEAM, "secretariat")} == {200}
    assert (after["member"], after["public"]) == (404, 404)
    assert {role for role, is_draft in drafts.items() if is_draft} == {"peer"}


def test_what_was_agreed_to_is_asked_anew(app, world, enter_as, late):
    with app.app_context():
        named = [
            one for section in _paper(reports.published(world.review("published"))).sections for one in _named(section)
        ]
        for item in db.session.scalars(select(FeedbackItem)):
            item.attribution = Attribution.ANONYMOUS
        db.session.commit()

    enter_as("secretariat").post(f"{late}/issue")

    with app.app_context():
        paper = _paper(_issued(world))
        assert named != []
        assert [one for section in paper.sections for one in _named(section)] == []


def _named(section):
    return [name for message in (*section.messages, *section.singles) for name in message.named]


def test_who_issues_it_second_is_led_to_what_the_first_one_issued(app, world, enter_as, late):
    for _time in range(2):
        answer = enter_as("secretariat").post(f"{late}/issue")

    assert (answer.status_code, answer.location) == (303, late)
    with app.app_context():
        rows = select(Report.number).where(Report.kind == "feedback", Report.review_id == world.review("published").id)
        assert db.session.scalars(rows).all() == [1]


def test_the_record_and_the_trail_say_who_issued_it(app, world, enter_as, late):
    enter_as("secretariat").post(f"{late}/issue")

    with app.app_context():
        person, review = world.person("secretariat"), world.review("published")
        line = db.session.scalars(
            select(JournalEntry).where(JournalEntry.review_id == review.id).order_by(JournalEntry.id.desc())
        ).first()
        trail = db.session.scalars(select(AuditEntry.action).where(AuditEntry.review_ref == review.ref)).all()
        assert (line.action, line.person_id, line.note, line.led_to) == (
            late_reports.ISSUE,
            person.id,
            "feedback",
            "published",
        )
        assert {late_reports.ISSUE, "freeze a report"} <= set(trail)
    assert "Issue a report later" in enter_as("secretariat").get(f"/reviews/{world['published']}/record").text


def test_each_kind_counts_its_own_numbers_and_tells_its_own_changes(app, world, enter_as, late):
    with app.app_context():
        publishing.correct("Before it was there.", _secretariat(world))
        db.session.commit()
    enter_as("secretariat").post(f"{late}/issue")
    with app.app_context():
        publishing.correct("Of both.", _secretariat(world))
        db.session.commit()

        review = world.review("published")
        told = {
            kind: (paper.number, [line.text for line in paper.erratum])
            for kind in ("highlights", "feedback")
            for paper in [_paper(reports.published(review, kind))]
        }
    assert told == {"highlights": (3, ["Before it was there.", "Of both."]), "feedback": (2, ["Of both."])}


def _secretariat(world):
    return seats.seat_at(world.review("published"), world.person("secretariat"))


def test_a_copy_of_it_is_checked_like_any_other(app, world, client, enter_as, late):
    enter_as("secretariat").post(f"{late}/issue")
    with app.app_context():
        code = _paper(_issued(world)).code

    answer = client.get("/check", query_string={"ref": world["published"], "code": code})

    assert "This copy is genuine and current: no. 1 of " in answer.text


def test_it_is_not_made_of_what_was_deleted(app, world, enter_as, late):
    with app.app_context():
        review = world.review("published")
        db.session.add(retention._line(review))
        db.session.commit()
    reader = enter_as("secretariat")

    page, sent = reader.get(f"{late}/issue"), reader.post(f"{late}/issue")

    sentence = "this report can no longer be made of it."
    assert (page.status_code, sentence in page.text, "Issue this report" in page.text) == (200, True, False)
    assert (sent.status_code, sentence in sent.text) == (403, True)
    with app.app_context():
        assert _issued(world) is None


def test_a_method_that_makes_no_such_report_offers_none(app, world, enter_as, monkeypatch):
    with app.app_context():
        review = world.review("published")
        _without(review)
        review.edition = openings.edition_of({**review.edition.definition, "reports": ["highlights"]})
        db.session.commit()
    monkeypatch.setattr(methods, "reports_today", lambda _name, _folder: ("highlights",))
    reader, paper = enter_as("secretariat"), f"/reviews/{world['published']}/papers"

    assert SENTENCE not in reader.get(paper).text
    assert [reader.get(f"{paper}/feedback/issue").status_code, reader.post(f"{paper}/feedback/issue").status_code] == [
        404,
        404,
    ]


def test_what_bears_no_number_is_never_issued(enter_as, late, world):
    reader = enter_as("secretariat")

    assert reader.get(f"/reviews/{world['published']}/papers/fiche/issue").status_code == 404
    assert reader.get(f"/reviews/{world['published']}/papers/synthesis/issue").status_code == 404


def test_the_methods_on_offer_say_what_one_makes_today(app, world):
    with app.test_request_context():
        assert "feedback" in kinds_today.of_method(_secretariat(world))
        assert methods.reports_today("no such method", app.config["SETTINGS"].methods_dir) == ()


def test_the_page_of_papers_takes_as_many_statements_with_a_missing_report_as_without(enter_as, world, statements, app):
    counts, reader = [], enter_as("secretariat")
    for is_missing in (False, True):
        with app.app_context():
            if is_missing:
                _without(world.review("published"))
                db.session.commit()
        statements.clear()
        reader.get(f"/reviews/{world['published']}/papers")
        counts.append(len(statements))

    assert counts[0] == counts[1]
