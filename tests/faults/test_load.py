"""The hour before a deadline on one small server: no errors, and a report slows nobody much (RELIABILITY 78)."""

import json
import random
import statistics
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from review_app.domain.vocabulary import PlaceKind, Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Organisation, Person
from review_app.models.publishing import Progress, Rendering, Report
from review_app.models.review import Participant, ReviewCity
from review_app.services import publishing
from tests.faults.crowd import Author, Downloader, Reader
from tests.faults.installation import wait_for
from tests.synthesis_world import seat_of

pytestmark = [pytest.mark.faults, pytest.mark.drill]
# The hour, in seconds; the people; how often somebody types, reads, downloads; how many reports are printed.
QUICK = {"seconds": 6, "authors": 10, "readers": 8, "downloaders": 2, "pace": 2, "reports": 1, "stretch": 1}
FULL = {"seconds": 60, "authors": 100, "readers": 80, "downloaders": 20, "pace": 10, "reports": 5, "stretch": 3}
# A page may take so many times as long while a report is printed. Far from what is seen: a limit against disasters.
MOST_TIMES_SLOWER = 15
CITY, USUAL_PAGE = 10, 0.04


def test_the_hour_before_a_deadline_has_no_errors_and_loses_nothing(site, world, amount, promise):
    size = amount(quick=QUICK, full=FULL)
    path = _published(site, world)
    site.start_again()
    wait_for(lambda: site.asks(path)[0] == 200)
    stretch, people = _crowd(site, world, path, size)
    for one in people:
        one.start()
    _print_reports(site, world, size, size["seconds"] * stretch / size["reports"])
    for one in people:
        one.join(60)

    moments = [moment for one in people for moment in one.moments]
    pages = [moment for moment in moments if moment.what == "page"]
    errors = [moment for moment in moments if moment.status >= 500 or moment.status == 0]
    odd = sorted({(moment.what, moment.status) for moment in moments if moment.status != 200})
    authors = [one for one in people if isinstance(one, Author)]
    lost = _lost(site, authors)
    times = sorted(moment.seconds for moment in pages)
    slower = _times_slower(site, pages)
    promise("http5xx", len(errors), of=len(moments))
    promise("acked_lost", len(lost), of=sum(len(one.saved) for one in authors))
    promise("stretched", round(stretch, 1), of=len(people))
    promise("page_p95_s", round(times[int(len(times) * 0.95)], 3), of=len(pages))
    promise("page_times_slower_while_printing", slower, of=size["reports"])
    assert (odd, lost, site.wounds()) == ([], [], [])
    assert slower < MOST_TIMES_SLOWER


def _published(site, world):
    """Print the published report, which everybody may download, and nothing else; return its address."""
    with site.arranged():
        review = world.review("published")
        digests = db.session.query(Report.digest).filter(Report.review_id == review.id)
        db.session.execute(update(Rendering).values(progress=Progress.FAILED))
        db.session.execute(
            update(Rendering).where(Rendering.digest.in_(digests)).values(progress=Progress.WAITING, reason="")
        )
        return f"/reviews/{review.ref}/report.pdf"


def _crowd(site, world, report, size):
    """Sit so many people down, a city for each ten; what they do in ten seconds takes longer on a slow machine."""
    total = size["authors"] + size["readers"] + size["downloaders"]
    with site.arranged():
        review = world.review("feedback")
        cities = [_city(review, number) for number in range(-(-total // CITY))]
        cookies = [site.cookie_for(_peer(review, cities[number // CITY], number)) for number in range(total)]
    stretch = min(size["stretch"], _stretch(site, cookies[0], f"/reviews/{world['feedback']}/feedback"))
    until = time.time() + size["seconds"] * stretch
    pace = size["pace"] * stretch

    def person(kind, name, pace, **more):
        return kind(name, site, cookie=cookies.pop(), review=world["feedback"], pace=pace, until=until, **more)

    return stretch, [
        *(person(Author, f"p{number}", pace) for number in range(size["authors"])),
        *(person(Reader, f"r{number}", pace) for number in range(size["readers"])),
        *(person(Downloader, f"d{number}", pace * 3, report=report) for number in range(size["downloaders"])),
    ]


def _city(review, number):
    city = Organisation(slug=f"crowd-{number}", name=f"Crowdhaven {number}", country="BE", kind=PlaceKind.CITY)
    db.session.add(city)
    db.session.flush()
    db.session.add(ReviewCity(review_id=review.id, organisation_id=city.id, side=Side.PEER))
    return city


def _peer(review, city, number):
    email = f"crowd.{number}@example.org"
    somebody = Person(email=email, identity=email, name=f"Somebody {number}", organisation=city)
    db.session.add(somebody)
    db.session.flush()
    seat = {"review_id": review.id, "person_id": somebody.id, "organisation_id": city.id}
    db.session.add(Participant(**seat, role=Role.PEER, code_accepted_at=utc_now()))
    db.session.flush()
    return somebody


def _stretch(site, cookie, path):
    """Return how many times slower this machine is just now than the one that the figures are stated for."""
    begun = time.monotonic()
    for _page in range(10):
        assert site.asks(path, cookie=cookie, timeout=30)[0] == 200
    return max(1.0, (time.monotonic() - begun) / 10 / USUAL_PAGE)


def _print_reports(site, world, size, pause):
    """Ask for one report after another, with a rest after each: what is measured then is a day without it."""
    for number in range(size["reports"]):
        time.sleep(pause * (0.3 + random.Random(number).random() * 0.1))
        with site.arranged():
            seat = seat_of(world, "drafting", "rapporteur")
            seat.review.title = f"In the middle of the crowd {number}"
            publishing.print_draft(seat)
        site.wake()
        time.sleep(pause * 0.6)
    wait_for(lambda: not site.rows("SELECT 1 FROM rendering WHERE progress IN ('waiting', 'running')"))


def _times_slower(site, pages):
    """Return how many times as long the usual page took while a report was printed."""
    windows = [(_clock(begun), _clock(done)) for begun, done in site.rows(PRINTED)]
    beside = [page.seconds for page in pages if any(begun <= page.at <= done for begun, done in windows)]
    apart = [page.seconds for page in pages if not any(begun <= page.at <= done for begun, done in windows)]
    return round(statistics.median(beside) / statistics.median(apart), 1) if beside and apart else 0


PRINTED = "SELECT started_at, done_at FROM rendering WHERE progress = 'done' AND done_at IS NOT NULL"


def _clock(written):
    return datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()


def _lost(site, authors):
    """Return the texts that were told to be saved last of an item and that no version of it holds.

    What the same person typed before it in one go is no version of its own.
    """
    kept = {(key, json.loads(content)["headline"]) for key, content in site.rows(VERSIONS)}
    return [text for one in authors for text in one.saved[-1:] if (one.path.rsplit("/", 1)[-1], text) not in kept]


VERSIONS = (
    "SELECT item.key, revision.content FROM feedback_item AS item"
    " JOIN revision ON revision.thing = 'feedback_item' AND revision.thing_id = item.id"
)
