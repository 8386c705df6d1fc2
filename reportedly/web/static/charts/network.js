/* global d3 */
/** Who says it and who takes it from whom: voices, outlets, and where a chain of copies ends. */

import { heightFor, layOut, radiusOf, readRows } from "./chains.js";
import { boxAround, boxesAlong, newRoom, placeLabel } from "./labels.js";
import { drawLegend } from "./legend.js";
import { addLink, addNote, addressOf, arrowHead, cutToLetters, cutToWidth, newDrawing, setHeight } from "./picture.js";
import { tipUnderPointer } from "./tip.js";
import { counted, named, words } from "./words.js";

const KINDS = ["voice", "outlet", "agency", "original"];
const TIES = ["copies", "cites", "follows", "speaks"];
const MOST_TOLD = 4;
const BENDS = [0.07, -0.07, 0.16, -0.16, 0.28, -0.28, 0.42, -0.42];
const SHAPES = { voice: "symbolTriangle", outlet: "symbolCircle", agency: "symbolSquare", original: "symbolDiamond" };
/** Symbols of one area look unequal: a triangle of a circle's area is taller. */
const FULLNESS = { voice: 0.62, outlet: 1, agency: 1, original: 0.8 };

function symbolPath(kind, radius) {
  const shape = d3[SHAPES[kind] ?? "symbolCircle"];
  return d3.symbol(shape, Math.PI * radius * radius * (FULLNESS[kind] ?? 1))();
}

function tieText({ source, target, kind, count, why }) {
  const tie = words(`network_${kind}`, { from: source.name, to: target.name, n: count });
  return why ? `${tie}: ${why}` : tie;
}

/** What a node is, how much it says, and on whom it leans. */
function linesOf(node, links) {
  const ties = links.filter((link) => link.source === node);
  const told = ties.slice(0, MOST_TOLD).map(tieText);
  if (ties.length > MOST_TOLD) told.push(words("network_more_ties", { n: ties.length - MOST_TOLD }));
  return [
    `${node.name} (${named("kind", node.kind)})`,
    node.reports == null ? "" : counted("reports", node.reports),
    node.claims == null ? "" : counted("claims", node.claims),
    typeof node.own === "number" ? counted("own", node.own) : "",
    node.ends ? words("network_ring") : "",
    ...told,
  ];
}

function addressOfNode({ kind, name }, asOf) {
  return kind === "voice" ? addressOf("/search", { voice: name }, asOf) : addressOf("/reports", { frame: name }, asOf);
}

function towards([x1, y1], [x2, y2], by) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return [x1 + ((x2 - x1) / length) * by, y1 + ((y2 - y1) / length) * by];
}

/** A line from rim to rim, bent aside by a share of its length. */
function curveOf({ source, target }, bend) {
  const [a, b] = [[source.x, source.y], [target.x, target.y]];
  const turn = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend];
  const start = towards(a, turn, radiusOf(source) + 2);
  const tip = towards(b, turn, radiusOf(target) + 7);
  const at = (t) => [0, 1].map((i) => (1 - t) ** 2 * start[i] + 2 * t * (1 - t) * turn[i] + t * t * tip[i]);
  return { start, turn, tip, at, points: d3.range(21).map((i) => at(i / 20)), angle: Math.atan2(tip[1] - turn[1], tip[0] - turn[0]) };
}

function nodesHit({ points }, { source, target }, nodes) {
  const near = (node, [x, y]) => Math.hypot(node.x - x, node.y - y) < radiusOf(node) + 6;
  return nodes.filter((node) => node !== source && node !== target && points.some((point) => near(node, point))).length;
}

/** Gives each tie the slightest bend with which it runs through the fewest other nodes. */
function bendTies(links, nodes) {
  for (const link of links) {
    link.curve = d3.least(BENDS.map((bend) => curveOf(link, bend)), (curve) => nodesHit(curve, link, nodes));
  }
}

function drawTie(parent, link) {
  const { start, turn, tip, angle } = link.curve;
  const group = parent.append("g").datum(link).attr("class", `tie is-${link.kind}`);
  const end = towards(tip, turn, 6);
  group.append("path").attr("class", "target").attr("d", `M${start}Q${turn} ${tip}`);
  group.append("path").attr("class", "line").attr("d", `M${start}Q${turn} ${end}`);
  group.append("path").attr("class", "head").attr("d", arrowHead(tip, angle, link.kind === "copies" ? 11 : 8));
  tipUnderPointer(group, [tieText(link)]);
}

/** The number stands on its line, where it covers nothing else. */
function drawCount(parent, link, taken) {
  const covers = ([x, y]) => taken.some((box) => x > box.x - 8 && x < box.x + box.width + 8 && y > box.y - 8 && y < box.y + box.height + 8);
  const places = [0.5, 0.38, 0.62, 0.28, 0.72].map(link.curve.at);
  const [x, y] = places.find((place) => !covers(place)) ?? places[0];
  taken.push(boxAround(x, y, 8));
  parent.append("text").attr("class", "count").attr("x", x).attr("y", y + 4).text(link.count);
}

function drawShape(parent, { kind, ends }, radius) {
  if (ends) parent.append("path").attr("class", "ring").attr("d", symbolPath(kind, radius + 4.5));
  parent.append("path").attr("class", `node of-${kind}`).attr("d", symbolPath(kind, radius));
}

/** While a node is pointed at or has the focus, only its own ties stay strong. */
function liftOn(mark, ties, node) {
  const unrelated = (link) => link.source !== node && link.target !== node;
  const lift = () => ties.selectAll(".tie").classed("dim", unrelated);
  const drop = () => ties.selectAll(".tie").classed("dim", false);
  mark.on("pointerenter.lift", lift).on("focus.lift", lift).on("pointerleave.lift", drop).on("blur.lift", drop);
}

function drawNode(drawing, ties, node, links, asOf) {
  const mark = addLink(drawing, addressOfNode(node, asOf), linesOf(node, links));
  mark.attr("transform", `translate(${node.x},${node.y})`);
  drawShape(mark, node, radiusOf(node));
  liftOn(mark, ties, node);
}

/** Numbers on the lines first, then the names, the largest nodes' first. */
function drawTexts(drawing, nodes, links, box) {
  const texts = drawing.append("g").attr("class", "labels");
  const taken = nodes.map((node) => boxAround(node.x, node.y, radiusOf(node)));
  links.filter((link) => link.kind === "copies").forEach((link) => drawCount(texts, link, taken));
  const bounds = { x: 0, y: box.top, width: box.width, height: box.bottom - box.top };
  const room = newRoom(bounds, taken, links.flatMap((link) => boxesAlong(link.curve.points)));
  for (const node of d3.sort(nodes, (one) => -radiusOf(one))) drawName(texts, node, room);
}

/** Voices are named on their left, where no line leaves them; the others where there is room. */
function drawName(names, node, room) {
  const text = names.append("text").text(cutToLetters(node.name, 22));
  const reach = radiusOf(node) + 7;
  if (node.kind !== "voice") return placeLabel(text, { x: node.x, y: node.y, reach, under: node.kind === "outlet" }, room);
  text.attr("class", "end").attr("x", node.x - radiusOf(node) - 6).attr("y", node.y + 4);
  return cutToWidth(text, node.x - radiusOf(node) - 8);
}

function legendItems(nodes, links) {
  const [kinds, ties] = [new Set(nodes.map((node) => node.kind)), new Set(links.map((link) => link.kind))];
  const middle = (sample) => sample.append("g").attr("transform", "translate(24,0)");
  const items = KINDS.filter((kind) => kinds.has(kind)).map((kind) => ({
    text: named("kind", kind), draw: (sample) => drawShape(middle(sample), { kind }, 7),
  }));
  items.push(...TIES.filter((tie) => ties.has(tie)).map((tie) => ({ text: named("tie", tie), draw: (sample) => drawTieSample(sample, tie) })));
  if (nodes.some((node) => node.ends)) {
    items.push({ text: words("network_ring"), draw: (sample) => drawShape(middle(sample), { kind: "outlet", ends: true }, 5) });
  }
  return items;
}

function drawTieSample(sample, tie) {
  const group = sample.append("g").attr("class", `tie is-${tie}`);
  group.append("path").attr("class", "line").attr("d", "M0,0H30");
  group.append("path").attr("class", "head").attr("d", arrowHead([37, 0], 0, 9));
}

export function draw(canvas, rows, { width, asOf }) {
  const { nodes, links } = readRows(rows);
  if (!nodes.length) return addNote(canvas, words("network_none"));
  const drawing = newDrawing(canvas, width, counted("network_label", nodes.length));
  const top = drawLegend(drawing, legendItems(nodes, links), width) + 8;
  const margin = Math.min(190, width * 0.2);
  const box = { left: margin, right: width - margin, top, bottom: top + heightFor(nodes), width };
  layOut(nodes, links, box);
  bendTies(links, nodes);
  const ties = drawing.append("g");
  // The heavy lines last, so that the many thin ones do not cut them.
  d3.sort(links, (link) => -TIES.indexOf(link.kind)).forEach((link) => drawTie(ties, link));
  nodes.forEach((node) => drawNode(drawing, ties, node, links, asOf));
  drawTexts(drawing, nodes, links, box);
  return setHeight(drawing, box.bottom + 12);
}
