/* global d3 */
/** Plans that slip: the day of the report across, the time spoken of upwards. A plan that is put off rises. */

import { endOf, roomyDomain, spanText, timeAxis } from "./days.js";
import { boxAround, boxesAlong, newRoom, placeLabel } from "./labels.js";
import { drawLegend } from "./legend.js";
import { drawOutcome, OUTCOMES } from "./outcomes.js";
import { addLink, addNote, addressOfClaim, cutToLetters, newDrawing, setHeight } from "./picture.js";
import { asPlan, setAside } from "./plans.js";
import { counted, named, words, labelInWords } from "./words.js";

const MOST_PLANS = 40;
const MOST_LABELS = 12;
const STRIP = 26;
const OPEN_END = 26;
const AXIS = 64;
/** The outcome stands beside the last mention, so that it hides no interval. */
const BESIDE = 15;

/** Labels go first to what a desk asks about first. */
const URGENCY = ["slipped", "overdue", "denied", "dropped", "kept", "open"];

function outcomeText({ outcome, slip_days: days }) {
  if (outcome === "slipped" && days) return counted("slipped_by", days);
  return named("outcome", outcome);
}

function linesOf({ row }, { mention }) {
  const span = spanText(mention.from, mention.to);
  return [
    labelInWords(row.label),
    outcomeText(row),
    words("slippage_reported", { day: mention.published }),
    words("slippage_speaks_of", { span }),
    row.why,
  ];
}

/** Scales with room above and below for open ends, whose length says nothing. */
function scalesFor(points, timeless, box) {
  const reported = [...points, ...timeless].map((point) => point.on);
  const told = points.flatMap((point) => [point.low, point.high, point.middle]).filter(Boolean);
  // The days of the reports belong to both axes, so that the diagonal is always seen.
  const across = d3.scaleUtc(roomyDomain(reported), [box.left, box.right]);
  const up = d3.scaleUtc(roomyDomain([...told, ...reported]), [box.bottom - OPEN_END, box.top + OPEN_END]);
  return { across, up };
}

function drawAxes(drawing, { across, up }, box, floor) {
  const bottom = timeAxis(d3.axisBottom, across, Math.max(3, (box.right - box.left) / 110));
  drawing.append("g").attr("class", "axis").attr("transform", `translate(0,${floor})`).call(bottom);
  const side = timeAxis(d3.axisLeft, up, (box.bottom - box.top) / 50);
  const left = drawing.append("g").attr("class", "axis").attr("transform", `translate(${box.left},0)`).call(side);
  left.select(".domain").remove();
  left.selectAll(".tick").append("line").attr("class", "grid").attr("x2", box.right - box.left);
  drawing.append("text").attr("class", "axis-title").attr("x", 0).attr("y", box.top - 10).text(words("slippage_up"));
  drawing.append("text").attr("class", "axis-title end").attr("x", box.right).attr("y", floor + 36).text(words("slippage_across"));
}

/** The diagonal where a report speaks of its own day, and the half below it. */
function drawPast(drawing, { across, up }, box) {
  const [first, last] = across.domain();
  const [y1, y2] = [up(first), up(last)];
  const edge = `M${box.left},${y1}L${box.right},${y2}`;
  const half = `${edge}V${box.bottom}H${box.left}Z`;
  drawing.append("path").attr("class", "past").attr("d", half);
  drawing.append("path").attr("class", "diagonal").attr("d", edge);
  drawing.append("text").attr("class", "faint end").attr("x", box.right - 8).attr("y", box.bottom - 8)
    .text(words("slippage_past"));
}

/** The day the page is read as of, where it lies inside the picture. */
function drawAsOf(drawing, { across }, asOf, box) {
  const x = asOf && across(endOf(asOf) ?? NaN);
  if (!(x > box.left && x < box.right)) return;
  drawing.append("line").attr("class", "as-of").attr("x1", x).attr("x2", x).attr("y1", box.top).attr("y2", box.bottom);
  drawing.append("text").attr("class", "faint end").attr("x", x - 5).attr("y", box.top + 11).text(words("as_of", { day: asOf }));
}

/** Dashes that thin out towards an arrow: the interval goes on, nobody says how far. */
function drawOpenEnd(parent, x, y, way) {
  parent.append("path").attr("class", "thinning").attr("d", `M${x},${y}v${way * 7}m0,${way * 3}v${way * 4}m0,${way * 3}v${way * 2}`);
  const end = y + way * (OPEN_END - 2);
  parent.append("path").attr("class", "chevron").attr("d", `M${x - 4},${end - way * 4}L${x},${end}L${x + 4},${end - way * 4}`);
}

function drawInterval(parent, { low, high }, x, up) {
  if (low && high) parent.append("line").attr("class", "interval").attr("x1", x).attr("x2", x).attr("y1", up(low)).attr("y2", up(high));
  const cap = (moment) => parent.append("path").attr("class", "cap").attr("d", `M${x - 4},${up(moment)}h8`);
  if (low) cap(low);
  if (high) cap(high);
  if (!high) drawOpenEnd(parent, x, up(low), -1);
  if (!low) drawOpenEnd(parent, x, up(high), 1);
}

function addTarget(parent, x, y1, y2) {
  parent.append("rect").attr("class", "target").attr("x", x - 6).attr("width", 12)
    .attr("y", Math.min(y1, y2) - 6).attr("height", Math.abs(y1 - y2) + 12);
}

function drawMention(group, plan, point, scales, asOf) {
  const [x, y] = scales.place(point);
  const link = addLink(group, addressOfClaim(point.mention.claim, asOf), linesOf(plan, point));
  addTarget(link, x, scales.up(point.low ?? point.high), scales.up(point.high ?? point.low));
  drawInterval(link, point, x, scales.up);
  link.append("circle").attr("class", "dot").attr("cx", x).attr("cy", y).attr("r", 3);
  if (point !== plan.points.at(-1)) return;
  drawOutcome(link.append("g").attr("transform", `translate(${x + BESIDE},${y})`), plan.row.outcome);
}

/** The points of a plan's line, with the short way on to its outcome. */
function courseOf({ points }, scales) {
  const course = points.map(scales.place);
  const [x, y] = course.at(-1);
  return [...course, [x + BESIDE, y]];
}

function drawPlan(drawing, plan, scales, asOf) {
  const group = drawing.append("g").attr("class", `plan of-${plan.row.outcome}`);
  group.append("path").attr("class", "course").attr("d", d3.line()(courseOf(plan, scales)));
  plan.points.forEach((point) => drawMention(group, plan, point, scales, asOf));
}

/** Mentions that name no time stand as ticks on the bottom edge. */
function drawTimeless(drawing, plans, scales, box, asOf) {
  const strip = drawing.append("g").attr("class", "strip");
  strip.append("text").attr("class", "faint").attr("x", 0).attr("y", box.bottom + STRIP - 8).text(words("slippage_strip"));
  for (const plan of plans) {
    for (const point of plan.timeless) {
      const x = scales.across(point.on) + point.aside;
      const link = addLink(strip, addressOfClaim(point.mention.claim, asOf), linesOf(plan, point)).classed("timeless", true);
      link.append("rect").attr("class", "target").attr("x", x - 5).attr("y", box.bottom + 4).attr("width", 10).attr("height", STRIP - 4);
      link.append("path").attr("class", "tick-mark").attr("d", `M${x},${box.bottom + 10}v${STRIP - 12}`);
    }
  }
}

function roomFor(plans, scales, box) {
  const courses = plans.map((plan) => courseOf(plan, scales));
  const bounds = { x: box.left, y: box.top, width: box.right + box.margin - box.left, height: box.bottom - box.top };
  const marks = courses.flatMap((course) => course.map(([x, y], i) => boxAround(x, y, i === course.length - 1 ? 8 : 4)));
  return newRoom(bounds, marks, courses.flatMap(boxesAlong));
}

function drawLabels(drawing, plans, scales, box) {
  const room = roomFor(plans, scales, box);
  const labels = drawing.append("g").attr("class", "labels");
  let placed = 0;
  for (const plan of d3.sort(plans, ({ row }) => URGENCY.indexOf(row.outcome))) {
    if (placed === MOST_LABELS) break;
    const { row } = plan;
    const text = labels.append("text").text(`${cutToLetters(labelInWords(row.label), 30)} `);
    text.append("tspan").attr("class", "outcome-text").text(`· ${outcomeText(row)}`);
    const [x, y] = courseOf(plan, scales).at(-1);
    placed += placeLabel(text, { x, y, reach: 11 }, room);
  }
}

function legendItems(plans) {
  const outcomes = new Set(plans.map((plan) => plan.row.outcome));
  const items = OUTCOMES.filter((outcome) => outcomes.has(outcome)).map((outcome) => ({
    text: named("outcome", outcome),
    draw: (sample) => drawOutcome(sample.append("g").attr("class", `of-${outcome}`).attr("transform", "translate(16,0)"), outcome),
  }));
  items.push({
    text: words("slippage_interval"),
    draw: (sample) => sample.append("path").attr("class", "interval").attr("d", "M6,0H28"),
  });
  const ends = plans.flatMap((plan) => plan.points).some((point) => !point.low || !point.high);
  if (ends) items.push({ text: words("open_end"), draw: (sample) => drawOpenEnd(sample.attr("transform", "translate(16,12)"), 0, 0, -1) });
  return items;
}

function boxFor(width, top) {
  const margin = Math.min(190, width * 0.16);
  const height = Math.max(240, Math.min(520, width * 0.36));
  return { left: AXIS + 16, right: width - margin, top, bottom: top + height, margin };
}

function addNotes(canvas, plans, drawn, asked) {
  if (asked > drawn) addNote(canvas, counted("slippage_more", asked - drawn));
  const undated = d3.sum(plans, (plan) => plan.undated);
  if (undated) addNote(canvas, counted("slippage_undated", undated));
}

export function draw(canvas, rows, { width, asOf }) {
  const plans = rows.map(asPlan);
  const placed = plans.filter((plan) => plan.points.length);
  if (!placed.length) return addNote(canvas, words("slippage_none"));
  const drawn = placed.slice(0, MOST_PLANS);
  const vague = [...drawn, ...plans.filter((plan) => !plan.points.length)];
  const [points, timeless] = [drawn.flatMap((plan) => plan.points), vague.flatMap((plan) => plan.timeless)];
  [points, timeless].forEach(setAside);
  const drawing = newDrawing(canvas, width, counted("slippage_label", drawn.length));
  const box = boxFor(width, drawLegend(drawing, legendItems(drawn), width) + 36);
  const scales = scalesFor(points, timeless, box);
  scales.place = (point) => [scales.across(point.on) + point.aside, scales.up(point.middle)];
  const floor = box.bottom + (timeless.length ? STRIP : 0);
  drawPast(drawing, scales, box);
  drawAxes(drawing, scales, box, floor);
  drawAsOf(drawing, scales, asOf, box);
  drawn.forEach((plan) => drawPlan(drawing, plan, scales, asOf));
  if (timeless.length) drawTimeless(drawing, vague, scales, box, asOf);
  drawLabels(drawing, drawn, scales, box);
  setHeight(drawing, floor + 44);
  return addNotes(canvas, plans, drawn.length, placed.length);
}
