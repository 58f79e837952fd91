"""The reports and papers of a review: which kinds there are for a person, what each says now, and its print."""

from collections.abc import Sequence
from typing import Any

from review_app.domain.visibility import Reach
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries import methods, reports
from review_app.queries.seats import Seat
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.reports.kinds.kind import Kind
from review_app.services import keeping, publishing


def kinds_of(review: Review) -> tuple[Kind[Any], ...]:
    """Return the kinds that there are of a review: those of its method, in its order.

    Once it is published a numbered kind is there when it was issued, then or later, and not before.
    """
    listed: Sequence[str] = methods.of(review.edition).reports
    if review.published_at is not None:
        issued = reports.issued_kinds(review)
        known = (*listed, *(name for name in registry.KINDS if name in issued and name not in listed))
        listed = [name for name in known if name in issued or not _is_numbered(name)]
    kinds = (registry.KINDS[name] for name in listed if name in registry.KINDS)
    return tuple(kind for kind in kinds if kind.freeze is not None)


def _is_numbered(name: str) -> bool:
    return name in registry.KINDS and registry.KINDS[name].is_numbered


def kinds_for(seat: Seat) -> tuple[Kind[Any], ...]:
    """Return the kinds that a person may read of a review now."""
    return tuple(kind for kind in kinds_of(seat.review) if seat.sees(kind.thing) is not Reach.NONE)


def find_kind(name: str, seat: Seat) -> Kind[Any] | None:
    """Return a kind by its name when the person may read it; None when it is hidden or does not exist."""
    return next((kind for kind in kinds_for(seat) if kind.name == name), None)


def printed_as(paper: Paper, seat: Seat) -> Report | None:
    """Return the frozen report that says just this; None when it was never printed, or ahead for somebody else."""
    report = keeping.kept(seat.review, paper)
    if report is None or not report.ahead or report.made_by_id is None:
        return report
    return report if seat.person is not None and report.made_by_id == seat.person.id else None


def print_paper(kind: Kind[Any], seat: Seat) -> Report | None:
    """Freeze what a kind says to a person now, unless it is frozen already; None where there is nothing to print."""
    if kind.is_numbered and not reports.sees_published(seat):
        return publishing.print_draft(seat, kind.name)
    paper = paper_for(kind, seat)
    return keeping.keep_asked(paper, seat) if paper else None


def paper_for(kind: Kind[Any], seat: Seat) -> Paper | None:
    """Return what a kind says to a person: the published report, else a draft made for them.

    None when the review was published without this kind. Who reads drafts alone is given a draft, out or not.
    """
    name = seat.person.name if seat.person else ""
    if not kind.is_numbered:
        return publishing.snapshot_of(seat.review, made_by=name, kind=kind.name)
    if not reports.sees_published(seat):
        return publishing.freeze_draft(seat.review, name, kind=kind.name)
    report = reports.published(seat.review, kind.name)
    return registry.read(report.snapshot) if report else None
