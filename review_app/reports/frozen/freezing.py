"""Freezes a review into a snapshot: what is released, who may be named, in which order. Plain data in and out."""

from dataclasses import asdict
from datetime import date
from typing import TypedDict

from review_app.domain.brand import Brand as Look
from review_app.domain.brand import Worded as Pairs
from review_app.domain.marking import _
from review_app.domain.material import City, Issue, Item, Material, Span
from review_app.domain.vocabulary import Regime, Side
from review_app.reports.frozen import said, told
from review_app.reports.frozen.snapshot import (
    Brand,
    Draft,
    HostView,
    KeyFigure,
    Numbers,
    Place,
    Question,
    Snapshot,
    When,
    Worded,
)

# A report is frozen in English and spoken in any language afterwards: what people wrote carries its own mark.
LANGUAGE = "en"
EUROPEAN = ("eu ", "european", "easi", "esf", "erdf", "interreg", "urbact", "horizon", "erasmus")
DISCLAIMER = _(
    "The information contained in this report does not necessarily reflect the position of the European Commission."
)


def freeze(material: Material, issue: Issue) -> Snapshot:
    """Return the highlights report of a review (METHOD.md 4.1); the same material and issue give the same snapshot."""
    if material.record is not None:
        return told.freeze_record(material, material.record, common(material, issue))
    released = tuple(item for item in material.items if item.released)
    voices = said.Voices(material, released, is_draft=issue.is_draft)
    texts = material.texts
    return common(material, issue).model_copy(
        update={
            "objective": material.purpose or None,
            "questions": tuple(Question(number=number, text=text) for number, text in material.questions),
            "numbers": _numbers(material, voices),
            "context": told.paragraphs_of(texts.context or material.answers.get("problem", "")),
            "practice": told.practice_of(material),
            "key_figures": figures_of(material),
            "programme": told.lines_of(texts.saw),
            "counts": voices.counts(),
            "counts_by_question": voices.counts_by_question(),
            "sections": voices.sections(),
            "take_homes": voices.take_homes(),
            "host_word": texts.host_word or None,
            "host_views": tuple(HostView(about=view.about, text=view.text) for view in material.views),
            "next_steps": told.lines_of(texts.next_steps),
            "missing_returns": _missing(material, released),
            "disclaimer": _disclaimer(material),
            "contact": material.answers.get("contact") or None,
        }
    )


class Unnumbered(TypedDict):
    """What the papers say that have no number."""

    ref: str
    number: None
    frozen_on: date | None
    draft: None
    text_language: str
    network: str
    brand: Brand
    fictional: bool
    method: str
    places: tuple[Place, ...]


def unnumbered(material: Material, issue: Issue) -> Unnumbered:
    """Return what each paper says that is made anew whenever somebody asks for it; its places are the hosts'."""
    return Unnumbered(
        ref=material.ref,
        number=None,
        frozen_on=issue.on,
        draft=None,
        text_language=material.language,
        network=material.network,
        brand=brand_of(material.brand),
        fictional=material.fictional,
        method=material.method,
        places=tuple(place for place in _places(material) if place.side is Side.HOST),
    )


def common(material: Material, issue: Issue) -> Snapshot:
    """Return what every report says, whether it rests on returns or on a public record."""
    return Snapshot(
        ref=material.ref,
        number=issue.number,
        frozen_on=None if issue.is_draft else issue.on,
        draft=Draft(made_by=issue.made_by, made_on=issue.on) if issue.is_draft and issue.on else None,
        language=LANGUAGE,
        title=material.title,
        text_language=material.language,
        network=material.network,
        brand=brand_of(material.brand, material.funding),
        check_at=material.check_at,
        method=material.method,
        when=when_of(material.span),
        venue=material.venue or None,
        theme=material.theme,
        numbers=Numbers(peer_cities=sum(city.side is Side.PEER for city in _present(material))),
        places=_places(material),
        funding=material.funding or None,
        regime=material.regime,
        level=None if issue.is_draft else issue.level,
        fictional=material.fictional,
        erratum=issue.erratum,
    )


def brand_of(brand: Look, funding: str = "") -> Brand:
    """Return the look of today, and of all funders only what the one who pays wants said (METHOD.md R15)."""
    funder = brand.funder_of(funding)
    return Brand(
        **asdict(brand.colours),
        logo=brand.logo,
        logo_text=brand.logo_text,
        funder=funder.name if funder else "",
        funding=_worded(funder.funding if funder else ()),
        disclaimer=_worded(funder.disclaimer if funder else ()),
    )


def _worded(texts: Pairs) -> tuple[Worded, ...]:
    return tuple(Worded(language=language, text=text) for language, text in texts)


def when_of(span: Span) -> When:
    """Return the days of the visit as a report knows them."""
    return When(start=span.start, end=span.end, precision=span.precision)


def _numbers(material: Material, voices: said.Voices) -> Numbers:
    return Numbers(
        peer_cities=voices.taking_part,
        people=material.texts.people,
        returns_received=len(material.returned),
        returns_expected=voices.taking_part,
    )


def figures_of(material: Material) -> tuple[KeyFigure, ...]:
    """Return the numbers of the practice, each with its unit."""
    return tuple(
        KeyFigure(
            label=figure.label,
            value=" ".join(part for part in (figure.value, figure.unit) if part),
            year=figure.year or None,
            source=figure.source or None,
        )
        for figure in material.figures
    )


def _missing(material: Material, released: tuple[Item, ...]) -> tuple[str, ...]:
    """Name the cities that sent nothing, unless that gives away who the few others are that want no name."""
    printed = {item.city for item in released}
    speakers = printed | {voice.city for voice in material.beside}
    agreed = all(one.agrees for one in (*map(said.voice, released), *material.beside))
    hidden = not agreed or material.regime is Regime.CHATHAM_HOUSE
    if hidden and any(0 < len(group) < material.small_group for group in (printed, speakers)):
        return ()
    return tuple(
        city.name for city in _present(material) if city.side is Side.PEER and city.number not in material.returned
    )


def _present(material: Material) -> list[City]:
    """Those who take part, and those who gave a return before they left."""
    return [city for city in material.cities if city.takes_part or city.number in material.returned]


def _places(material: Material) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=city.name,
            country=city.country,
            kind=city.kind,
            side=city.side,
            latitude=city.latitude,
            longitude=city.longitude,
        )
        for city in _present(material)
    )


def _disclaimer(material: Material) -> str | None:
    """European money asks for a disclaimer, whatever a brand says besides (METHOD.md R15)."""
    funder = material.brand.funder_of(material.funding)
    folded = f"{material.funding} {funder.name if funder else ''} ".casefold()
    return DISCLAIMER if any(mark in folded for mark in EUROPEAN) else None
