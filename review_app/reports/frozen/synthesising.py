"""Freezes published reports into a synthesis: statements are named by what they say, so that people can code them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from review_app.domain.brand import Brand
from review_app.domain.material import KIND_ORDER, Issue
from review_app.domain.text import clean_text
from review_app.domain.vocabulary import ItemKind, Power
from review_app.reports.frozen import told
from review_app.reports.frozen.freezing import brand_of
from review_app.reports.frozen.snapshot import Draft, Message, Snapshot
from review_app.reports.frozen.synthesis import Cited, ReviewEntry, Statement, SynthesisReport, Theme

LANGUAGE = "en"
LONGEST_BRIEF = 480
ENDS = (". ", "! ", "? ")


@dataclass(frozen=True)
class Coded:
    """That people put a statement under a theme; `mark` is what `mark_of` says of it."""

    ref: str
    mark: str
    memo: str = ""


@dataclass(frozen=True)
class Grouping:
    """A theme as people wrote it, with the statements they put under it and its parts."""

    name: str
    memo: str = ""
    power: Power | None = None
    coded: tuple[Coded, ...] = ()
    parts: tuple["Grouping", ...] = ()


@dataclass(frozen=True)
class Written:
    """What people write of a synthesis; findings are one text each. Brand and check are those of the installation."""

    ref: str
    title: str
    network: str = ""
    brand: Brand = field(default=Brand())
    check_at: str = ""
    foreword: str = ""
    method: str = ""
    conclusions: str = ""
    findings: tuple[str, ...] = ()
    themes: tuple[Grouping, ...] = ()


@dataclass(frozen=True)
class Found:
    """A statement of one report, with its name in the codes."""

    mark: str
    message: Message


def mark_of(message: Message) -> str:
    """Return the name of a statement: 32 hexadecimal digits made from its kind and its words."""
    content = "\0".join((message.kind.value, message.headline, message.body))
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def statements_of(report: Snapshot) -> tuple[Found, ...]:
    """Return what a published report says, each statement once: messages, then items that stand alone, by kind."""
    sections = sorted(report.sections, key=lambda section: KIND_ORDER.index(section.kind))
    said = (one for section in sections for one in (*section.messages, *section.singles))
    return tuple({mark_of(one): Found(mark_of(one), one) for one in said}.values())


def freeze_synthesis(written: Written, reports: Sequence[Snapshot], issue: Issue) -> SynthesisReport:
    """Return the synthesis of these published reports in their order; the same input gives the same snapshot.

    What was coded and is no longer said by its report is left out.
    """
    statements, places = _pool(reports)
    return SynthesisReport(
        ref=written.ref,
        number=issue.number,
        frozen_on=None if issue.is_draft else issue.on,
        draft=Draft(made_by=issue.made_by, made_on=issue.on) if issue.is_draft and issue.on else None,
        language=LANGUAGE,
        title=written.title,
        text_language=LANGUAGE,
        network=written.network,
        brand=brand_of(written.brand),
        check_at=written.check_at,
        level=None if issue.is_draft else issue.level,
        fictional=any(report.fictional for report in reports),
        erratum=issue.erratum,
        foreword=told.paragraphs_of(written.foreword),
        findings=tuple(line for text in written.findings if (line := clean_text(text))),
        method_note=told.paragraphs_of(written.method),
        conclusions=told.paragraphs_of(written.conclusions),
        themes=tuple(_theme(one, places) for one in written.themes),
        statements=statements,
        reviews=tuple(_entry(number, report) for number, report in enumerate(reports, start=1)),
    )


def _pool(reports: Sequence[Snapshot]) -> tuple[tuple[Statement, ...], Mapping[tuple[str, str], int]]:
    """Return all statements, and where each stands by the reference of its review and its mark."""
    found = [
        (report.ref, one, number)
        for number, report in enumerate(reports, start=1)
        for one in statements_of(report)
        if one.message.kind is not ItemKind.TAKE_HOME
    ]
    statements = tuple(_statement(one.message, number) for _ref, one, number in found)
    return statements, {(ref, one.mark): place for place, (ref, one, _number) in enumerate(found)}


def _statement(message: Message, review: int) -> Statement:
    return Statement(
        review=review,
        kind=message.kind,
        headline=message.headline,
        body=message.body,
        cities=message.cities,
        of=message.of,
        consensus=message.consensus,
        addressee=message.addressee,
        horizon=message.horizon,
        dissent=message.dissent,
        language=message.language,
        summary=message.summary,
        is_public_record=bool(message.source) and message.cities is None,
    )


def _theme(group: Grouping, places: Mapping[tuple[str, str], int]) -> Theme:
    return Theme(
        name=group.name,
        memo=told.paragraphs_of(group.memo),
        power=group.power,
        cited=tuple(_cited(group.coded, places)),
        parts=tuple(_theme(part, places) for part in group.parts),
    )


def _cited(coded: Iterable[Coded], places: Mapping[tuple[str, str], int]) -> list[Cited]:
    known = ((places.get((one.ref, one.mark)), clean_text(one.memo)) for one in coded)
    return sorted(
        (Cited(statement=at, memo=memo) for at, memo in known if at is not None), key=lambda one: one.statement
    )


def _entry(number: int, report: Snapshot) -> ReviewEntry:
    return ReviewEntry(
        number=number,
        ref=report.ref,
        title=report.title,
        method=report.method,
        network=report.network,
        theme=report.theme,
        when=report.when,
        places=report.places,
        people=report.numbers.people or report.numbers.people_stated,
        returns=report.numbers.returns_received,
        brief=_shortened(" ".join(report.practice) or report.objective or ""),
        key_figures=report.key_figures,
        language=report.text_language,
        outcome=told.paragraphs_of(report.outcome or ""),
        next_steps=report.next_steps,
        sources=report.sources,
        report=report.number,
        fictional=report.fictional,
    )


def _shortened(text: str) -> str:
    """Return whole sentences up to the limit, or whole words and three dots when the first one is longer."""
    if len(text) <= LONGEST_BRIEF:
        return text
    head = text[:LONGEST_BRIEF]
    end = max(head.rfind(mark) for mark in ENDS)
    if end > 0:
        return head[: end + 1]
    return head[: head.rfind(" ")].rstrip(" ,;:–-") + " …" if " " in head else head + "…"
