"""Who came, in numbers: counted and stated apart, and whether the host is among them."""

from dataclasses import dataclass
from enum import Enum, auto

from review_app.domain.vocabulary import PlaceKind, Side
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.parts.view import Fact, Marked
from review_app.reports.wording.words import Words


class HostCounted(Enum):
    """Whether a number of cities holds the host (METHOD.md 8.4: every count must say so)."""

    YES = auto()
    NO = auto()
    NOT_ON_RECORD = auto()


@dataclass(frozen=True)
class Cities:
    """A number of cities that can be said aloud."""

    count: int
    host: HostCounted


def cities_of(snapshot: Snapshot) -> Cities | None:
    """Return how many took part: as a source states it, otherwise the named ones with their host."""
    named, stated = snapshot.numbers.peer_cities, snapshot.numbers.cities_stated
    hosts = sum(place.side is Side.HOST for place in snapshot.places)
    if stated is None:
        return Cities(named + hosts, HostCounted.YES) if named and hosts else _alone(named)
    if named and stated == named + hosts and hosts:
        return Cities(stated, HostCounted.YES)
    if named and stated == named:
        return Cities(stated, HostCounted.NO)
    return Cities(stated, HostCounted.NOT_ON_RECORD) if stated else None


def _alone(named: int) -> Cities | None:
    return Cities(named, HostCounted.NO) if named else None


def lead(snapshot: Snapshot, words: Words) -> str:
    """Return the sentence that opens a report: who met whom, and whether the host is counted."""
    _ = words.gettext
    hosts = [place for place in snapshot.places if place.side is Side.HOST]
    names = words.listed(words.name(place) for place in hosts)
    people = _people(snapshot, words)
    cities = cities_of(snapshot)
    if not hosts or all(place.kind == PlaceKind.NETWORK for place in hosts):
        return _without_a_place(words, names, people, _territories(snapshot, words, cities) if cities else None)
    if cities is None:
        if not people:
            return _("%(host)s opened its practice to critical friends.") % {"host": names}
        return _("%(people)s took part in the review of %(host)s.") % {"people": people, "host": names}
    known = {"people": people, "host": names, **_territories(snapshot, words, cities)}
    return (_met(words, cities.host) if people else _came(words, cities.host)) % known


def _met(words: Words, host: HostCounted) -> str:
    _ = words.gettext
    return {
        HostCounted.YES: _("%(people)s %(from_cities)s, host included, met in %(host)s."),
        HostCounted.NO: _("%(people)s %(from_cities)s, the host not counted, met in %(host)s."),
        HostCounted.NOT_ON_RECORD: _(
            "%(people)s %(from_cities)s met in %(host)s; whether the host is counted is not on record."
        ),
    }[host]


def _came(words: Words, host: HostCounted) -> str:
    _ = words.gettext
    return {
        HostCounted.YES: _("%(cities)s, host included, took part in the review of %(host)s."),
        HostCounted.NO: _("%(cities)s, the host not counted, took part in the review of %(host)s."),
        HostCounted.NOT_ON_RECORD: _(
            "%(cities)s took part in the review of %(host)s; whether the host is counted is not on record."
        ),
    }[host]


def _without_a_place(words: Words, hosts: str, people: str, cities: dict[str, str] | None) -> str:
    _ = words.gettext
    known = {"people": people, "host": hosts, **(cities or {})}
    if people and cities:
        return _("%(people)s %(from_cities)s took part.") % known
    if people:
        return _("%(people)s took part.") % known
    if cities and hosts:
        return _("%(cities)s took part in reviews led by %(host)s.") % known
    if cities:
        return _("%(cities)s took part.") % known
    return _("The reviews were led by %(host)s.") % known if hosts else _("Who took part is not on record.")


def _people(snapshot: Snapshot, words: Words) -> str:
    count = snapshot.numbers.people if snapshot.numbers.people is not None else snapshot.numbers.people_stated
    return words.ngettext("%(count)s person", "%(count)s people", count) if count else ""


def _territories(snapshot: Snapshot, words: Words, cities: Cities) -> dict[str, str]:
    """Return the counted cities as they stand alone and as people come from them."""
    kinds = kinds_of(snapshot)
    return {"cities": words.territories(cities.count, kinds), "from_cities": words.out_of(cities.count, kinds)}


def kinds_of(snapshot: Snapshot) -> list[str]:
    """Return the kinds of the visitors, or of the hosts when no visitor is named."""
    visitors = [place.kind for place in snapshot.places if place.side is Side.PEER]
    return visitors or [PlaceKind.CITY]


def people_fact(snapshot: Snapshot, words: Words) -> Fact | None:
    """Return the line on people; a stated number is called stated."""
    _ = words.gettext
    counted, stated, note = (
        snapshot.numbers.people,
        snapshot.numbers.people_stated,
        snapshot.numbers.people_note,
    )
    language = words.foreign(snapshot.text_language)
    said = Marked(note, language) if note else None
    if counted is None and stated is None:
        return Fact(_("People"), note, language=language) if note else None
    if counted is None:
        return Fact(_("People"), words.number(stated or 0), (_("as the source states"),), said=said)
    if stated is None or stated == counted:
        return Fact(_("People"), words.number(counted), said=said)
    told = _("counted; the source states %(stated)s") % {"stated": words.number(stated)}
    return Fact(_("People"), words.number(counted), (told,), said=said)


def cities_fact(snapshot: Snapshot, words: Words) -> Fact | None:
    """Return the line on cities: how many visitors are named, and what a source states."""
    _ = words.gettext
    named, stated = snapshot.numbers.peer_cities, snapshot.numbers.cities_stated
    if not named and stated is None:
        return None
    visiting = words.territories(named, kinds_of(snapshot))
    if stated is None:
        return Fact(_("Visitors"), visiting, (_("and the host"),))
    value = words.territories(stated, kinds_of(snapshot))
    counted = cities_of(snapshot)
    about = {
        HostCounted.YES: _("host included"),
        HostCounted.NO: _("the host not counted"),
        HostCounted.NOT_ON_RECORD: _("whether the host is counted is not on record"),
    }[counted.host if counted else HostCounted.NOT_ON_RECORD]
    told = words.ngettext("as stated; %(count)s visitor is named", "as stated; %(count)s visitors are named", named)
    return Fact(_("Who took part"), value, (about, told if named else _("as stated; the visitors are not named")))
