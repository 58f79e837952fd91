"""Material to freeze: three peer cities, a host, items and messages as a test asks for them."""

from datetime import date

from review_app.domain.material import City, Issue, Item, Material, MergedText
from review_app.domain.vocabulary import Attribution, ItemKind, Level, Regime, Side

NORRVIK, PORTAVELA, KESTREL, HOST = 1, 2, 3, 9
PEERS = {NORRVIK: "Norrvik", PORTAVELA: "Portavela", KESTREL: "Kestrelhaven"}
DRAFT = Issue(on=date(2026, 6, 1), made_by="Mikkel")
PUBLISHED = Issue(number=1, on=date(2026, 7, 1), level=Level.PUBLIC)


def city(number, name, side=Side.PEER, **more):
    """An organisation of the review."""
    return City(number, name, country="PT", kind="city", side=side, **more)


def item(key, city, kind=ItemKind.CHALLENGE, **more):
    """A released item, unless told otherwise."""
    return Item(key, kind, headline=f"Said in {key}", city=city, **more)


def named(key, city, **more):
    """An item whose city may be named."""
    return item(key, city, attribution=Attribution.CITY, **more)


def material(*items, messages=(), **more):
    """A review of three peer cities with these items."""
    cities = (city(HOST, "Aldermere", Side.HOST), *(city(number, name) for number, name in PEERS.items()))
    given = {
        "ref": "aldermere",
        "title": "A one-stop desk",
        "network": "Harbour and Hill",
        "method": "Critical friend review",
        "regime": Regime.MIXED,
        "cities": cities,
        "returned": frozenset(item.city for item in items if item.sent),
    }
    return Material(items=items, messages=messages, **(given | more))


def merged(number=7, kind=ItemKind.CHALLENGE, **more):
    """A message."""
    return MergedText(number, kind, headline="The team says so", **more)


def texts_in(snapshot):
    """Every statement of the sections, in order."""
    return [one.headline for section in snapshot.sections for one in (*section.messages, *section.singles)]


def section_of(snapshot, kind=ItemKind.CHALLENGE):
    """The section of one kind."""
    return next(section for section in snapshot.sections if section.kind is kind)
