"""The register of personal data as its readers are told of it: what is kept, why, how long, who sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n

from review_app.config import Settings
from review_app.domain.privacy import NOBODY, SELF, Column, Period, Table, in_words, register
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Role

WHO = {
    SELF: _l("you"),
    NOBODY: _l("nobody: the software alone uses it"),
    Role.SECRETARIAT: _l("the secretariat"),
    Thing.REVIEW: _l("those who take part, and readers of the published review"),
    Thing.TEAM: _l("those who take part in the same review"),
    Thing.PRACTICE: _l("the host city, the secretariat, and the peers once it is released"),
    Thing.RETURN: _l("your city, the review team, and the other peers once feedback has closed"),
    Thing.MESSAGE: _l("the review team, then the peers, and the host city from the fact check on"),
    Thing.FACT_CHECK: _l("the review team, the peers and the host city"),
    Thing.DRAFT: _l("the review team, then the peers, and the host city from the fact check on"),
    Thing.REPORT: _l("those for whom the report is published"),
    Thing.JOURNAL: _l("the secretariat, the team leaders and the host city"),
}
ORDER = tuple(WHO)
LARGEST_FIRST = ("person", "participant", "feedback_item", "consent", "revision")


@dataclass(frozen=True)
class Told:
    """One line of the notice."""

    title: str
    what: str
    why: str
    how_long: tuple[str, ...]
    who: tuple[str, ...]


def told(settings: Settings) -> list[Told]:
    """Return the notice, what concerns everybody first."""
    tables = [table for table in register().tables.values() if table.columns]
    rank = {name: number for number, name in enumerate(LARGEST_FIRST)}
    ordered = sorted(tables, key=lambda table: rank.get(table.name, len(rank)))
    return [_line(table, settings) for table in ordered]


def period(kept: Period, settings: Settings) -> str:
    """Return how long something is kept, in the reader's words."""
    days = kept.length(settings)
    if days is None:
        return str(_(kept.says))
    number, is_months = in_words(days)
    time = _n("%(num)d month", "%(num)d months", number) if is_months else _n("%(num)d day", "%(num)d days", number)
    return str(_(kept.says) % {"time": time})


def _line(table: Table, settings: Settings) -> Told:
    return Told(
        title=_(table.title),
        what="; ".join(dict.fromkeys(_(column.what) for column in table.columns)),
        why=_(table.why),
        how_long=_grouped(table.columns, lambda column: period(column.kept, settings)),
        who=_grouped(table.columns, _readers),
    )


def _readers(column: Column) -> str:
    return "; ".join(dict.fromkeys(str(WHO[who]) for who in ORDER if who in column.seen))


def _grouped(columns: Sequence[Column], said_of: Callable[[Column], str]) -> tuple[str, ...]:
    """Say once what holds for all; where columns differ, say of each group which ones it holds for."""
    groups: dict[str, dict[str, None]] = {}
    for column in columns:
        groups.setdefault(said_of(column), {})[_(column.what)] = None
    if len(groups) == 1:
        return (_capital(next(iter(groups))),)
    return tuple(_capital(f"{', '.join(what)}: {said}") for said, what in groups.items())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
