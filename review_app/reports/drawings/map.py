"""Locator map of the places of a review: plain data in, one accessible SVG string out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import pairwise
from math import cos, isfinite, radians, sin, sqrt
from pathlib import Path

from review_app.reports.drawings.colours import DEFAULT, FONT, Palette
from review_app.reports.drawings.labels import LINE_HEIGHT, Box, Dot, Ground, Label, Point, place_labels

# In mm: clipped edges lie so far outside the frame that no cut line shows.
BLEED = 6.0
# In mm: kept free around the outermost places, for their names.
PADDING = 9.0
HOST_RADIUS, PEER_RADIUS = 2.4, 1.05
# In mm on paper: 8 pt, and 7 pt when there are many.
LABEL_SIZE, SMALL_LABEL_SIZE, MANY = 2.8, 2.45, 12
# In mm: corners nearer than this are not seen.
DETAIL = 0.25
# A map never shows less than this share of Europe's width: a single city needs its country to be found.
CLOSEST = 0.3


@dataclass(frozen=True)
class Formula:
    """Lambert azimuthal equal-area as the map file states it: degrees in, map units out."""

    lat0: float
    lon0: float
    x0: float
    y1: float
    scale: float

    def place(self, latitude: float, longitude: float) -> Point | None:
        """Return where a place lies in map units; None for the other end of the world, which has no place."""
        lat0, lat, turn = radians(self.lat0), radians(latitude), radians(longitude - self.lon0)
        near = 1 + sin(lat0) * sin(lat) + cos(lat0) * cos(lat) * cos(turn)
        if not isfinite(near) or near < 0.01:
            return None
        k = sqrt(2 / near)
        x, y = k * cos(lat) * sin(turn), k * (cos(lat0) * sin(lat) - sin(lat0) * cos(lat) * cos(turn))
        return (x - self.x0) * self.scale, (self.y1 - y) * self.scale


@dataclass(frozen=True, eq=False)
class Europe:
    """The base map: rings of every country in map units, by its two letters, and the whole sheet's size.

    It is read once, and one is the same as another only when it is that one.
    """

    formula: Formula
    width: float
    height: float
    countries: Mapping[str, tuple[tuple[Point, ...], ...]]

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies on the sheet."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


@dataclass(frozen=True)
class Spot:
    """A place to mark, in degrees. One that is not named is a dot alone."""

    name: str
    latitude: float
    longitude: float
    country: str = ""
    is_host: bool = False
    is_named: bool = True


@dataclass(frozen=True)
class Drawing:
    """An SVG image, and what it could not show by name: numbered places, places beyond the sheet."""

    svg: str
    width: float
    height: float
    keyed: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    shown: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Frame:
    """A window on the sheet: left, top and scale in map units, size in mm."""

    left: float
    top: float
    units_per_mm: float
    width: float
    height: float

    def on_paper(self, point: Point) -> Point:
        return (point[0] - self.left) / self.units_per_mm, (point[1] - self.top) / self.units_per_mm


def read_europe(path: Path) -> Europe | None:
    """Return the base map that set-up made; None when it has not been made. Read once a content."""
    if not path.is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Europe:
    sheet = json.loads(path.read_text(encoding="utf-8"))
    formula = sheet["meta"]["formula"]
    _, _, width, height = (float(part) for part in sheet["viewBox"].split())
    return Europe(
        formula=Formula(**{name: formula[name] for name in ("lat0", "lon0", "x0", "y1", "scale")}),
        width=width,
        height=height,
        countries={code: tuple(_rings(country["d"])) for code, country in sheet["countries"].items()},
    )


def _rings(path: str) -> Iterable[tuple[Point, ...]]:
    for ring in path.split("M")[1:]:
        pairs = (pair.replace(",", " ").split() for pair in ring.rstrip("Z").split("L"))
        yield tuple((float(x), float(y)) for x, y in pairs)


@lru_cache(maxsize=256)
def locator_map(
    europe: Europe,
    spots: tuple[Spot, ...],
    *,
    width: float,
    heights: tuple[float, float],
    title: str,
    palette: Palette = DEFAULT,
    detail: float = DETAIL,
) -> Drawing | None:
    """Draw the places `width` mm wide, as high as they ask within `heights`; None when none lies on the sheet.

    Corners nearer than `detail` mm are drawn as one: a map of all Europe must not outweigh its page.
    A review keeps its places through all its drafts: the same ones are drawn once.
    """
    lying = [(spot, europe.formula.place(spot.latitude, spot.longitude)) for spot in spots]
    inside = {spot: point for spot, point in lying if point is not None and europe.holds(point)}
    beyond = tuple(spot.name for spot in spots if spot not in inside)
    if not inside:
        return None
    frame = _frame(europe, list(inside.values()), width, heights)
    hosts = {spot.country for spot in inside if spot.is_host}
    land = "".join(_countries(europe, frame, dict.fromkeys(hosts, palette.land_of_host), detail))
    marks, keyed = _marked(inside, frame, palette)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{frame.height:g}mm" '
        f'viewBox="0 0 {width:g} {frame.height:g}" role="img"><title>{escape(title)}</title>'
        f'<g fill="{palette.pale}" stroke="{palette.paper}" stroke-width=".25" stroke-linejoin="round">{land}</g>'
        f"{marks}</svg>"
    )
    return Drawing(svg, width, frame.height, keyed, beyond, tuple(spot.name for spot in inside))


def _marked(inside: Mapping[Spot, Point], frame: Frame, palette: Palette) -> tuple[str, tuple[str, ...]]:
    """Return dots and names as a group, and the names that found no room and are numbers there."""
    dots = {spot: Dot(spot.name, frame.on_paper(point), _radius(spot)) for spot, point in _in_order(inside)}
    size = LABEL_SIZE if len(dots) <= MANY else SMALL_LABEL_SIZE
    named = [dot for spot, dot in dots.items() if spot.is_named]
    others = tuple(dot.box for spot, dot in dots.items() if not spot.is_named)
    ground = Ground(Box(0.6, 0.6, frame.width - 0.6, frame.height - 0.6), others)
    labels, keyed = place_labels(named, ground, size)
    marks = "".join(_mark(dot, spot, palette) for spot, dot in dots.items())
    names = "".join(_name(labels[dot], spot, size, palette) for spot, dot in dots.items() if spot.is_named)
    return f'<g font-family="{FONT}" font-size="{size}" fill="{palette.ink}">{marks}{names}</g>', keyed


def _in_order(inside: Mapping[Spot, Point]) -> list[tuple[Spot, Point]]:
    """The host chooses its room first, then the others from west to east."""
    return sorted(inside.items(), key=lambda pair: (not pair[0].is_host, pair[1]))


def _frame(europe: Europe, points: Sequence[Point], width: float, heights: tuple[float, float]) -> Frame:
    """Zoom to the points, keep padding around them, stay on the sheet where the sheet is large enough."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    units = max(across / (width - 2 * PADDING), down / (heights[1] - 2 * PADDING), europe.width * CLOSEST / width)
    units = min(units, max(europe.width / width, europe.height / heights[1]))
    height = min(max(heights[0], round(down / units + 2 * PADDING)), heights[1])
    return Frame(
        left=_within((max(xs) + min(xs)) / 2 - units * width / 2, europe.width - units * width),
        top=_within((max(ys) + min(ys)) / 2 - units * height / 2, europe.height - units * height),
        units_per_mm=units,
        width=width,
        height=height,
    )


def _within(start: float, last: float) -> float:
    """Keep a window on the sheet; one that is larger than the sheet is centred on it."""
    return last / 2 if last < 0 else min(max(start, 0), last)


def _countries(europe: Europe, frame: Frame, shades: Mapping[str, str], detail: float) -> Iterable[str]:
    for code, rings in europe.countries.items():
        path = "".join(_path(_clipped([frame.on_paper(point) for point in ring], frame), detail) for ring in rings)
        if path:
            shade = f' fill="{shades[code]}"' if code in shades else ""
            yield f'<path d="{path}"{shade}/>'


def _clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """Cut a ring at the frame and its bleed, one side at a time (Sutherland-Hodgman)."""
    sides = ((0, 1, -BLEED), (0, -1, -frame.width - BLEED), (1, 1, -BLEED), (1, -1, -frame.height - BLEED))
    for axis, sign, limit in sides:
        ring = list(_cut(ring, axis, sign, limit))
    return ring


def _cut(ring: list[Point], axis: int, sign: int, limit: float) -> Iterable[Point]:
    for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was, now = sign * before[axis] - limit, sign * here[axis] - limit
        if was * now < 0:
            share = was / (was - now)
            yield before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])
        if now >= 0:
            yield here


def _path(ring: list[Point], detail: float) -> str:
    """One closed ring; corners nearer to the last one than the detail in mm are dropped."""
    kept = ring[:1]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > detail:
            kept.append(point)
    return _written(kept) if len(kept) > 2 else ""


def _written(ring: Sequence[Point]) -> str:
    """Write a ring as its first corner and the way from each to the next, in tenths of a mm: half as long as places."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in ring]
    ways = (_way(here[0] - before[0], here[1] - before[1]) for before, here in pairwise(tenths))
    return f"M{_way(*tenths[0])}l{' '.join(ways)}z"


def _way(across: int, down: int) -> str:
    """Return two lengths in mm, each in as few letters as it takes."""
    return f"{across / 10:g} {down / 10:g}"


def _radius(spot: Spot) -> float:
    return HOST_RADIUS if spot.is_host else PEER_RADIUS


def _mark(dot: Dot, spot: Spot, palette: Palette) -> str:
    """The host is a ring and not only another colour: it must survive a black-and-white printer."""
    at = f'cx="{dot.at[0]:.2f}" cy="{dot.at[1]:.2f}"'
    if not spot.is_host:
        return f'<circle {at} r="{PEER_RADIUS}" fill="{palette.ink}" stroke="{palette.paper}" stroke-width=".4"/>'
    return (
        f'<circle {at} r="{HOST_RADIUS - 0.3:.2f}" fill="{palette.paper}" stroke="{palette.accent}" '
        'stroke-width=".65"/>'
        f'<circle {at} r="{PEER_RADIUS}" fill="{palette.accent}"/>'
    )


def _name(label: Label, spot: Spot, size: float, palette: Palette) -> str:
    """The name twice: first as a halo of paper, so that borders do not run through its letters."""
    weight = ' font-weight="600"' if spot.is_host else ""
    halo = f' stroke="{palette.paper}" stroke-width=".8" stroke-linejoin="round" stroke-opacity=".85"'
    return "".join(
        f'<text x="{label.x:.1f}" y="{label.y + row * size * LINE_HEIGHT:.1f}" text-anchor="{label.anchor}"'
        f"{weight}{extra}>{escape(line)}</text>"
        for extra in (halo, "")
        for row, line in enumerate(label.lines)
    )
