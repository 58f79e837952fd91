"""Reports after an erasure: drafts go, what is published keeps its number and is printed anew without the name."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select

from review_app.domain.marking import _
from review_app.domain.traces import Traces
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.network_synthesis import SynthesisEdition
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.services import consents, renderings, synthesis_coding

TAKEN_OUT = _("%(day)s: the name of a person was taken out at that person’s request.")


def without(person: Person, traces: Traces, *, reviews: Collection[int]) -> int:
    """Take a person out of every report; return how many published ones are printed anew.

    Drafts go that the person printed, that name them, or whose review lost words. `reviews` are numbers of those.
    """
    lost = or_(Report.made_by_id == person.id, Report.review_id.in_(reviews))
    db.session.execute(delete(Report).where(Report.number.is_(None), lost))
    named = [row for row in db.session.scalars(select(Report)) if traces.are_in(row.snapshot)]
    for row in named:
        _reissue(row, traces)
    many = [row for row in db.session.scalars(select(SynthesisEdition)) if traces.are_in(row.snapshot)]
    for edition in many:
        before = registry.read(edition.snapshot)
        _print_anew(edition, _without(before, traces, day=_written(utc_now().date())))
    db.session.flush()
    consents.forget_prints()
    return sum(row.number is not None for row in named) + len(many)


def _reissue(row: Report, traces: Traces) -> None:
    if row.number is None:
        db.session.delete(row)
        return
    before = registry.read(row.snapshot)
    after = _without(before, traces, day=_today(row.review_id))
    synthesis_coding.follow(row.review_id, before, after)
    _print_anew(row, after)


def _without(before: Paper, traces: Traces, *, day: str) -> Paper:
    """The same number: what the report says is the same, and whoever cites it still finds it."""
    plain = traces.out_of(before.model_dump(mode="json"))
    line = TAKEN_OUT % {"day": day}
    return type(before).model_validate({**plain, "erratum": [*(one for one in before.erratum if one != line), line]})


def _print_anew(row: Report | SynthesisEdition, after: Paper) -> None:
    row.snapshot, row.digest = after.to_bytes().decode(), after.sha256
    db.session.flush()
    renderings.ask(after.sha256)


def _today(review_id: int) -> str:
    review = db.session.get_one(Review, review_id)
    day = utc_now().astimezone(ZoneInfo(review.timezone)).date()
    return _written(day)


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
