"""Prints what somebody may ask for next, before they do: drafts for one person each, papers without a number for all.

Nobody has asked for it: it is printed after whatever somebody waits for, and goes when the next one is made.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement

from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.models.network import Person
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries.seats import Seat
from review_app.reports.frozen.snapshot import Paper
from review_app.services import keeping, papers, publishing, renderings


def drafts(seat: Seat) -> None:
    """Freeze and print the drafts that a person would get now; those made for them before go.

    A draft that says what it said before stays, and is not printed again.
    """
    if seat.person is not None:
        mine = Report.made_by_id == seat.person.id
        _renew(publishing.drafts_for(seat), seat.review, seat.person, mine, languages=languages_of([seat.person]))


def unnumbered(review: Review, people: Collection[Person]) -> None:
    """Freeze and print the papers that bear no number, once for all: they do not name who made them.

    They are printed in the languages of the people who may ask for them next.
    """
    kinds = [kind.name for kind in papers.kinds_of(review) if not kind.is_numbered]
    made = [publishing.snapshot_of(review, made_by="", kind=name) for name in kinds]
    _renew(made, review, None, Report.made_by_id.is_(None), languages=languages_of(people))


def ask(digest: str, languages: Collection[str]) -> None:
    """Ask for a print in each language in case somebody wants it."""
    for language in sorted(languages):
        renderings.ask_ahead(digest, language=language)


def languages_of(people: Collection[Person]) -> set[str]:
    """Return the languages that people get without asking, and English, in which the team's own page prints."""
    return {FALLBACK, *(one.language for one in people if one.language in LANGUAGES)}


def _renew(
    made: Collection[Paper],
    review: Review,
    person: Person | None,
    whose: ColumnElement[bool],
    *,
    languages: Collection[str],
) -> None:
    stays = [paper.sha256 for paper in made]
    keeping.forget_ahead(Report.review_id == review.id, whose, Report.digest.not_in(stays))
    for paper in made:
        row = keeping.kept(review, paper) or keeping.keep(paper, review, person, ahead=True)
        if row.ahead:
            ask(row.digest, languages)
