/* global d3 */
/** What the claims speak of, along its time: a lane an event, a bar an interval, open ends open. */

import { endOf, roomyDomain, spanText, timeAxis } from "./days.js";
import { BAR, byLane, LINE, OPEN_BODY, OPEN_TAIL, reachOf, stack } from "./lanes.js";
import { drawLegend } from "./legend.js";
import { addLink, addNote, addressOfClaim, cutToWidth, newDrawing, setHeight } from "./picture.js";
import { addHatches, classesOf, hatchOf, statusesOf } from "./statuses.js";
import { counted, named, words, labelInWords } from "./words.js";
import { addButtons, mover, nearAndFar, newZoom } from "./zoom.js";

const MOST_LANES = 60;
const MOST_LINES = 12;
const AXIS = 30;
const TALL = 700;
const DAY_AT_NEAREST = 40;

function linesOf({ row, count }) {
  return [
    labelInWords(row.label ?? row.frame),
    [named("status", row.status), row.polarity === "negative" ? words("negative") : ""].filter(Boolean).join(", "),
    spanText(row.from, row.to),
    count > 1 ? words("several_claims", { n: count }) : "",
  ];
}

function lozenge(left, right) {
  const middle = (left + right) / 2;
  return `M${left},${BAR / 2}L${middle},0L${right},${BAR / 2}L${middle},${BAR}Z`;
}

/** Only a known end has a closing edge. */
function openBody(from, to) {
  return `M${to},0H${from}V${BAR}H${to}`;
}

/** Pieces that thin out towards an arrow: the bar goes on, nobody says how far. */
function openTail(at, way) {
  const piece = (from, length) => `M${at + way * from},0h${way * length}v${BAR}h${-way * length}Z`;
  return piece(3, 5) + piece(11, 3) + piece(17, 1.5);
}

function chevron(at, way) {
  return `M${at - way * 4},1L${at},${BAR / 2}L${at - way * 4},${BAR - 1}`;
}

/** The paths of a bar on a scale. Far ends are pulled in: browsers draw badly beyond some thousand px. */
function shapeOf(bar, x, width) {
  const { left, right, slim } = reachOf(bar, x);
  const middle = BAR / 2;
  const strike = `M${left - 3},${middle}H${right + 3}`;
  if (bar.start && bar.end) {
    const [from, to] = [Math.max(left, -50), Math.min(right, width + 50)];
    return { body: slim && bar.single ? lozenge(left, right) : `M${from},0H${to}V${BAR}H${from}Z`, tail: "", chevron: "", strike, slim };
  }
  const [known, way] = bar.start ? [left, 1] : [right, -1];
  const turn = known + way * OPEN_BODY;
  return { body: openBody(known, turn), tail: openTail(turn, way), chevron: chevron(turn + way * OPEN_TAIL, way), strike, slim: false };
}

function setShape(link, bar, x, width) {
  const shape = shapeOf(bar, x, width);
  // A hatch does not show on so few px: what is hatched elsewhere stays hollow there.
  link.selectAll(".bar").classed("slim", shape.slim);
  link.select(".body").attr("d", shape.body);
  link.select(".tail").attr("d", shape.tail);
  link.select(".chevron").attr("d", shape.chevron);
  link.select(".strike").attr("d", shape.strike);
  link.select(".count").attr("x", reachOf(bar, x).right + 4);
}

function addBar(parent, bar, id) {
  const fill = hatchOf(id, bar.row) ?? "none";
  const group = parent.append("g").attr("class", `bar ${classesOf(bar.row)}`);
  group.append("path").attr("class", "body").attr("fill", fill);
  group.append("path").attr("class", "tail").attr("fill", fill);
  group.append("path").attr("class", "chevron");
  if (bar.row.polarity === "negative") group.append("path").attr("class", "strike");
  if (bar.count > 1) group.append("text").attr("class", "count").attr("y", BAR - 1).text(`×${bar.count}`);
  return group;
}

function sample(id, row, bar) {
  return (place) => {
    const full = { row, count: 1, ...bar };
    const shown = addBar(place.append("g").attr("transform", `translate(0,${-BAR / 2})`), full, id);
    setShape(shown, full, (at) => at, 100);
  };
}

function asOfSample(place) {
  place.append("path").attr("class", "as-of").attr("d", "M24,-9V9");
}

function isSeen(day, x) {
  const moment = endOf(day);
  return moment !== null && moment > x.domain()[0] && moment < x.domain()[1];
}

function legendItems(rows, id, asOf) {
  const items = statusesOf(rows).map((status) => ({
    text: named("status", status), draw: sample(id, { status }, { start: 1, end: 27 }),
  }));
  const negative = sample(id, { status: "occurred", polarity: "negative" }, { start: 4, end: 26 });
  const open = sample(id, { status: "occurred" }, { start: 1, end: null });
  if (rows.some((row) => row.polarity === "negative")) items.push({ text: words("negative"), draw: negative });
  const day = sample(id, { status: "occurred" }, { start: 17, end: 18, single: true });
  if (rows.some((row) => row.from && row.from === row.to)) items.push({ text: words("timeline_day"), draw: day });
  if (rows.some((row) => !row.from || !row.to)) items.push({ text: words("open_end"), draw: open });
  if (asOf) items.push({ text: words("as_of", { day: asOf }), draw: asOfSample });
  return items;
}

function drawLaneNames(drawing, lanes, left, width) {
  const names = drawing.append("g").attr("class", "lanes");
  lanes.forEach((lane, i) => {
    const band = names.append("rect").attr("class", i % 2 ? "band" : "band odd");
    band.attr("y", lane.top).attr("width", width).attr("height", lane.height);
    const text = names.append("text").attr("class", "lane-name").attr("y", lane.top + LINE).attr("x", 4).text(lane.label);
    cutToWidth(text, left - 14);
  });
}

/** A window on the bars: what is moved out of it is cut off. */
function addWindow(drawing, defs, id, box) {
  const clip = defs.append("clipPath").attr("id", `${id}-window`).append("rect");
  const window = drawing.append("g").attr("class", "window").attr("transform", `translate(${box.left},0)`);
  const ground = window.append("rect").attr("class", "ground");
  [clip, ground].forEach((rect) => rect.attr("y", box.top).attr("width", box.width).attr("height", box.bottom - box.top));
  const inner = window.append("g").attr("clip-path", `url(#${id}-window)`);
  return { window, inner };
}

function addBars(parent, lanes, id, asOf) {
  return lanes.flatMap((lane) => lane.bars.map((bar) => {
    const link = addLink(parent, addressOfClaim(bar.row.claim, asOf), linesOf(bar));
    link.attr("transform", `translate(0,${lane.top + 6 + bar.line * LINE})`);
    addBar(link, bar, id);
    return { link, bar };
  }));
}

function setAxis(axis, x, width, ticks) {
  axis.call(timeAxis(axis.classed("below") ? d3.axisBottom : d3.axisTop, x, Math.max(2, width / 110)));
  if (ticks) axis.selectAll(".tick line").attr("y2", ticks);
}

function addAxes(drawing, box) {
  const axes = [drawing.append("g").attr("class", "axis above").attr("transform", `translate(${box.left},${box.top})`)];
  // Under a tall picture the axis is drawn again: the upper one has left the window.
  if (box.bottom - box.top > TALL) axes.push(drawing.append("g").attr("class", "axis below").attr("transform", `translate(${box.left},${box.bottom})`));
  return axes;
}

function addAsOf(inner, asOf, box) {
  const group = inner.append("g");
  if (!endOf(asOf)) return group;
  group.append("line").attr("class", "as-of").attr("y1", box.top).attr("y2", box.bottom);
  group.append("title").text(words("as_of", { day: asOf }));
  return group;
}

/** A bar that gets the focus while it is out of the window is brought into it. */
function bringIn(window, zoom, x, width, bar) {
  const shown = d3.zoomTransform(window.node()).rescaleX(x);
  const { left, right } = reachOf(bar, shown);
  if (right > 0 && left < width) return;
  const { left: from, right: to } = reachOf(bar, x);
  window.call(zoom.translateTo, (from + to) / 2, 0);
}

function makeMovable(canvas, window, x, box, redraw) {
  const days = (x.domain()[1] - x.domain()[0]) / 86400000;
  const zoom = newZoom(box.width, box.bottom, Math.max(4, (days * DAY_AT_NEAREST) / box.width));
  zoom.on("zoom", ({ transform }) => redraw(transform.rescaleX(x)));
  window.call(zoom).on("dblclick.zoom", null);
  const move = mover(window, zoom, box.width, 0);
  addButtons(canvas, [move("zoom_earlier", 0.5, 0), move("zoom_later", -0.5, 0), ...nearAndFar(window, zoom)]);
  return zoom;
}

function addNotes(canvas, rows, groups, lanes) {
  const timeless = rows.length - d3.sum(groups, (group) => group.length);
  const hidden = d3.sum(lanes, (lane) => lane.hidden);
  if (groups.length > lanes.length) addNote(canvas, counted("timeline_more", groups.length - lanes.length));
  if (hidden) addNote(canvas, counted("timeline_hidden", hidden));
  if (timeless) addNote(canvas, counted("timeline_timeless", timeless));
}

/** The scale of the whole picture: every known end, and air for the open ones. */
function scaleFor(groups, width) {
  const rows = groups.flat();
  const moments = rows.flatMap((row) => [endOf(row.from), endOf(row.to)]).filter(Boolean);
  const air = (OPEN_BODY + OPEN_TAIL) / 2;
  return d3.scaleUtc(roomyDomain(moments), [air, width - air]);
}

/** Lanes, scale and sizes before anything but the legend is drawn. */
function layOut(groups, x, left, width, top) {
  const lanes = stack(groups, x, top, MOST_LINES);
  return { lanes, box: { left, top, width: width - left, bottom: top + d3.sum(lanes, (lane) => lane.height) } };
}

/** Sets everything that depends on the part of time that is seen. */
function redrawer({ axes, bars, today }, asOf, box) {
  const day = endOf(asOf);
  return (scale) => {
    axes.forEach((axis, i) => setAxis(axis, scale, box.width, i === 0 && box.bottom - box.top));
    bars.forEach(({ link, bar }) => setShape(link, bar, scale, box.width));
    if (day) today.attr("transform", `translate(${scale(day)},0)`);
  };
}

function drawBars(canvas, drawing, lanes, x, box, { asOf, id, defs }) {
  const axes = addAxes(drawing, box);
  const { window, inner } = addWindow(drawing, defs, id, box);
  const today = addAsOf(inner, asOf, box);
  const bars = addBars(inner, lanes, id, asOf);
  const redraw = redrawer({ axes, bars, today }, asOf, box);
  const zoom = makeMovable(canvas, window, x, box, redraw);
  bars.forEach(({ link, bar }) => link.on("focus.view", () => bringIn(window, zoom, x, box.width, bar)));
  redraw(x);
  return axes;
}

export function draw(canvas, rows, { width, asOf, id }) {
  const all = byLane(rows);
  if (!all.length) return addNote(canvas, words("timeline_none"));
  const groups = all.slice(0, MOST_LANES);
  const left = width > 1000 ? 220 : 160;
  const x = scaleFor(groups, width - left);
  const drawing = newDrawing(canvas, width, counted("timeline_label", groups.length));
  const defs = drawing.append("defs");
  addHatches(defs, id);
  const legend = drawLegend(drawing, legendItems(groups.flat(), id, isSeen(asOf, x) ? asOf : null), width);
  const { lanes, box } = layOut(groups, x, left, width, legend + AXIS);
  drawLaneNames(drawing, lanes, left, width);
  const axes = drawBars(canvas, drawing, lanes, x, box, { asOf, id, defs });
  setHeight(drawing, box.bottom + (axes.length > 1 ? AXIS : 4));
  return addNotes(canvas, rows, all, lanes);
}
