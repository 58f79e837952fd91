"""Freezes and publishes reports: the snapshot, its number and its rendering in one transaction (METHOD.md R9, R10)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from review_app.domain.errata import OPENED, Change, Erratum
from review_app.domain.marking import _
from review_app.domain.material import Issue, Material
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line
from review_app.domain.vocabulary import Level
from review_app.extensions import branding
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries import methods, report_material, reports
from review_app.queries.reports import HIGHLIGHTS
from review_app.queries.seats import Seat
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.services import audit, workflow
from review_app.services.keeping import forget_ahead, keep, keep_asked
from review_app.services.report_texts import EDIT

PUBLISH, CORRECT, RAISE = "publish", "issue an erratum", "raise the level"
PRINT = "print a draft"
FUNDING, ERRATUM = 300, 500
ORDER = (Level.PARTICIPANTS, Level.MEMBERS, Level.PUBLIC)


@dataclass(frozen=True)
class Release:
    """How a report goes out. `confirmed` is the name of the review as typed; `embargo_until` is UTC."""

    confirmed: str
    level: Level
    funding: str = ""
    embargo_until: datetime | None = None


def publish(release: Release, seat: Seat) -> Report:
    """Freeze the report with the next number and move the review on.

    Raises Refused by the method's table, Unacceptable when the confirmation or the embargo is wrong.
    """
    review = seat.review
    workflow.require(seat, PUBLISH)
    _check(release, review)
    review.funding = clean_line(release.funding)[:FUNDING] or review.funding
    workflow.perform(PUBLISH, seat, note=release.level.value)
    review.level, review.embargo_until, review.published_at = release.level, release.embargo_until, utc_now()
    if release.embargo_until is not None:
        audit.note("set an embargo", seat.person, review=review, thing=release.level.value)
    forget_ahead(Report.review_id == review.id)
    return _issue(review, seat.person)


def fund(line: str, seat: Seat) -> None:
    """Write the funding line of the report (METHOD.md R15)."""
    workflow.require(seat, EDIT)
    seat.review.funding = clean_line(line)[:FUNDING]
    db.session.flush()


def correct(text: str, seat: Seat) -> Report:
    """Issue the report anew under the next number, with a line that says what was wrong; the old one stays."""
    text = clean_line(text)[:ERRATUM]
    if not text:
        raise Unacceptable(_("Say what was wrong and what is right."), field="erratum")
    workflow.perform(CORRECT, seat, note=text)
    return _issue(seat.review, seat.person, erratum=Erratum(Change.CORRECTED, today(seat.review), text))


def raise_level(level: Level, seat: Seat) -> Report:
    """Open the report to more readers; never to fewer. The new edition says so: the old one named its readers."""
    review = seat.review
    if level not in higher(review.level):
        raise Unacceptable(_("A published report can be opened to more readers, not to fewer."), field="level")
    workflow.perform(RAISE, seat, note=level.value)
    review.level = level
    return _issue(review, seat.person, erratum=Erratum(OPENED[level], today(review)))


def higher(level: Level | None) -> tuple[Level, ...]:
    """Return the levels above this one."""
    return ORDER[ORDER.index(level) + 1 :] if level else ORDER


def freeze_draft(review: Review, made_by: str, *, network: str = "", kind: str = HIGHLIGHTS) -> Paper:
    """Return the report as it would be printed now; the same content, maker and day give the same snapshot."""
    issue = Issue(on=today(review), made_by=made_by)
    return _frozen(kind, report_material.of(review, network=network, also=registry.KINDS[kind].also), issue)


def print_draft(seat: Seat, kind: str = HIGHLIGHTS) -> Report:
    """Freeze a draft and ask for its rendering; the same draft again is the same report.

    One that was made ahead becomes this person's own: its print is there already, or on its way.
    """
    workflow.require(seat, PRINT)
    return keep_asked(freeze_draft(seat.review, seat.person.name if seat.person else "", kind=kind), seat)


def drafts_for(seat: Seat) -> list[Paper]:
    """Return the drafts that a person would get now, one of each numbered kind; none for who may not print them."""
    if seat.person is None or not seat.may(PRINT):
        return []
    issue = Issue(on=today(seat.review), made_by=seat.person.name)
    return _each_kind(seat.review, lambda _kind: issue)


def _each_kind(review: Review, issue_of: Callable[[str], Issue]) -> list[Paper]:
    """Freeze each numbered kind under the issue of that kind; kinds that ask for the same share their material."""
    kinds = [registry.KINDS[name] for name in numbered_kinds(review)]
    material = {also: report_material.of(review, also=also) for also in {kind.also for kind in kinds}}
    return [_frozen(kind.name, material[kind.also], issue_of(kind.name)) for kind in kinds]


def snapshot_of(review: Review, *, made_by: str, kind: str = HIGHLIGHTS) -> Paper:
    """Return the published snapshot of a review, or a draft of it made just now by somebody.

    What bears no number is made anew: it is neither a draft nor an issue. A review that was published without this
    kind has a draft of it until it is issued.
    """
    if not registry.KINDS[kind].is_numbered:
        issue = Issue(on=today(review), contact=branding.imprint().contact)
        return _frozen(kind, report_material.of(review, also=registry.KINDS[kind].also), issue)
    report = reports.published(review, kind) if review.published_at else None
    if report is not None:
        return registry.read(report.snapshot)
    if review.published_at and reports.published(review) is None:
        return _frozen(kind, report_material.of(review), _next_issue(review, kind))
    return freeze_draft(review, made_by, kind=kind)


def publish_record(review: Review) -> Report:
    """Freeze the report of a review that public sources tell of; a record that has changed gets the next number."""
    line = Erratum(Change.READ_AGAIN, today(review))
    db.session.flush()
    papers = _each_kind(review, lambda kind: _next_issue(review, kind, erratum=line))
    first, *_others = [keep(paper, review, None) for paper in papers]
    return first


def issue_kind(kind: str, seat: Seat) -> Report:
    """Issue a kind that the review was published without, as a number of its own; the same report a second time."""
    material = report_material.of(seat.review, also=registry.KINDS[kind].also)
    known = reports.published(seat.review, kind)
    return known or keep(_frozen(kind, material, _next_issue(seat.review, kind)), seat.review, seat.person)


def numbered_kinds(review: Review) -> tuple[str, ...]:
    """Return the kinds that are frozen when a review is published, as its method lists them; highlights first."""
    listed = methods.of(review.edition).reports
    more = (name for name in listed if name in registry.KINDS and registry.KINDS[name].is_numbered)
    return tuple(dict.fromkeys((HIGHLIGHTS, *more)))


def issue_missing() -> int:
    """Freeze the report of every published review that came in without one; return how many there were."""
    bare = select(Review).where(
        Review.published_at.is_not(None),
        ~select(Report.id).where(Report.review_id == Review.id, Report.number.is_not(None)).exists(),
    )
    found = db.session.scalars(bare).all()
    for review in found:
        _issue(review, None)
    return len(found)


def today(review: Review) -> date:
    """Return the day it is at the host."""
    return utc_now().astimezone(ZoneInfo(review.timezone)).date()


def _check(release: Release, review: Review) -> None:
    typed = clean_line(release.confirmed).casefold()
    if typed not in (clean_line(review.title).casefold(), review.ref.casefold()):
        raise Unacceptable(
            _("Type the title of the review, or its reference %(ref)s, to confirm."),
            {"ref": review.ref},
            field="confirm",
        )
    if release.embargo_until is not None and release.embargo_until <= utc_now():
        raise Unacceptable(_("The embargo must end in the future. Leave it empty for none."), field="embargo_day")


def _issue(review: Review, person: Person | None, *, erratum: Erratum | None = None) -> Report:
    db.session.flush()
    papers = [
        _reissued(registry.read(report.snapshot), _next_issue(review, report.kind, erratum=erratum))
        for report in reports.issued(review)
    ]
    papers = papers or _each_kind(review, lambda kind: _next_issue(review, kind))
    first, *_others = [keep(paper, review, person) for paper in papers]
    return first


def _frozen(kind: str, material: Material, issue: Issue) -> Paper:
    freeze = registry.KINDS[kind].freeze
    assert freeze is not None, f"{kind} is not made from one review"
    paper: Paper = freeze(material, issue)
    return paper


def _reissued(before: Paper, issue: Issue) -> Paper:
    """Say again what was published: its raw material may be gone by now, by retention or by an erasure."""
    return before.anew(number=issue.number, frozen_on=issue.on, level=issue.level, erratum=issue.erratum)


def _next_issue(review: Review, kind: str, *, erratum: Erratum | None = None) -> Issue:
    """Each kind counts its own numbers and tells its own changes: one may have been issued later than another."""
    before = reports.published(review, kind)
    lines = registry.read(before.snapshot).erratum if before else ()
    return Issue(
        number=(before.number or 0) + 1 if before else 1,
        on=_day_of_issue(review, is_first=reports.published(review) is None),
        level=review.level,
        erratum=(*lines, erratum) if erratum and before else lines,
    )


def _day_of_issue(review: Review, *, is_first: bool) -> date:
    """The first report bears the day of publication; a later edition its own."""
    at = review.published_at if is_first and review.published_at else utc_now()
    return at.astimezone(ZoneInfo(review.timezone)).date()
