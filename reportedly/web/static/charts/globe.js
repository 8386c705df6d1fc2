/* global d3 */
/** The part of the globe a map shows, and the projection that shows it best. */

const LEAST = 8;
const AIR = 0.18;
const KM_A_DEGREE = 111.2;
/** Beyond this many degrees Mercator's growing north is more misleading than its straight angles are useful. */
const WIDEST_MERCATOR = 110;

/** The middle and the span of some longitudes, measured across the side where they lie closest together. */
function closestSpan(longitudes) {
  const sorted = d3.sort(longitudes);
  const gaps = sorted.map((east, i) => (i ? east - sorted[i - 1] : east - sorted.at(-1) + 360));
  const start = sorted[d3.maxIndex(gaps)];
  const span = 360 - d3.max(gaps);
  return { middle: start + span / 2, span };
}

/** A frame of points around the places, never less than some degrees wide and high. */
function frameOf(places) {
  const { middle, span } = closestSpan(places.map((place) => place.at[0]));
  const [south, north] = d3.extent(places.flatMap(({ at, radius }) => {
    const reach = Math.min(radius, 600) / KM_A_DEGREE;
    return [at[1] - reach, at[1] + reach];
  }));
  const wide = Math.max(span * (1 + 2 * AIR), LEAST);
  const high = Math.max((north - south) * (1 + 2 * AIR), LEAST);
  const level = (north + south) / 2;
  const bounded = (latitude) => Math.max(-80, Math.min(82, latitude));
  return { middle, wide: Math.min(wide, 358), span, rows: [bounded(level - high / 2), level, bounded(level + high / 2)] };
}

function framePoints({ middle, wide, rows }) {
  const columns = [-0.5, -0.25, 0, 0.25, 0.5].map((share) => middle + share * wide);
  return { type: "MultiPoint", coordinates: d3.cross(columns, rows) };
}

/** A projection that fits the places into a size. */
export function projectionFor(places, width, height) {
  const frame = frameOf(places);
  const near = frame.span < WIDEST_MERCATOR;
  const projection = near ? d3.geoMercator() : d3.geoNaturalEarth1();
  projection.rotate([-frame.middle, 0]).fitExtent([[16, 16], [width - 16, height - 16]], framePoints(frame));
  // Land far outside can never be moved into view, so it need not be drawn.
  return projection.clipExtent([[-width, -height], [2 * width, 2 * height]]);
}

/** The circle within which a vague place lies. */
export function circleOf({ at, radius }) {
  return d3.geoCircle().center(at).radius(radius / KM_A_DEGREE)();
}
