/* global d3 */
/** Timeline rows as lanes of bars: one lane an event, like bars merged, bars that overlap on lines of their own. */

import { endOf, startOf } from "./days.js";
import { labelInWords } from "./words.js";

export const BAR = 10;
export const LINE = 14;
export const OPEN_BODY = 12;
export const OPEN_TAIL = 26;
const LANE_AIR = 10;
/** A single day is a lozenge of this width at least, a longer time a bar: a month never looks like a day. */
const LOZENGE = 8;
const SLIMMEST = 4;

function asBar([first, ...others]) {
  return { row: first, count: 1 + others.length, start: startOf(first.from), end: endOf(first.to), single: first.from === first.to, line: 0 };
}

/** Claims that say the same of the same event are one bar with their number. */
function asBars(rows) {
  const alike = d3.group(rows, (row) => [row.from, row.to, row.status, row.polarity].join(" "));
  return [...alike.values()].map(asBar).filter((bar) => bar.start || bar.end);
}

/** Where a bar begins and ends on a scale, in px, with the part that shows an open end. */
export function reachOf({ start, end, single }, x) {
  if (start && end) {
    const [left, right] = [x(start), x(end)];
    const lacking = Math.max(0, (single ? LOZENGE : SLIMMEST) - (right - left)) / 2;
    return { left: left - lacking, right: right + lacking, slim: right - left < LOZENGE };
  }
  if (start) return { left: x(start), right: x(start) + OPEN_BODY + OPEN_TAIL };
  return { left: x(end) - OPEN_BODY - OPEN_TAIL, right: x(end) };
}

/** Gives each bar the first line on which it covers no other; those beyond the last line are left out. */
function pack(bars, x, most) {
  const ends = [];
  for (const bar of d3.sort(bars, (one) => reachOf(one, x).left)) {
    const { left, right } = reachOf(bar, x);
    const free = ends.findIndex((end) => end + 3 < left);
    bar.line = free < 0 ? ends.length : free;
    ends[bar.line] = right + (bar.count > 1 ? 24 : 0);
  }
  return bars.filter((bar) => bar.line < most);
}

function asLane(rows, x, most) {
  const [first] = rows;
  const all = asBars(rows);
  const bars = pack(all, x, most);
  const lines = 1 + d3.max(bars, (bar) => bar.line);
  const hidden = d3.sum(all, (bar) => bar.count) - d3.sum(bars, (bar) => bar.count);
  return { label: labelInWords((first.event && first.label) || first.frame), bars, hidden, height: lines * LINE + LANE_AIR };
}

/** Rows that name a time, grouped by event, or by frame where they belong to no event. */
export function byLane(rows) {
  const named = rows.filter((row) => startOf(row.from) || endOf(row.to));
  return [...d3.group(named, (row) => (row.event ? `event ${row.event}` : `frame ${row.frame}`)).values()];
}

/** Lanes one under the other from `top`. */
export function stack(groups, x, top, most) {
  let y = top;
  return groups.map((rows) => {
    const lane = { ...asLane(rows, x, most), top: y };
    y += lane.height;
    return lane;
  });
}
