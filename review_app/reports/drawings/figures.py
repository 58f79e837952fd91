"""The figures of a report: image, words for those who do not see it, caption."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, unquote

from review_app.domain.vocabulary import Side
from review_app.reports.drawings.bars import Part, stacked_bar
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.lettering import ON_PAPER, ON_SCREEN
from review_app.reports.drawings.map import Drawing, Europe, Spot, locator_map
from review_app.reports.frozen.snapshot import KindCount, Place
from review_app.reports.wording.printable import Address
from review_app.reports.wording.words import Words

SVG = "data:image/svg+xml,"
# In mm: the margin column of the printed page and the height a map may take in it.
MAP_WIDTH, MAP_HEIGHTS = 50.0, (42.0, 66.0)

# What the drawings write, and nothing else: elements, attributes and values that lead nowhere.
_ELEMENTS = "svg|title|g|path|circle|rect|text"
_ATTRIBUTE = r' (?:[\w-]+="[-#\w.,:/ ]*"|transform="rotate\([-\d. ]+\)")'
_TAG = re.compile(rf"</(?:{_ELEMENTS})>|<(?:{_ELEMENTS})(?:{_ATTRIBUTE})*/?>")
_LOOSE = re.compile("[<>]|&(?!(?:amp|lt|gt|quot|#x27);)")


@dataclass(frozen=True)
class Figure:
    """An SVG image, the sentence that replaces it, and its caption."""

    svg: str
    alt: str
    caption: tuple[str, ...]

    def __html__(self) -> str:
        """The image inline, for a page of the web; every text in it was escaped when it was drawn."""
        return self.svg

    @property
    def address(self) -> Address:
        """The image as an address for <img>: inline SVG would lose its alternative text in PDF/UA."""
        return _address(self.svg)


@lru_cache(maxsize=256)
def _address(svg: str) -> Address:
    return Address(SVG + quote(svg, safe=" =:/,;()'!*@+-._~"))


@lru_cache(maxsize=256)
def is_ours(address: str) -> bool:
    """Tell whether an address holds a drawing as we make them: known elements, nothing that leads out."""
    if not address.startswith(SVG):
        return False
    return not _LOOSE.search(_TAG.sub("", unquote(address.removeprefix(SVG))))


class Placed(Protocol):
    """A report that names places."""

    @property
    def places(self) -> tuple[Place, ...]: ...


def map_figure(snapshot: Placed, words: Words, europe: Europe | None, palette: Palette = DEFAULT) -> Figure | None:
    """Draw where the host and the visitors lie; None when nothing can be placed."""
    places = [place for place in snapshot.places if place.side is not Side.OBSERVER]
    known = [place for place in places if place.latitude is not None and place.longitude is not None]
    if europe is None or not known:
        return None
    title = _map_alt(snapshot, words, [words.name(place) for place in known])
    spots = tuple(spot_of(place, words) for place in known)
    drawing = locator_map(europe, spots, width=MAP_WIDTH, heights=MAP_HEIGHTS, title=title, palette=palette)
    if drawing is None:
        return None
    alt = _map_alt(snapshot, words, [spot.name for spot in spots if spot.name in drawing.shown])
    has_ring = any(spot.is_host and spot.name in drawing.shown for spot in spots)
    unplaced = [words.name(place) for place in places if place not in known]
    ring = (words.gettext("The host is marked by a ring."),) if has_ring else ()
    return Figure(drawing.svg, alt, (*ring, *unnamed_on(drawing, unplaced, words)))


def spot_of(place: Place, words: Words) -> Spot:
    """Return a place as a map marks it."""
    return Spot(
        name=words.name(place),
        latitude=place.latitude or 0.0,
        longitude=place.longitude or 0.0,
        country=place.country,
        is_host=place.side is Side.HOST,
    )


def _map_alt(snapshot: Placed, words: Words, shown: Sequence[str]) -> str:
    _ = words.gettext
    hosts = [words.name(place) for place in snapshot.places if place.side is Side.HOST]
    host_names = words.listed([name for name in shown if name in hosts])
    visitors = words.listed([name for name in shown if name not in hosts])
    if host_names and visitors:
        return _("Map of Europe with the host, %(hosts)s, and the visitors %(visitors)s.") % {
            "hosts": host_names,
            "visitors": visitors,
        }
    if host_names:
        return _("Map of Europe with the host, %(hosts)s.") % {"hosts": host_names}
    return _("Map of Europe with the visitors %(visitors)s.") % {"visitors": visitors}


def unnamed_on(drawing: Drawing, unplaced: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return the sentences on places that a map shows by a number or not at all."""
    _ = words.gettext
    told = []
    if drawing.keyed:
        numbered = [f"{number}\u00a0{name}" for number, name in enumerate(drawing.keyed, start=1)]
        told.append(_("By number: %(places)s.") % {"places": words.listed(numbered)})
    if drawing.beyond:
        told.append(_("Beyond this map: %(places)s.") % {"places": words.listed(drawing.beyond)})
    if unplaced:
        told.append(_("Not on the map, for want of a position: %(places)s.") % {"places": words.listed(unplaced)})
    return tuple(told)


def bar_figure(
    counts: Sequence[KindCount], words: Words, caption: str, *, on_screen: bool, palette: Palette = DEFAULT
) -> Figure | None:
    """Draw how many items of each kind there are; None when there are none."""
    parts = [Part(one.kind, words.kind(one.kind), one.count) for one in counts if one.count > 0]
    if not parts:
        return None
    alt = words.gettext("One bar of %(total)s, divided by kind: %(parts)s.") % {
        "total": words.ngettext("%(count)s item", "%(count)s items", sum(part.count for part in parts)),
        "parts": words.listed(words.items(part.kind, part.count) for part in parts),
    }
    svg = stacked_bar(parts, width=ON_SCREEN if on_screen else ON_PAPER, title=alt, palette=palette)
    return Figure(svg, alt, (caption,) if caption else ())
