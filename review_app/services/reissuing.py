"""Reports after an erasure: drafts go, what is published keeps its number and is printed anew without the name."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select

from review_app.domain.errata import Change, Erratum
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


def without(person: Person, traces: Traces, *, reviews: Collection[int]) -> int:
    """Take a person out of every report; return how many published ones are printed anew.

    Drafts go that the person printed, that name them, or whose review lost words. `reviews` are numbers of those.
    """
    lost = or_(Report.made_by_id == person.id, Report.review_id.in_(reviews))
    db.session.execute(delete(Report).where(Report.number.is_(None), lost))
    named = [row for row in db.session.scalars(select(Report)) if traces.are_in(row.snapshot)]
    for row in named:
        _reissue(row, traces)
    many = _editions_that_name(person, traces)
    for edition in many:
        before = registry.read(edition.snapshot)
        _print_anew(edition, _without(before, traces, day=utc_now().date()))
    db.session.flush()
    consents.forget_prints()
    return sum(row.number is not None for row in named) + len(many)


def _editions_that_name(person: Person, traces: Traces) -> list[SynthesisEdition]:
    """Return the published syntheses that name somebody; drafts that do, or that they had printed, go."""
    is_draft, mine = SynthesisEdition.number.is_(None), SynthesisEdition.made_by_id == person.id
    db.session.execute(delete(SynthesisEdition).where(is_draft, mine))
    named = [row for row in db.session.scalars(select(SynthesisEdition)) if traces.are_in(row.snapshot)]
    for row in named:
        if row.number is None:
            db.session.delete(row)
    return [row for row in named if row.number is not None]


def _reissue(row: Report, traces: Traces) -> None:
    if row.number is None:
        db.session.delete(row)
        return
    before = registry.read(row.snapshot)
    after = _without(before, traces, day=_today(row.review_id))
    synthesis_coding.follow(row.review_id, before, after)
    _print_anew(row, after)


def _without(before: Paper, traces: Traces, *, day: date) -> Paper:
    """The same number: what the report says is the same, and whoever cites it still finds it."""
    cleaned = type(before).model_validate(traces.out_of(before.model_dump(mode="json")))
    line = Erratum(Change.NAME_TAKEN_OUT, day)
    return cleaned.anew(erratum=(*(one for one in cleaned.erratum if one != line), line))


def _print_anew(row: Report | SynthesisEdition, after: Paper) -> None:
    row.snapshot, row.digest = after.to_bytes().decode(), after.sha256
    db.session.flush()
    renderings.ask_published(after.sha256)


def _today(review_id: int) -> date:
    review = db.session.get_one(Review, review_id)
    return utc_now().astimezone(ZoneInfo(review.timezone)).date()
