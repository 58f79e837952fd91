"""Copies of what an earlier product froze, or of a print before something was taken out, are checked as well."""

import hashlib
import re

import pytest

from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.queries import network_synthesis, reports
from review_app.queries.seats import seat_at
from review_app.reports import page
from review_app.reports.kinds import registry
from review_app.services import erasure, publishing, renderings, synthesis_publishing
from review_app.services.synthesis_publishing import Release
from tests.network_synthesis_world import with_reviews
from tests.reports.first_edition import first_edition


@pytest.fixture
def frozen_first(app, world):
    """Put the public report back as the first edition of the product froze it; return the code of its copies."""
    with app.app_context():
        row = reports.published(world.review("closed"))
        row.snapshot = first_edition(registry.read(row.snapshot))
        row.digest = hashlib.sha256(row.snapshot.encode()).hexdigest()
        renderings.ask(row.digest)
        db.session.commit()
        return row.digest[:12]


@pytest.fixture
def named(app, world):
    """Let the public report name the peer; return the code of its copies."""
    with app.app_context():
        row, peer = reports.published(world.review("closed")), world.person("peer")
        paper = registry.read(row.snapshot).anew(contact=f"Ask {peer.name}.")
        row.snapshot, row.digest = paper.to_bytes().decode(), paper.sha256
        db.session.commit()
        return row.digest[:12]


@pytest.fixture
def check(client, world):
    """Ask about a copy of the public report; return the state and the sentences."""

    def ask(code, visitor=client):
        text = visitor.get("/check", query_string={"ref": world["closed"], "code": code}).text
        found = re.search(r'<div class="app-verdict" data-state="(\w+)" role="status">(.*?)</div>', text, re.DOTALL)
        return found[1], " ".join(re.sub(r"<[^>]+>", " ", found[2]).split())

    return ask


def _erase(app, world, who):
    with app.app_context():
        erasure.erase(world.person(who), settings=app.config["SETTINGS"])
        db.session.commit()


def _code_printed_now(app, world):
    """The code on a page that is drawn of the report as it stands."""
    with app.app_context():
        drawn = page.document(registry.read(reports.published(world.review("closed")).snapshot))
    return re.search(r"Reference: [a-z0-9-]+\. (?:Code|Content): ([0-9a-f]{12})\.", drawn)[1]


def test_a_copy_that_is_printed_today_of_what_the_first_edition_froze_is_genuine(app, world, frozen_first, check):
    assert _code_printed_now(app, world) == frozen_first
    assert check(frozen_first)[0] == "current"


def test_papers_of_what_the_first_edition_froze_are_printed_and_not_frozen_again(app, world, frozen_first, enter_as):
    reader, paper = enter_as("secretariat"), f"/reviews/{world['closed']}/papers/highlights"

    asked = reader.post(f"{paper}/print?lang=fr")

    assert (asked.status_code, "The report is being printed." in reader.get(asked.location).text) == (303, True)
    with app.app_context():
        assert [row.number for row in reports.numbered(world.review("closed"))] == [1]


def test_a_copy_of_what_the_first_edition_froze_was_replaced_by_a_correction(app, world, frozen_first, check):
    with app.app_context():
        publishing.correct("One word.", seat_at(world.review("closed"), world.person("secretariat")))
        db.session.commit()

    state, told = check(frozen_first)

    assert (state, told.startswith("This copy is genuine, but it was replaced by no. 2 of ")) == ("replaced", True)
    assert _code_printed_now(app, world) != frozen_first
    assert check(_code_printed_now(app, world))[0] == "current"


def test_a_copy_that_named_somebody_who_was_erased_is_not_known_or_withdrawn(app, world, named, check):
    before = check(named)[0]

    _erase(app, world, "peer")

    state, told = check(named)
    assert (before, state) == ("current", "unknown")
    assert told.startswith("This copy is not known here, or it was withdrawn.")
    assert told == check("0123456789ab")[1]
    assert "printed anew when somebody’s name has to be erased from it" in told
    assert check(_code_printed_now(app, world))[0] == "current"


def test_a_copy_that_named_nobody_is_the_same_after_an_erasure(app, world, frozen_first, check):
    _erase(app, world, "peer")

    assert check(frozen_first)[0] == "current"


def test_a_copy_of_what_the_first_edition_froze_is_known_anew_after_an_erasure(app, world, frozen_first, check):
    with app.app_context():
        row, peer = reports.published(world.review("closed")), world.person("peer")
        row.snapshot = first_edition(registry.read(row.snapshot), contact=f"Ask {peer.name}.")
        row.digest = hashlib.sha256(row.snapshot.encode()).hexdigest()
        db.session.commit()
        before = row.digest[:12]

    _erase(app, world, "peer")

    after = _code_printed_now(app, world)
    assert (check(before)[0], check(after)[0], after == before) == ("unknown", "current", False)


def test_a_copy_before_a_reissue_of_a_hidden_report_tells_its_numbers_alone(app, world, frozen_first, check, enter_as):
    with app.app_context():
        review = world.review("closed")
        publishing.correct("A secret was wrong.", seat_at(review, world.person("secretariat")))
        review.level = "participants"
        db.session.commit()
        title = review.title

    state, told = check(frozen_first)
    inside = check(frozen_first, enter_as("secretariat"))[1]

    assert (state, "A secret was wrong." in told, title in told) == ("replaced", False, False)
    assert ("A secret was wrong." in inside, title in inside) == (True, True)


@pytest.fixture
def synthesis(app, world):
    """A synthesis for the members of the network in two editions; return its reference and the codes of both."""
    with app.app_context():
        person = world.person("secretariat")
        made = with_reviews(world, person)
        codes = [synthesis_publishing.publish(Release(made.title, Level.MEMBERS), made, person).digest[:12]]
        second = Release(made.title, Level.MEMBERS, "A secret was wrong.")
        codes.append(synthesis_publishing.publish(second, made, person).digest[:12])
        db.session.commit()
        return made.ref, *codes


def test_a_copy_of_a_synthesis_is_genuine_and_tells_those_alone_who_may_read_it(client, enter_as, synthesis):
    ref, first, second = synthesis

    answers = {
        who: [visitor.get("/check", query_string={"ref": ref, "code": code}).text for code in (first, second)]
        for who, visitor in (("anybody", client), ("member", enter_as("member")))
    }

    for old, new in answers.values():
        assert "This copy is genuine, but it was replaced by no. 2 of " in old
        assert "This copy is genuine and current: no. 2 of " in new
    assert client.get(f"/syntheses/{ref}/report").status_code == 404
    told = {
        who: (f"/syntheses/{ref}/report" in old, "A secret was wrong." in old) for who, (old, _new) in answers.items()
    }
    assert told == {"anybody": (False, False), "member": (True, True)}


def test_a_copy_of_a_synthesis_bears_the_code_that_is_asked_for(app, synthesis):
    ref, _first, second = synthesis
    with app.app_context():
        edition = network_synthesis.editions(network_synthesis.find(ref))[0]
        drawn = page.document(synthesis_publishing.read(edition))

    assert f"Reference: {ref}. Code: {second}." in drawn
