"""Freezes and publishes syntheses: the newest published report of every review in it, nothing else (METHOD.md 4.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select

from review_app.domain.errata import Change, Erratum
from review_app.domain.marking import _
from review_app.domain.material import Issue
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line
from review_app.domain.vocabulary import Level
from review_app.extensions import branding
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis, SynthesisCode, SynthesisEdition, SynthesisTheme
from review_app.models.review import Review
from review_app.queries import network_synthesis as reading
from review_app.queries import synthesis_candidates
from review_app.reports.frozen.snapshot import Paper, Snapshot
from review_app.reports.frozen.synthesis import SynthesisReport
from review_app.reports.frozen.synthesising import Coded, Grouping, Written, freeze_synthesis
from review_app.reports.kinds import registry
from review_app.services import audit, consents, network_synthesis, renderings
from review_app.services.network_synthesis import LEVELS

CHANGE, FEWEST = 500, 2


@dataclass(frozen=True)
class Release:
    """How a synthesis goes out. `confirmed` is its title as typed; `change` what a later edition says anew."""

    confirmed: str
    level: Level
    change: str = ""


def reports_of(synthesis: Synthesis, level: Level | None = None) -> list[tuple[Review, Snapshot]]:
    """Return the chosen reviews whose reports travel as far as the level, in their order, each with its report."""
    chosen = synthesis_candidates.chosen(synthesis)
    return _with_reports(chosen, level or synthesis.level)


def held_back(synthesis: Synthesis, level: Level) -> list[Review]:
    """Return the chosen reviews that may not be read by everybody of a level."""
    chosen = synthesis_candidates.chosen(synthesis)
    out = synthesis_candidates.snapshots([review.id for review in chosen], level)
    return [review for review in chosen if review.id not in out]


def draft_of(synthesis: Synthesis, *, made_by: str) -> SynthesisReport:
    """Return the synthesis as it would be published now, marked as a draft."""
    issue = Issue(on=utc_now().date(), made_by=made_by)
    found = reports_of(synthesis)
    return freeze_synthesis(_written(synthesis, [review for review, _report in found]), _papers(found), issue)


def draft_of_reviews(
    refs: Collection[str], *, made_by: str, title: str = "", network: str = "", level: Level = Level.PUBLIC
) -> SynthesisReport:
    """Return a synthesis straight from published reviews, without texts and themes, marked as a draft.

    The reviews stand in the order given. Raises Unacceptable for one that is missing or not out to the level.
    """
    wanted = list(dict.fromkeys(refs))
    known = {review.ref: review for review in synthesis_candidates.by_refs(wanted, level)}
    missing = [ref for ref in wanted if ref not in known]
    if missing or not wanted:
        raise Unacceptable(
            _("No report is out for these reviews: %(refs)s."), {"refs": ", ".join(missing) or "–"}, field="ref"
        )
    found = _with_reports([known[ref] for ref in wanted], level)
    imprint = branding.imprint()
    written = Written(
        "synthesis",
        clean_line(title) or _("What the reviews say together"),
        network=network or imprint.brand.network,
        brand=imprint.brand,
        check_at=imprint.check_at,
    )
    return freeze_synthesis(written, _papers(found), Issue(on=utc_now().date(), made_by=made_by))


def publish(release: Release, synthesis: Synthesis, person: Person | None) -> SynthesisEdition:
    """Freeze a synthesis under the next number and ask for its print in the same transaction.

    Raises Unacceptable when the confirmation is wrong, a review may not travel so far, fewer than two are in it, or a
    later edition does not say what has changed; and for a level below that of an earlier edition.
    """
    # Somebody may be publishing it this very moment: whoever comes second gets the next number.
    network_synthesis.hold(synthesis)
    before = _newest(synthesis)
    _check(release, synthesis, before)
    synthesis.level = release.level
    synthesis.published_at = synthesis.published_at or utc_now()
    found = reports_of(synthesis)
    paper = freeze_synthesis(
        _written(synthesis, [review for review, _report in found]), _papers(found), _issue(release, before)
    )
    edition = SynthesisEdition(
        synthesis_id=synthesis.id,
        number=paper.number,
        snapshot=paper.to_bytes().decode(),
        digest=paper.sha256,
        made_by_id=person.id if person else None,
    )
    db.session.add(edition)
    drop_drafts(synthesis)
    renderings.ask_published(paper.sha256)
    db.session.flush()
    audit.note("publish a synthesis", person, thing=release.level.value, about=edition.key)
    return edition


def drop_drafts(synthesis: Synthesis, *which: ColumnElement[bool]) -> None:
    """Delete the drafts that were printed, all or some, with their prints."""
    drafts = SynthesisEdition.synthesis_id == synthesis.id, SynthesisEdition.number.is_(None)
    gone = delete(SynthesisEdition).where(*drafts, *which).returning(SynthesisEdition.id)
    if db.session.scalars(gone).all():
        consents.forget_prints()


def needs_change(synthesis: Synthesis) -> bool:
    """Tell whether an edition is out already, so that the next one must say what is new."""
    return _newest(synthesis) is not None


def open_levels(synthesis: Synthesis) -> tuple[Level, ...]:
    """Return the levels that are left: more readers are always possible, fewer never once it is published."""
    return LEVELS[LEVELS.index(synthesis.level) :] if synthesis.published_at else LEVELS


def _check(release: Release, synthesis: Synthesis, before: SynthesisEdition | None) -> None:
    if release.level not in open_levels(synthesis):
        raise Unacceptable(_("A published synthesis can be opened to more readers, not to fewer."), field="level")
    held = held_back(synthesis, release.level)
    if held:
        raise Unacceptable(
            _("Not everybody who will read the synthesis may read these reports: %(titles)s. Take the reviews out."),
            {"titles": "; ".join(review.title for review in held)},
            field="level",
        )
    if len(synthesis_candidates.chosen(synthesis)) < FEWEST:
        raise Unacceptable(_("A synthesis rests on at least two reviews. Choose more of them first."), field="confirm")
    if before is not None and not clean_line(release.change):
        raise Unacceptable(_("Say what is new in this edition."), field="change")
    typed = clean_line(release.confirmed).casefold()
    if typed not in (clean_line(synthesis.title).casefold(), synthesis.ref.casefold()):
        raise Unacceptable(
            _("Type the title of the synthesis, or its reference %(ref)s, to confirm."),
            {"ref": synthesis.ref},
            field="confirm",
        )


def _issue(release: Release, before: SynthesisEdition | None) -> Issue:
    day = utc_now().date()
    lines = registry.read(before.snapshot).erratum if before else ()
    new = Erratum(Change.CORRECTED, day, clean_line(release.change)[:CHANGE])
    return Issue(
        number=(before.number or 0) + 1 if before else 1,
        on=day,
        level=release.level,
        erratum=(*lines, new) if before else (),
    )


def _newest(synthesis: Synthesis) -> SynthesisEdition | None:
    numbered = SynthesisEdition.synthesis_id == synthesis.id, SynthesisEdition.number.is_not(None)
    return db.session.scalar(
        select(SynthesisEdition).where(*numbered).order_by(SynthesisEdition.number.desc()).limit(1)
    )


def _with_reports(chosen: Sequence[Review], level: Level) -> list[tuple[Review, Snapshot]]:
    out = synthesis_candidates.snapshots([review.id for review in chosen], level)
    papers = ((review, registry.read(out[review.id])) for review in chosen if review.id in out)
    return [(review, paper) for review, paper in papers if isinstance(paper, Snapshot)]


def _papers(found: Sequence[tuple[Review, Snapshot]]) -> list[Snapshot]:
    return [paper for _review, paper in found]


def _written(synthesis: Synthesis, reviews: Sequence[Review]) -> Written:
    refs = {review.id: review.ref for review in reviews}
    codes = [code for code in reading.codes_of(synthesis) if code.review_id in refs]
    rows = reading.themes_of(synthesis)
    imprint = branding.imprint()
    return Written(
        brand=imprint.brand,
        check_at=imprint.check_at,
        ref=synthesis.ref,
        title=synthesis.title,
        network=synthesis.network,
        foreword=synthesis.foreword,
        method=synthesis.method,
        conclusions=synthesis.conclusions,
        findings=tuple(one.text for one in synthesis.findings),
        themes=tuple(_grouping(row, rows, codes, refs) for row in rows if row.parent_id is None),
    )


def _grouping(
    row: SynthesisTheme, rows: Sequence[SynthesisTheme], codes: Sequence[SynthesisCode], refs: dict[int, str]
) -> Grouping:
    return Grouping(
        name=row.name,
        memo=row.memo,
        power=row.power,
        coded=tuple(Coded(refs[c.review_id], c.statement, c.memo) for c in codes if c.theme_id == row.id),
        parts=tuple(_grouping(part, rows, codes, refs) for part in rows if part.parent_id == row.id),
    )


def read(edition: SynthesisEdition) -> Paper:
    """Return what an edition says."""
    return registry.read(edition.snapshot)
