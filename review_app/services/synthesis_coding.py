"""The statements of the chosen reports, page by page, each with the themes it stands under."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import update

from review_app.domain.vocabulary import ItemKind
from review_app.extensions.database import db
from review_app.models.network_synthesis import Synthesis, SynthesisCode
from review_app.queries import network_synthesis
from review_app.reports.frozen.snapshot import Message, Paper, Snapshot
from review_app.reports.frozen.synthesising import statements_of
from review_app.services import synthesis_publishing

PAGE = 10
NOWHERE = "none"
"""Stands in the place of a theme for statements that are under no theme yet."""


@dataclass(frozen=True)
class Wanted:
    """Which statements: of a kind, of a review, under a theme (its key, or NOWHERE). Pages count from 1."""

    kind: ItemKind | None = None
    ref: str = ""
    theme: str = ""
    page: int = 1


@dataclass(frozen=True)
class Line:
    """A statement to be read: what it says, where, and under which themes it stands, by their keys."""

    mark: str
    review: int
    ref: str
    title: str
    said: Message
    themes: frozenset[str]
    remark: str = ""


@dataclass(frozen=True)
class Found:
    """One page of statements, and the reviews (reference, title) in which there are any.

    `lost` counts codes of statements that their report no longer says in these words.
    """

    rows: tuple[Line, ...]
    total: int
    page: int
    coded: int
    all: int
    lost: int
    reviews: tuple[tuple[str, str], ...]


def listed(synthesis: Synthesis, wanted: Wanted) -> Found:
    """Return one page of the statements; the statements of a review stay together."""
    lines, lost = _lines(synthesis)
    fitting = [line for line in lines if _fits(line, wanted)]
    page = min(max(1, wanted.page), max(1, -(-len(fitting) // PAGE)))
    rows = tuple(fitting[(page - 1) * PAGE : page * PAGE])
    coded = sum(bool(line.themes) for line in lines)
    reviews = tuple(dict.fromkeys((line.ref, line.title) for line in lines))
    return Found(rows, len(fitting), page, coded=coded, all=len(lines), lost=lost, reviews=reviews)


def statements(synthesis: Synthesis) -> Sequence[Line]:
    """Return every statement of the chosen reports, review by review."""
    return _lines(synthesis)[0]


def known(synthesis: Synthesis, marks: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the numbers of the reviews of these statements, each a reference and a mark; the others are missing."""
    lines, _lost = _lines(synthesis)
    return {(line.ref, line.mark): line.review for line in lines if (line.ref, line.mark) in marks}


def follow(review: int, before: Paper, after: Paper) -> None:
    """Let codes go along when a report is issued anew in other words for the same statements (an erasure)."""
    if not isinstance(before, Snapshot) or not isinstance(after, Snapshot):
        return
    pairs = zip(statements_of(before), statements_of(after), strict=False)
    for old, new in ((one.mark, other.mark) for one, other in pairs if one.mark != other.mark):
        mine = SynthesisCode.review_id == review, SynthesisCode.statement == old
        db.session.execute(update(SynthesisCode).where(*mine).values(statement=new))


def _lines(synthesis: Synthesis) -> tuple[list[Line], int]:
    keys = {theme.id: theme.key for theme in network_synthesis.themes_of(synthesis)}
    found: dict[tuple[int, str], list[SynthesisCode]] = {}
    for code in network_synthesis.codes_of(synthesis):
        found.setdefault((code.review_id, code.statement), []).append(code)
    lines = []
    reports = synthesis_publishing.reports_of(synthesis)
    for review, paper in reports:
        for one in statements_of(paper):
            if one.message.kind is ItemKind.TAKE_HOME:
                continue
            codes = found.pop((review.id, one.mark), [])
            themes = frozenset(keys[code.theme_id] for code in codes)
            remark = next((code.memo for code in codes if code.memo), "")
            lines.append(Line(one.mark, review.id, review.ref, review.title, one.message, themes, remark))
    inside = {review.id for review, _paper in reports}
    return lines, sum(number in inside for number, _mark in found)


def _fits(line: Line, wanted: Wanted) -> bool:
    under = not line.themes if wanted.theme == NOWHERE else wanted.theme in line.themes
    return (
        (wanted.kind is None or line.said.kind is wanted.kind)
        and (not wanted.ref or line.ref == wanted.ref)
        and (not wanted.theme or under)
    )
