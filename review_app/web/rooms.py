"""The pages of a review that a person may open: named by what they show or by what is done there."""

from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from review_app.domain.marking import _ as marked
from review_app.domain.visibility import Reach, Thing
from review_app.queries.seats import Seat


class Room(NamedTuple):
    """One link: what it is called, where it leads."""

    label: str
    href: str
    is_report: bool


REPORT = "reports.preview"
SHOWN = (
    (Thing.PRACTICE, marked("Practice description"), "practice.overview"),
    (Thing.TEAM, marked("Cities"), "cities.index"),
    (Thing.TEAM, marked("Team"), "team.index"),
    (Thing.RETURN, marked("Returns of the cities"), "returns.index"),
    (Thing.MESSAGE, marked("Messages"), "messages.index"),
    (Thing.FACT_CHECK, marked("Fact check"), "facts.index"),
    (Thing.DRAFT, marked("Draft report"), REPORT),
    (Thing.REPORT, marked("Report"), REPORT),
    (Thing.REVIEW, marked("Reports and papers"), "papers.index"),
    (Thing.JOURNAL, marked("Record of the review"), "reviews.journal"),
)
DONE = (
    ("agree the scope", marked("Title, dates and scope"), "scope.edit"),
    ("write the review questions", marked("Review questions"), "questions.edit"),
    ("move the dates", marked("Dates and deadlines"), "scope.dates"),
    ("give feedback", marked("Our feedback"), "feedback.show"),
    ("edit the report", marked("Texts of the report"), "reports.texts"),
)


def rooms_of(seat: Seat) -> list[Room]:
    """Return the links for this seat: first where something is done, then what can be read."""
    done = [(label, endpoint) for action, label, endpoint in DONE if seat.may(action)]
    shown = [(label, endpoint) for thing, label, endpoint in SHOWN if seat.sees(thing) is not Reach.NONE]
    by_endpoint = {endpoint: label for label, endpoint in (*done, *shown)}
    return [
        Room(_(label), url_for(endpoint, ref=seat.review.ref), is_report=endpoint == REPORT)
        for endpoint, label in by_endpoint.items()
    ]
