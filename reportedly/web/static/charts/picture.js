/* global d3 */
/** What every picture is made of: the drawing, its notes, its links, its cut texts. */

import { tipOn } from "./tip.js";

/** An empty drawing of a width; its height is set when the picture knows it. */
export function newDrawing(canvas, width, label) {
  // A group and no image: there are links inside.
  return d3.select(canvas).append("svg").attr("class", "drawing").attr("role", "group")
    .attr("aria-label", label).attr("width", width);
}

export function setHeight(drawing, height) {
  const rounded = Math.ceil(height);
  drawing.attr("height", rounded).attr("viewBox", `0 0 ${drawing.attr("width")} ${rounded}`);
}

/** One plain sentence under a picture, or in place of it. */
export function addNote(canvas, sentence) {
  d3.select(canvas).append("p").attr("class", "chart-note").text(sentence);
}

/** An address of the workbench that keeps the day the page is read as of. */
export function addressOf(path, query, asOf) {
  const parts = new URLSearchParams(asOf ? { ...query, "as-of": asOf } : query).toString();
  return parts ? `${path}?${parts}` : path;
}

export function addressOfClaim(claim, asOf) {
  return addressOf(`/claims/${encodeURIComponent(claim)}`, {}, asOf);
}

/** One label out of the lines of a tip. */
function spoken(lines) {
  return lines.map((line) => line.replace(/\.$/, "")).join(". ");
}

/** A mark that leads somewhere; its lines are its tip and its label. */
export function addLink(parent, address, lines) {
  const told = lines.filter(Boolean);
  const link = parent.append("a").attr("class", "mark").attr("href", address).attr("aria-label", spoken(told));
  return tipOn(link, told);
}

/** Cuts a text element to a width, and keeps the whole text as its title. */
export function cutToWidth(text, width) {
  const whole = text.text();
  const length = text.node().getComputedTextLength();
  if (length <= width) return text;
  const kept = Math.max(1, Math.floor((whole.length * width) / length) - 1);
  text.text(`${whole.slice(0, kept).trimEnd()}…`).append("title").text(whole);
  return text;
}

export function cutToLetters(text, letters) {
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;
}

/** A filled arrow head whose tip is at a point. */
export function arrowHead([x, y], angle, size) {
  const corner = (turn) => `${x - size * Math.cos(angle + turn)},${y - size * Math.sin(angle + turn)}`;
  return `M${x},${y}L${corner(0.45)}L${corner(-0.45)}Z`;
}
