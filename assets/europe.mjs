// The map of Europe: countries as SVG paths, and the formula by which a city lands on it.
import { geoAzimuthalEqualArea, geoPath } from "d3-geo";
import isoCountries from "i18n-iso-countries";
import { feature } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";

const centre = { lat0: 52, lon0: 10 };
const width = 1000;
const margin = 8;

// In square units of the map: bends and islands below this are not seen in print.
const smallestBend = 1.0;
const smallestIsland = 2;

// The map is as wide as these places need it: west, north, east, south (longitude, latitude).
const edges = [
  [-26, 37.8], // Azores, São Miguel
  [-24.6, 65.5], // Iceland
  [25.8, 71.2], // North Cape
  [50.4, 40.4], // Caucasus, Absheron
  [33, 34.4], // Cyprus
  [14.4, 35.6], // Malta
];

const formulaText =
  "k=sqrt(2/(1+sin lat0 sin lat+cos lat0 cos lat cos(lon-lon0))); " +
  "x=(k cos lat sin(lon-lon0)-x0)*scale; " +
  "y=(y1-k(cos lat0 sin lat-sin lat0 cos lat cos(lon-lon0)))*scale";

function projection(scale, translate) {
  return geoAzimuthalEqualArea().rotate([-centre.lon0, -centre.lat0]).scale(scale).translate(translate);
}

function frame() {
  const places = edges.map(projection(1, [0, 0]));
  const across = places.map(([x]) => x);
  const down = places.map(([, y]) => y);
  const scale = (width - 2 * margin) / (Math.max(...across) - Math.min(...across));
  const x0 = Math.min(...across) - margin / scale;
  const top = Math.min(...down) - margin / scale;
  const height = Math.ceil((Math.max(...down) - top) * scale + margin);
  return { scale, x0, y1: -top, height };
}

function area(ring) {
  const points = ring.split("L").map((point) => point.split(",").map(Number));
  const doubled = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

// Borders are simplified while two countries still share them, so that no gaps open between neighbours.
function coarse(world, scale) {
  return simplify(presimplify(world, sphericalTriangleArea), smallestBend / scale ** 2);
}

// Islands too small to see go, but never the last piece of a country.
function simplified(path) {
  const rings = path.split("M").slice(1).map((ring) => ring.replace("Z", ""));
  const largest = rings.reduce((one, other) => (area(other) > area(one) ? other : one));
  const kept = rings.filter((ring) => ring === largest || area(ring) >= smallestIsland);
  return kept.map((ring) => `M${ring}Z`).join("");
}

function codeOf(country) {
  return (country.id && isoCountries.numericToAlpha2(country.id)) || country.properties.name;
}

export function europe(world) {
  const { scale, x0, y1, height } = frame();
  const view = projection(scale, [-x0 * scale, y1 * scale]).clipExtent([[0, 0], [width, height]]);
  const draw = geoPath(view).digits(1);
  const topology = coarse(world, scale);
  const drawn = feature(topology, topology.objects.countries)
    .features.map((country) => ({ country, path: draw(country) }))
    .filter(({ path }) => path);
  const countries = drawn
    .map(({ country, path }) => [codeOf(country), { name: country.properties.name, d: simplified(path) }])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    meta: {
      what:
        "SVG map of Europe: one path per country (ISO 3166-1 alpha-2; by name where Natural Earth has no code). " +
        "A city lands at x,y by the formula below.",
      source: "npm world-atlas countries-50m (Natural Earth 1:50m)",
      licence: "Natural Earth: public domain; world-atlas: ISC",
      projection: "Lambert azimuthal equal-area on a sphere, centre 52N 10E",
      formula: { ...centre, x0, y1, scale, text: formulaText },
      caveat: "borders as Natural Earth draws them (de facto); Crimea, Kosovo and Cyprus follow that source",
    },
    viewBox: `0 0 ${width} ${height}`,
    countries: Object.fromEntries(countries),
  };
}
