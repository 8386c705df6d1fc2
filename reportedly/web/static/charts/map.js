/* global d3 */
/** Where the claims place things and which way they say things went. */

import { countries, fetchAtlas } from "./countries.js";
import { spanText } from "./days.js";
import { circleOf, projectionFor } from "./globe.js";
import { boxAround, newRoom, placeLabel } from "./labels.js";
import { drawLegend } from "./legend.js";
import { addLink, addNote, addressOfClaim, arrowHead, newDrawing, setHeight } from "./picture.js";
import { happened, legPoints, readRows } from "./routes.js";
import { classesOf, statusesOf } from "./statuses.js";
import { counted, named, words, labelInWords } from "./words.js";
import { addButtons, mover, nearAndFar, newZoom } from "./zoom.js";

const NEAREST = 24;
const MOST_TOLD = 3;
const HEAD = 9;
/** Two neighbouring points of a line lie apart by more than this, in px, only across the edge of the map. */
const FARTHEST_STEP = 400;

export const prepare = fetchAtlas;

function statusText(row) {
  return [named("status", row.status), row.polarity === "negative" ? words("negative") : ""].filter(Boolean).join(", ");
}

/** What the first few claims say that say different things, and how many there are. */
function claimLines(rows) {
  const said = new Set(rows.map((row) => `${labelInWords(row.label ?? row.frame)}: ${statusText(row)}, ${spanText(row.from, row.to)}`));
  const told = [...said].slice(0, MOST_TOLD);
  return rows.length > 1 ? [...told, words("several_claims", { n: rows.length })] : told;
}

function routeLines({ way, rows }) {
  return [way.map((place) => place.name).join(" → "), ...claimLines(rows)];
}

function placeLines({ name, radius, country, rows }) {
  const vague = radius > 0 ? words("map_within", { km: Math.round(radius) }) : "";
  return [name, country ? words("map_country_only") : vague, ...claimLines(rows)];
}

/** A window with the land in it; the land moves as a whole, the marks are placed anew. */
function addWindow(drawing, id, size) {
  const clip = drawing.append("defs").append("clipPath").attr("id", `${id}-window`).append("rect");
  const window = drawing.append("g").attr("class", "window").attr("transform", `translate(0,${size.top})`);
  const ground = window.append("rect").attr("class", "sea");
  [clip, ground].forEach((rect) => rect.attr("width", size.width).attr("height", size.height));
  const inner = window.append("g").attr("clip-path", `url(#${id}-window)`);
  return { window, inner };
}

function drawLand(inner, places, projection) {
  const land = inner.append("g").attr("class", "land");
  const path = d3.geoPath(projection).digits(1);
  const shaded = new Set(places.map((place) => place.country));
  for (const country of countries()) {
    const outline = path(country);
    if (outline) land.append("path").attr("class", shaded.has(country) ? "country named" : "country").attr("d", outline);
  }
  for (const place of places.filter((one) => one.radius > 0)) {
    land.append("path").attr("class", "vague").attr("d", path(circleOf(place)));
  }
  return land;
}

function thicknessOf({ rows }) {
  return Math.min(7, 1.8 + 1.2 * Math.sqrt(rows.length - 1));
}

function addRoute(parent, route, asOf) {
  const [row] = route.rows;
  const link = addLink(parent, addressOfClaim(row.claim, asOf), routeLines(route)).classed(`route ${classesOf(row)}`, true);
  link.append("path").attr("class", "target");
  link.append("path").attr("class", "way").attr("stroke-width", thicknessOf(route));
  link.append("path").attr("class", "head");
  link.append("path").attr("class", "cross").attr("d", row.polarity === "negative" ? "M-6,-6L6,6M6,-6L-6,6" : null);
  return link;
}

/** A line that lifts its pen where it leaves the map on one side and comes back on the other. */
function linePath(points) {
  const far = (one, other) => Math.abs(one[0] - other[0]) > FARTHEST_STEP;
  return points.map((point, i) => `${i && !far(point, points[i - 1]) ? "L" : "M"}${point}`).join("");
}

/** Ends a line before its last point, where the arrow head takes over. */
function shortened(points, by) {
  const end = points.at(-1);
  const kept = points.filter(([x, y]) => Math.hypot(end[0] - x, end[1] - y) > by);
  return kept.length > 1 ? kept : points.slice(0, 2);
}

function setRoute(link, route, project) {
  const legs = route.legs.map((leg) => legPoints(leg, project));
  const last = shortened(legs.at(-1), 7);
  const [tail, tip] = last.slice(-2);
  const ways = [...legs.slice(0, -1), shortened(last, HEAD - 2)].map(linePath).join("");
  link.selectAll(".target, .way").attr("d", ways);
  link.select(".head").attr("d", arrowHead(tip, Math.atan2(tip[1] - tail[1], tip[0] - tail[0]), HEAD + thicknessOf(route)));
  const middle = legs[Math.floor(legs.length / 2)];
  link.select(".cross").attr("transform", `translate(${middle[Math.floor(middle.length / 2)]})`);
}

/** A disc where something is said to have happened, a ring where it only may; a country's middle is a lozenge. */
function addPlace(parent, place, asOf) {
  const link = addLink(parent, addressOfClaim(place.rows[0].claim, asOf), placeLines(place));
  link.classed(happened(place) ? "place sure" : "place", true);
  link.append("circle").attr("class", "target").attr("r", 12);
  const shape = d3.symbol(place.country ? d3.symbolDiamond : d3.symbolCircle, place.country ? 80 : 70);
  link.append("path").attr("class", "spot").attr("d", shape());
  return link;
}

function isInside([x, y], { width, height }) {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** Names of the places in view, the most told of first. */
function setLabels(group, places, routes, project, size) {
  group.selectAll("*").remove();
  const seen = places.map((place) => ({ place, point: project(place.at) })).filter(({ point }) => isInside(point, size));
  const lines = routes.flatMap((route) => route.legs.flatMap((leg) => legPoints(leg, project)));
  const bounds = { x: 2, y: 2, width: size.width - 4, height: size.height - 4 };
  const room = newRoom(bounds, seen.map(({ point }) => boxAround(...point, 5)), lines.map((point) => boxAround(...point, 4)));
  for (const { place, point: [x, y] } of seen) {
    placeLabel(group.append("text").text(place.name), { x, y, reach: 9 }, room);
  }
}

function routeSample(row) {
  return (place) => {
    const group = place.append("g").attr("class", `route ${classesOf(row)}`);
    group.append("path").attr("class", "way").attr("stroke-width", 2).attr("d", "M0,0H28");
    group.append("path").attr("class", "head").attr("d", arrowHead([36, 0], 0, HEAD));
    if (row.polarity === "negative") group.append("path").attr("class", "cross").attr("d", "M10,-5L20,5M20,-5L10,5");
  };
}

function spotSample(className, shape) {
  return (place) => place.append("g").attr("class", className).append("path").attr("class", "spot")
    .attr("transform", "translate(24,0)").attr("d", d3.symbol(shape, 70)());
}

function legendItems(places, routes) {
  const rows = routes.flatMap((route) => route.rows);
  const items = statusesOf(rows).map((status) => ({ text: named("status", status), draw: routeSample({ status }) }));
  const add = (there, text, draw) => there && items.push({ text: words(text), draw });
  add(rows.some((row) => row.polarity === "negative"), "negative", routeSample({ status: "occurred", polarity: "negative" }));
  add(places.some(happened), "map_sure", spotSample("place sure", d3.symbolCircle));
  add(places.some((place) => !happened(place)), "map_unsure", spotSample("place", d3.symbolCircle));
  add(places.some((place) => place.country), "map_country_only", spotSample("place", d3.symbolDiamond));
  add(places.some((place) => place.radius > 0), "map_vague", (sample) => sample.append("circle").attr("class", "vague")
    .attr("cx", 24).attr("r", 10));
  return items;
}

function makeMovable(canvas, window, size, redraw) {
  const zoom = newZoom(size.width, size.height, NEAREST);
  // One picture of the world lies around the first view, so that "wider" has somewhere to go.
  zoom.scaleExtent([1 / 3, NEAREST]).translateExtent([[-size.width, -size.height], [2 * size.width, 2 * size.height]]);
  zoom.on("zoom", ({ transform }) => redraw(transform));
  window.call(zoom).on("dblclick.zoom", null);
  const move = mover(window, zoom, size.width, size.height);
  const ways = [["zoom_west", 0.3, 0], ["zoom_east", -0.3, 0], ["zoom_north", 0, 0.3], ["zoom_south", 0, -0.3]];
  addButtons(canvas, [...ways.map((way) => move(...way)), ...nearAndFar(window, zoom)]);
  return zoom;
}

/** A mark that gets the focus while it is out of the window is brought into it. */
function bringIn(window, zoom, projection, size, at) {
  const point = projection(at);
  if (isInside(d3.zoomTransform(window.node()).apply(point), size)) return;
  window.call(zoom.translateTo, ...point);
}

/** Routes, places and names on the land; gives what draws them anew when the view has moved. */
function addMarks(inner, land, { places, routes }, projection, size, asOf) {
  const lines = routes.map((route) => ({ route, link: addRoute(inner, route, asOf) }));
  const spots = places.map((place) => ({ place, link: addPlace(inner, place, asOf) }));
  const names = inner.append("g").attr("class", "labels");
  const redraw = (transform) => {
    const project = (at) => transform.apply(projection(at));
    land.attr("transform", transform);
    lines.forEach(({ route, link }) => setRoute(link, route, project));
    spots.forEach(({ place, link }) => link.attr("transform", `translate(${project(place.at)})`));
    setLabels(names, places, routes, project, size);
  };
  return { redraw, ends: [...spots.map(({ place, link }) => [link, place.at]), ...lines.map(({ route, link }) => [link, route.way[0].at])] };
}

function addNotes(canvas, unplaced) {
  if (canvas.querySelector("svg")) addNote(canvas, words("map_borders"));
  if (unplaced) addNote(canvas, counted("map_unplaced", unplaced));
}

export function draw(canvas, rows, { width, asOf, id }) {
  const read = readRows(rows);
  if (!read.places.length) {
    addNote(canvas, words("map_none"));
    return addNotes(canvas, read.unplaced);
  }
  const drawing = newDrawing(canvas, width, counted("map_label", read.places.length));
  const top = drawLegend(drawing, legendItems(read.places, read.routes), width) + 8;
  const size = { top, width, height: Math.max(380, Math.min(640, width * 0.58)) };
  const projection = projectionFor(read.places, width, size.height);
  const { window, inner } = addWindow(drawing, id, size);
  const land = drawLand(inner, read.places, projection);
  const { redraw, ends } = addMarks(inner, land, read, projection, size, asOf);
  const zoom = makeMovable(canvas, window, size, redraw);
  ends.forEach(([link, at]) => link.on("focus.view", () => bringIn(window, zoom, projection, size, at)));
  redraw(d3.zoomIdentity);
  setHeight(drawing, top + size.height);
  return addNotes(canvas, read.unplaced);
}
