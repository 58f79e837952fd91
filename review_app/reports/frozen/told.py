"""What hosts and public pages tell, for the snapshot: texts as paragraphs, a public record as it stands."""

from urllib.parse import urlsplit

from review_app.domain.material import KIND_ORDER, Material, Page, Record
from review_app.domain.text import clean_text
from review_app.domain.vocabulary import ItemKind, RecordKind, Side
from review_app.reports.frozen.snapshot import Message, Numbers, Question, Section, Snapshot, Source, When

_FINDINGS = {
    ItemKind.SUCCESS_FACTOR: RecordKind.SUCCESS_FACTOR,
    ItemKind.CHALLENGE: RecordKind.CHALLENGE,
    ItemKind.LESSON: RecordKind.LESSON,
    ItemKind.RECOMMENDATION: RecordKind.RECOMMENDATION,
}


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that hold something, without the marks of lists and bold type."""
    lines = (line.strip().replace("**", "") for line in clean_text(text).split("\n"))
    return tuple(f"– {line[2:].strip()}" if line.startswith("- ") else line for line in lines if line)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that will stand in a list of its own: whatever mark began them is left out."""
    return tuple(line.lstrip("–-•* ").strip() for line in paragraphs_of(text))


def practice_of(material: Material) -> tuple[str, ...]:
    """Return the team's text on the practice, or the host's own words when the team wrote none."""
    if material.texts.practice:
        return paragraphs_of(material.texts.practice)
    return tuple(line for key in ("summary", "how") for line in paragraphs_of(str(material.answers.get(key) or "")))


def freeze_record(material: Material, record: Record, common: Snapshot) -> Snapshot:
    """Return the report of a review that took place elsewhere: stated numbers apart, unknown things as unknown."""
    peers = sum(city.side is Side.PEER for city in material.cities)
    span = record.span
    return common.model_copy(
        update={
            "method": record.method,
            "when": When(start=span.start, end=span.end, precision=span.precision),
            "venue": record.venue or common.venue,
            "objective": record.objective,
            "questions": tuple(Question(number=number, text=text) for number, text in material.questions),
            "numbers": Numbers(
                peer_cities=peers,
                cities_stated=record.cities_stated,
                people_stated=record.people_stated,
                people_note=record.people_note,
            ),
            "practice": paragraphs_of(record.practice or ""),
            "programme": record.of(RecordKind.PROGRAMME),
            "sections": _findings(material, record),
            "outcome": record.outcome,
            "observers": record.of(RecordKind.OBSERVER),
            "outputs": record.of(RecordKind.OUTPUT),
            "sources": tuple(Source(url=page.url, published=page.published, note=page.note) for page in record.pages),
            "unknown": record.of(RecordKind.MISSING),
            "conflicts": record.of(RecordKind.CONFLICT),
            "funding": record.funding or common.funding,
        }
    )


def _findings(material: Material, record: Record) -> tuple[Section, ...]:
    source = _source(material, record)
    found = (
        Section(
            kind=kind,
            messages=tuple(Message(kind=kind, headline=line, source=source) for line in record.of(_FINDINGS[kind])),
        )
        for kind in KIND_ORDER
        if kind in _FINDINGS
    )
    return tuple(section for section in found if section.messages)


def _source(material: Material, record: Record) -> str:
    """Say from where a finding comes: the page itself when there is one, otherwise host and sites of all of them."""
    if len(record.pages) == 1:
        return record.pages[0].url
    hosts = [city.name for city in material.cities if city.side is Side.HOST] or [material.network]
    sites = dict.fromkeys(_site(page) for page in record.pages)
    return ": ".join(part for part in (", ".join(hosts), ", ".join(sites)) if part) or material.title


def _site(page: Page) -> str:
    try:
        return urlsplit(page.url).netloc.removeprefix("www.") or page.url
    except ValueError:  # an address that no browser could open is told as it stands
        return page.url
