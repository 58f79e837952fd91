"""The days behind a timeline: the first and the last that a known time may mean, and the ticks between them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from review_app.domain.vocabulary import Precision
from review_app.reports.frozen.snapshot import When
from review_app.reports.wording.words import Words

# In months: the steps that readers count in.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_TICKS, MOST_TICKS_ON_SCREEN = 8, 4


@dataclass(frozen=True)
class Tick:
    """A mark on the time line: its day, and what stands at it."""

    day: date
    label: str


def days_of(when: When) -> tuple[date, date] | None:
    """Return the first and the last day that a time may mean; None when it is not on record."""
    if when.start is None or when.precision is Precision.UNKNOWN:
        return None
    return _day(when.start, is_last=False), _day(when.end or when.start, is_last=True)


def _day(iso: str, *, is_last: bool) -> date:
    year, month, day = ([int(part) for part in iso.split("-")] + [0, 0])[:3]
    month = month or (12 if is_last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if is_last else 1))


def ticks(first: date, last: date, words: Words, *, on_screen: bool) -> tuple[Tick, ...]:
    """Return the beginnings of months or years from the one before the first day to the one after the last."""
    most = MOST_TICKS_ON_SCREEN if on_screen else MOST_TICKS
    months = _ticked(first, last, most)
    step = months[1] - months[0]
    return tuple(Tick(date(month // 12, month % 12 + 1, 1), _label(month, step, words)) for month in months)


def _ticked(first: date, last: date, most: int) -> range:
    spans = [_span(first, last, step) for step in STEPS]
    return next((span for span in spans if len(span) <= most), spans[-1])


def _span(first: date, last: date, step: int) -> range:
    begin = (first.year * 12 + first.month - 1) // step * step
    end = -(-(last.year * 12 + last.month) // step) * step
    return range(begin, end + 1, step)


def _label(month: int, step: int, words: Words) -> str:
    year = month // 12
    start = f"{year:04d}" if step >= 12 else f"{year:04d}-{month % 12 + 1:02d}"
    return words.when(When(start=start, end=None, precision=Precision.YEAR if step >= 12 else Precision.MONTH))
