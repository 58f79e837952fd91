"""The secretariat writes a synthesis over many reviews: opens it, chooses the reviews, writes its texts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.slugs import slug_of
from review_app.domain.text import clean_line, clean_text
from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis, SynthesisFinding, SynthesisReview
from review_app.models.review import Review
from review_app.queries import synthesis_candidates
from review_app.services import audit, history

TITLE, FOREWORD, METHOD, CONCLUSIONS, FINDING = 150, 4000, 4000, 6000, 600
MOST_FINDINGS = 12
LEVELS = (Level.MEMBERS, Level.PUBLIC)
RESERVED = frozenset(("new",))
STEM = 60


@dataclass(frozen=True)
class Start:
    """What a synthesis begins with. `level` is who will read it: no review enters that may not travel so far."""

    title: str
    level: Level
    network: str = ""


@dataclass(frozen=True)
class Texts:
    """What people write of a synthesis; `findings` holds one key finding a line."""

    title: str
    foreword: str = ""
    findings: str = ""
    method: str = ""
    conclusions: str = ""

    def cleaned(self) -> "Texts":
        """Return the texts as they are kept."""
        return Texts(
            _titled(self.title),
            clean_text(self.foreword)[:FOREWORD],
            findings="\n".join(_lines(self.findings)),
            method=clean_text(self.method)[:METHOD],
            conclusions=clean_text(self.conclusions)[:CONCLUSIONS],
        )


def open_synthesis(key: str, start: Start, person: Person | None) -> Synthesis:
    """Begin a synthesis under a key the page made; the same key again is the same synthesis.

    Raises Unacceptable without a title and for a level that reaches nobody outside a review.
    """
    known = db.session.scalar(select(Synthesis).where(Synthesis.key == key))
    if known is not None:
        return known
    title = _titled(start.title)
    if start.level not in LEVELS:
        raise Unacceptable(_("Choose who will read the synthesis."), field="level")
    synthesis = Synthesis(key=key, ref=_free_ref(title), title=title, network=start.network[:160], level=start.level)
    db.session.add(synthesis)
    db.session.flush()
    history.keep(synthesis, content_of(synthesis), person)
    audit.note("begin a synthesis", person, thing=start.level.value, about=synthesis.ref)
    return synthesis


def save_texts(
    texts: Texts, synthesis: Synthesis, person: Person | None, *, seen_version: int | None, by_itself: bool = False
) -> Synthesis:
    """Save the texts. Raises Unacceptable without a title, Stale when somebody saved others meanwhile."""
    kept = texts.cleaned()
    new = _as_content(kept)
    if new == content_of(synthesis):
        history.settle(synthesis, by_itself=by_itself)
        return synthesis
    history.check(synthesis, seen_version or 0, content_of(synthesis))
    synthesis.title, synthesis.foreword = kept.title, kept.foreword
    synthesis.method, synthesis.conclusions = kept.method, kept.conclusions
    _write_findings(synthesis, kept.findings.splitlines())
    synthesis.saved_at = utc_now()
    db.session.flush()
    history.keep(synthesis, content_of(synthesis), person, by_itself=by_itself)
    return synthesis


def content_of(synthesis: Synthesis) -> dict[str, Any]:
    """Return what stands in the texts, by the names of the form."""
    return {
        "title": synthesis.title,
        "foreword": synthesis.foreword,
        "findings": "\n".join(one.text for one in synthesis.findings),
        "method": synthesis.method,
        "conclusions": synthesis.conclusions,
    }


def choose(refs: Collection[str], synthesis: Synthesis) -> int:
    """Put more reviews into a synthesis, the earliest visit first among them; return how many were new.

    Raises Unacceptable when one of them may not be read by all who will read the synthesis.
    """
    wanted = set(refs)
    found = synthesis_candidates.by_refs(wanted, synthesis.level)
    if len(found) < len(wanted):
        raise Unacceptable(_("One of these reviews is not out to everybody who will read the synthesis."), field="ref")
    hold(synthesis)
    there = set(db.session.scalars(select(SynthesisReview.review_id).where(_mine(synthesis))))
    last = db.session.scalar(select(func.max(SynthesisReview.position)).where(_mine(synthesis))) or 0
    new = sorted((review for review in found if review.id not in there), key=_by_visit)
    db.session.add_all(
        SynthesisReview(synthesis_id=synthesis.id, review_id=review.id, position=last + number)
        for number, review in enumerate(new, start=1)
    )
    db.session.flush()
    return len(new)


def leave_out(refs: Collection[str], synthesis: Synthesis) -> int:
    """Take reviews out of a synthesis; what was coded in them comes back with them. Return how many went."""
    numbers = select(Review.id).where(Review.ref.in_(refs))
    gone = delete(SynthesisReview).where(_mine(synthesis), SynthesisReview.review_id.in_(numbers))
    return len(db.session.scalars(gone.returning(SynthesisReview.id)).all())


def hold(synthesis: Synthesis) -> None:
    """Read a synthesis anew and hold it until the commit. Raises Unacceptable when somebody has deleted it."""
    query = select(Synthesis).where(Synthesis.id == synthesis.id).execution_options(populate_existing=True)
    if db.session.scalar(query.with_for_update()) is None:
        raise Unacceptable(_("Somebody has deleted this synthesis meanwhile."))


def _mine(synthesis: Synthesis) -> Any:
    return SynthesisReview.synthesis_id == synthesis.id


def _by_visit(review: Review) -> tuple[bool, str, int]:
    """Those whose dates are not on record come last."""
    return review.starts_on is None, review.starts_on.isoformat() if review.starts_on else "", review.id


def _as_content(texts: Texts) -> dict[str, Any]:
    return {
        "title": texts.title,
        "foreword": texts.foreword,
        "findings": texts.findings,
        "method": texts.method,
        "conclusions": texts.conclusions,
    }


def _write_findings(synthesis: Synthesis, lines: list[str]) -> None:
    """Keep a row as long as there is a line for it, so that no place is taken twice on the way."""
    for row, text in zip(synthesis.findings, lines, strict=False):
        row.text = text
    for position in range(len(synthesis.findings), len(lines)):
        synthesis.findings.append(SynthesisFinding(position=position, text=lines[position]))
    for row in synthesis.findings[len(lines) :]:
        synthesis.findings.remove(row)


def _lines(text: str) -> list[str]:
    lines = (clean_line(line.strip().lstrip("-–•*").strip())[:FINDING] for line in clean_text(text).splitlines())
    return [line for line in lines if line][:MOST_FINDINGS]


def _titled(raw: str) -> str:
    title = clean_line(raw)
    if not title:
        raise Unacceptable(_("Give the synthesis a title."), field="title")
    if len(title) > TITLE:
        raise Unacceptable(_("The title takes at most %(limit)s characters."), {"limit": TITLE}, field="title")
    return title


def _free_ref(title: str) -> str:
    stem = slug_of(title)[:STEM].strip("-") or "synthesis"
    taken = set(db.session.scalars(select(Synthesis.ref).where(Synthesis.ref.startswith(stem, autoescape=True))))
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(ref for ref in tries if ref not in taken | RESERVED)
