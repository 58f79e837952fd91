"""Reviews: the list a person may see, the page of one, and its record."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review_app.domain.text import clean_line
from review_app.domain.visibility import Reach, Thing
from review_app.queries import overview, reports, reviews
from review_app.queries.next_steps import step_for
from review_app.queries.overview import Cities
from review_app.queries.reviews import PAGE, Wanted
from review_app.queries.seats import Seat
from review_app.queries.situations import standing_at
from review_app.reports import page
from review_app.reports.kinds import registry
from review_app.web import sessions, sights, telling
from review_app.web.gate import public, sees
from review_app.web.paging import Pages, page_asked, year_asked
from review_app.web.rooms import rooms_of

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
LONGEST_SEARCH = 80
FILTERS = ("q", "stage", "theme", "country", "year")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """List the reviews this person may see."""
    person, wanted = sessions.the_person(), _wanted()
    found = reviews.listed(person, wanted)
    return render_template(
        "reviews/index.html",
        found=found,
        pages=Pages(found.page, found.total, PAGE),
        wanted=wanted,
        kept={name: value for name, value in request.args.items() if value and name in FILTERS},
        choices=reviews.choices(person),
        stages=reviews.stage_labels(),
    )


def _wanted() -> Wanted:
    asked = {
        name: clean_line(request.args.get(name, ""))[:LONGEST_SEARCH] for name in ("q", "stage", "theme", "country")
    }
    return Wanted(asked.pop("q"), **asked, year=year_asked(), page=page_asked())


@bp.get("/<ref>")
@sees(Thing.REVIEW)
def show(seat: Seat) -> ResponseReturnValue:
    """Show one review: to those who take part what is next, to everybody else what was published."""
    cities = overview.cities_of(seat.review)
    record = overview.record_of(seat.review)
    if record or seat.sees(Thing.TEAM) is Reach.NONE:
        report = reports.published(seat.review) if reports.sees_published(seat) else None
        article = page.body(registry.read(report.snapshot)) if report else None
        if report:
            sights.shows(Thing.REPORT)
        rooms = [room for room in rooms_of(seat) if not room.is_report]
        return _page("published", seat, cities, record=record, article=article, rooms=rooms)
    standing, story = standing_at(seat), overview.story_of(seat.review)
    summary = overview.summary_of(seat)
    if summary:
        sights.shows(Thing.PRACTICE, about=overview.SUMMARY)
    return _page(
        "show",
        seat,
        cities,
        rooms=rooms_of(seat),
        step=telling.told(step_for(standing), telling.cities(cities.hosts)),
        marks=overview.stage_bar(seat, story, standing.deadlines),
        reason=story.reason if seat.sees(Thing.PAUSE) else "",
        summary=summary,
        returns=overview.returns_of(seat),
    )


def _page(name: str, seat: Seat, cities: Cities, **values: Any) -> str:
    return render_template(
        f"reviews/{name}.html",
        seat=seat,
        review=seat.review,
        cities=cities,
        hosts=telling.cities(cities.hosts),
        buttons=seat.buttons(),
        **values,
    )


@bp.get("/<ref>/record")
@sees(Thing.JOURNAL)
def journal(seat: Seat) -> ResponseReturnValue:
    """Show who did what, when, and why."""
    entries, total = overview.journal_of(seat, page_asked(), PAGE)
    return render_template(
        "reviews/journal.html",
        review=seat.review,
        hosts=telling.cities(overview.cities_of(seat.review).hosts),
        method=seat.method,
        entries=entries,
        stages=reviews.stage_labels(),
        pages=Pages(page_asked(), total, PAGE),
        sees_trail=seat.sees(Thing.AUDIT) is not Reach.NONE,
    )
