/* global d3 */
/** Days as the ledger writes them (YYYY-MM-DD), in UTC, so that no reader's clock moves a bar by a day. */

import { words } from "./words.js";

const DAY = 24 * 60 * 60 * 1000;

/** The first moment of a day, or null when none is named. */
export function startOf(text) {
  if (!text) return null;
  const moment = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** The last moment of a day: an interval includes the day it ends on. */
export function endOf(text) {
  const start = startOf(text);
  return start && new Date(start.getTime() + DAY);
}

/** The middle of a day, where a mark for the whole day stands. */
export function noonOf(text) {
  const start = startOf(text);
  return start && new Date(start.getTime() + DAY / 2);
}

/** How an interval reads, with what is not known of it. */
export function spanText(from, to) {
  if (from && to) return from === to ? from : words("time_span", { from, to });
  if (from) return words("time_from", { from });
  if (to) return words("time_until", { to });
  return words("time_none");
}

/** The span of some moments with air on both sides, and never less than two weeks, so that one day is no wall. */
export function roomyDomain(moments) {
  const [first, last] = d3.extent(moments);
  const air = Math.max((last - first) * 0.05, 7 * DAY);
  return [new Date(first.getTime() - air), new Date(last.getTime() + air)];
}

/** The ticks of a time axis, none finer than a day: the reports name days. */
function dayTicks(scale, count) {
  return scale.ticks(count).filter((moment) => d3.utcDay(moment).getTime() === moment.getTime());
}

/** Ticks in figures: years, months of a year, or days. Days tell their year at the first tick and where it changes. */
function textOf(ticks) {
  const iso = ticks.map((moment) => moment.toISOString());
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 0;
  if (step > 360 * DAY) return (moment, i) => iso[i].slice(0, 4);
  if (step > 27 * DAY) return (moment, i) => iso[i].slice(0, 7);
  return (moment, i) => (i && iso[i].slice(0, 4) === iso[i - 1].slice(0, 4) ? iso[i].slice(5, 10) : iso[i].slice(0, 10));
}

/** A time axis for a side of the picture (`d3.axisTop`, …) with about `count` ticks. */
export function timeAxis(side, scale, count) {
  const ticks = dayTicks(scale, count);
  return side(scale).tickValues(ticks).tickFormat(textOf(ticks)).tickSizeOuter(0);
}
