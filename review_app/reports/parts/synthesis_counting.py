"""What a synthesis counts: places once each, hosts included; reviews, methods and years; support without the hosts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from review_app.domain.vocabulary import ItemKind, Side
from review_app.reports.frozen.snapshot import Place, When
from review_app.reports.frozen.synthesis import ReviewEntry, Statement, SynthesisReport, Theme
from review_app.reports.wording.words import Words


def _key(place: Place) -> tuple[str, str]:
    return place.name.casefold(), place.country


def distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return every place once, as host where it ever was one, in the order in which they first stand."""
    found: dict[tuple[str, str], Place] = {}
    for place in places:
        if place.side is Side.OBSERVER:
            continue
        before = found.get(_key(place))
        if before is None or (place.side is Side.HOST and before.side is not Side.HOST):
            found[_key(place)] = place
    return tuple(found.values())


def places_of(report: SynthesisReport) -> tuple[Place, ...]:
    """Return everybody who took part in a review, once each, hosts included."""
    return distinct(place for review in report.reviews for place in review.places)


def hosts_of(review: ReviewEntry) -> tuple[Place, ...]:
    """Return the hosts of a review."""
    return tuple(place for place in review.places if place.side is Side.HOST)


def host_names(review: ReviewEntry, words: Words) -> str:
    """Return "Antwerp and Ghent"; the title of a review whose hosts are not on record."""
    return words.listed(words.name(place) for place in hosts_of(review)) or review.title


def short_name(review: ReviewEntry, words: Words) -> str:
    """Return "Ghent 2019": the hosts and the year of the visit, as far as it is on record."""
    return " ".join(part for part in (host_names(review, words), year_of(review.when)) if part)


def year_of(when: When) -> str:
    """Return the year a visit began in; empty when it is not on record."""
    return (when.start or "")[:4]


def years_of(report: SynthesisReport) -> tuple[str, str] | None:
    """Return the first and the last year of the visits; None when no year is on record."""
    ends = [year for review in report.reviews for year in _both(review.when)]
    return (min(ends), max(ends)) if ends else None


def _both(when: When) -> Iterator[str]:
    yield from (part[:4] for part in (when.start, when.end) if part)


def tally(report: SynthesisReport, said: Callable[[ReviewEntry], str]) -> tuple[tuple[str, int], ...]:
    """Count the reviews by what is said of them, by name: never the most frequent first (METHOD.md R1)."""
    found = Counter(said(review) for review in report.reviews)
    return tuple(sorted(((name, count) for name, count in found.items() if name), key=lambda one: one[0].casefold()))


def countries_of(report: SynthesisReport) -> tuple[tuple[str, int, int], ...]:
    """Return each country with the reviews it hosted and those it took part in, by code."""
    hosted: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for review in report.reviews:
        hosted.update({place.country for place in hosts_of(review)})
        present.update({place.country for place in review.places if place.side is not Side.OBSERVER})
    return tuple((code, hosted[code], present[code]) for code in sorted(present))


@dataclass(frozen=True)
class Met:
    """How often a theme was met: in which reviews, how many statements of each kind, and the widest support.

    `widest` is the statement that most of its peer cities hold, hosts not counted; support is never added up over
    statements, because the same city may hold several.
    """

    reviews: tuple[int, ...]
    kinds: tuple[tuple[ItemKind, int], ...]
    widest: Statement | None = None

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return sum(count for _kind, count in self.kinds)


def statements_in(report: SynthesisReport, theme: Theme) -> tuple[Statement, ...]:
    """Return the statements under a theme and its parts, each once, in their order."""
    places = {one.statement for part in (theme, *theme.parts) for one in part.cited}
    return tuple(report.statements[place] for place in sorted(places))


def met(statements: Sequence[Statement], order: Sequence[ItemKind]) -> Met:
    """Count statements, each once."""
    counts = Counter(one.kind for one in statements)
    return Met(
        reviews=tuple(sorted({one.review for one in statements})),
        kinds=tuple((kind, counts[kind]) for kind in order if counts[kind]),
        widest=max((one for one in statements if one.cities and one.of), key=_support, default=None),
    )


def _support(one: Statement) -> tuple[float, int]:
    return (one.cities or 0) / (one.of or 1), one.cities or 0
