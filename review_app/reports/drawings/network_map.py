"""The map of everybody who took part in many reviews: hosts by ring and name, all others as dots."""

from collections.abc import Sequence
from dataclasses import replace

from review_app.domain.vocabulary import PlaceKind, Side
from review_app.reports.drawings.figures import Figure, spot_of, unnamed_on
from review_app.reports.drawings.map import Drawing, Europe, Spot, locator_map
from review_app.reports.frozen.snapshot import Place
from review_app.reports.wording.words import Words

# How low and how high the map may be, in parts of its width.
LOWEST, HIGHEST = 0.53, 0.69
# In mm: borders are drawn with less detail than on the small map of one review.
DETAIL = 1.7
NOWHERE = frozenset((PlaceKind.COUNTRY, PlaceKind.NETWORK))


def network_map(places: Sequence[Place], words: Words, europe: Europe | None, *, width: float) -> Figure | None:
    """Draw where hosts and visitors lie, `width` mm wide; None when nothing can be placed.

    Countries and networks are left out: one point says nothing about where they are.
    """
    shown = [place for place in places if place.kind not in NOWHERE]
    known = [place for place in shown if place.latitude is not None and place.longitude is not None]
    if europe is None or not known:
        return None
    alt, heights = _alt(known, words), (LOWEST * width, HIGHEST * width)
    spots = tuple(_spot(place, words) for place in known)
    drawing = locator_map(europe, spots, width=width, heights=heights, title=alt, detail=DETAIL)
    if drawing is None:
        return None
    unplaced = [words.name(place) for place in shown if place not in known]
    return Figure(drawing.svg, alt, _caption(words, drawing, unplaced, is_whole=len(shown) == len(places)))


def _spot(place: Place, words: Words) -> Spot:
    spot = spot_of(place, words)
    return replace(spot, is_named=spot.is_host)


def _alt(known: Sequence[Place], words: Words) -> str:
    _ = words.gettext
    hosts = sorted(words.name(place) for place in known if place.side is Side.HOST)
    visitors = sorted(words.name(place) for place in known if place.side is not Side.HOST)
    told = {"hosts": words.listed(hosts), "visitors": words.listed(visitors)}
    if hosts and visitors:
        return _("Map of Europe with the hosts %(hosts)s, and those who only visited: %(visitors)s.") % told
    if hosts:
        return _("Map of Europe with the hosts %(hosts)s.") % told
    return _("Map of Europe with the visitors %(visitors)s.") % told


def _caption(words: Words, drawing: Drawing, unplaced: Sequence[str], *, is_whole: bool) -> tuple[str, ...]:
    _ = words.gettext
    told = [_("A ring and a name mark whoever hosted a review, a dot everybody else who took part.")]
    if not is_whole:
        told.append(_("Countries and networks that took part are not drawn."))
    return (*told, *unnamed_on(drawing, unplaced, words))
