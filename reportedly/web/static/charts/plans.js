/* global d3 */
/** Plans as the slippage picture places them: each mention at the day of its report and the time it speaks of. */

import { endOf, noonOf, startOf } from "./days.js";

/** The moment a line passes through: the middle of an interval, or the one end that is known. */
function middleOf(low, high) {
  if (low && high) return new Date((low.getTime() + high.getTime()) / 2);
  return low ?? high;
}

function asPoint(mention) {
  const [low, high] = [startOf(mention.from), endOf(mention.to)];
  return { mention, on: noonOf(mention.published), low, high, middle: middleOf(low, high), aside: 0 };
}

/** A plan with the mentions that have a place in the picture, those that name no time, and the number without a day. */
export function asPlan(row) {
  const all = row.mentions.map(asPoint);
  const dated = all.filter((point) => point.on).sort((one, other) => one.on - other.on);
  const points = dated.filter((point) => point.middle);
  return { row, points, timeless: dated.filter((point) => !point.middle), undated: all.length - dated.length };
}

/** Sets marks of the same day side by side, at most 36 px apart in all, so that none hides another. */
export function setAside(points) {
  for (const together of d3.group(points, (point) => point.mention.published).values()) {
    const step = Math.min(7, 36 / together.length);
    together.forEach((point, i) => { point.aside = (i - (together.length - 1) / 2) * step; });
  }
}
