/* global d3 */
/** Places and routes out of the rows of the map: alike ones are one mark with their number. */

import { countryNamed, middleOf } from "./countries.js";

/** How far routes between the same two places bend apart, in px. */
const APART = 16;
const STEPS = 48;
const HAPPENED = new Set(["occurred", "ongoing"]);

/** A stop with a position on the globe, or null. A country that is only named stands at its middle. */
function located(stop) {
  if (Number.isFinite(stop.lat) && Number.isFinite(stop.lon)) {
    return { name: stop.name ?? stop.text, at: [stop.lon, stop.lat], radius: stop.radius_km ?? 0, country: null };
  }
  const country = stop.area ? countryNamed(stop.area) : null;
  return country && { name: stop.name ?? stop.area, at: middleOf(country), radius: 0, country };
}

export function keyOf(place) {
  return `${place.name} ${place.at.map((degrees) => degrees.toFixed(2)).join(" ")}`;
}

/** The ways a claim names: each origin by the stops between to each destination. */
function waysOf(stops) {
  const of = (role) => stops.filter((stop) => stop.role === role).map((stop) => stop.place);
  const [starts, between, ends] = [of("origin"), of("via"), of("destination")];
  const from = starts.length ? starts : [null];
  const to = ends.length ? ends : [null];
  const ways = from.flatMap((start) => to.map((end) => [start, ...between, end].filter(Boolean)));
  return ways.map(withoutStandstill).filter((way) => way.length > 1);
}

/** A city and its country may share a position; no line leads from a place to itself. */
function withoutStandstill(way) {
  return way.filter((place, i) => i === 0 || String(place.at) !== String(way[i - 1].at));
}

function addTo(marks, key, fresh, row) {
  const mark = marks.get(key) ?? { ...fresh, rows: [] };
  mark.rows.push(row);
  marks.set(key, mark);
}

/** Places, routes, and the number of stops that have no place on a map. */
export function readRows(rows) {
  const [places, routes] = [new Map(), new Map()];
  let unplaced = 0;
  for (const row of rows) {
    const stops = row.stops.map((stop) => ({ role: stop.role, place: located(stop) })).filter((stop) => stop.place);
    unplaced += row.stops.length - stops.length;
    new Map(stops.map(({ place }) => [keyOf(place), place])).forEach((place, key) => addTo(places, key, place, row));
    for (const way of waysOf(stops)) addTo(routes, [row.status, row.polarity, ...way.map(keyOf)].join("|"), { way }, row);
  }
  const byNumber = (marks) => d3.sort(marks.values(), (mark) => -mark.rows.length);
  return { places: byNumber(places), routes: bentApart(byNumber(routes)), unplaced };
}

/** Whether some claim says that it happened there: the others only speak of what may come. */
export function happened({ rows }) {
  return rows.some((row) => HAPPENED.has(row.status) && row.polarity !== "negative");
}

/** Gives each leg of a route its bend, so that routes between the same two places lie side by side. */
function bentApart(routes) {
  const legs = routes.flatMap((route) => {
    route.legs = d3.pairs(route.way).map(([from, to]) => ({ from, to, turned: keyOf(from) > keyOf(to) }));
    return route.legs;
  });
  const pair = ({ from, to }) => [keyOf(from), keyOf(to)].sort().join("|");
  for (const together of d3.group(legs, pair).values()) {
    together.forEach((leg, i) => { leg.bend = (i - (together.length - 1) / 2) * APART * (leg.turned ? -1 : 1); });
  }
  return routes;
}

/** The points of a leg on the screen: its great circle, bent aside by what the leg asks for. */
export function legPoints({ from, to, bend }, project) {
  const between = d3.geoInterpolate(from.at, to.at);
  const points = d3.range(STEPS + 1).map((i) => project(between(i / STEPS)));
  const [[x1, y1], [x2, y2]] = [points[0], points.at(-1)];
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [nx, ny] = [-(y2 - y1) / length, (x2 - x1) / length];
  return points.map(([x, y], i) => {
    const swell = bend * Math.sin((Math.PI * i) / STEPS);
    return [x + nx * swell, y + ny * swell];
  });
}
