/** Direct labels: each takes the first free place beside its mark, and is left out when there is none. */

const AIR = 2;
const HEIGHT = 14;

function overlap(one, other) {
  return one.x < other.x + other.width + AIR && other.x < one.x + one.width + AIR
    && one.y < other.y + other.height + AIR && other.y < one.y + one.height + AIR;
}

function inside(box, bounds) {
  return box.x >= bounds.x && box.y >= bounds.y
    && box.x + box.width <= bounds.x + bounds.width && box.y + box.height <= bounds.y + bounds.height;
}

/** The places around a mark, best first: beside it, or under and over it where lines leave it sideways. */
function candidates({ x, y, reach, under }, width) {
  const levels = [y - HEIGHT / 2, y - HEIGHT - reach / 2, y + reach / 2];
  const beside = [x + reach, x - reach - width].flatMap((left) => levels.map((top) => ({ x: left, y: top })));
  const stacked = [y + reach, y - reach - HEIGHT].map((top) => ({ x: x - width / 2, y: top }));
  const places = under ? [...stacked, ...beside] : [...beside, ...stacked];
  return places.map((place) => ({ ...place, width, height: HEIGHT }));
}

/** A square around a mark that labels keep off. */
export function boxAround(x, y, reach) {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

/** Where labels may stand: within `bounds`, off what is `taken`, and off the `lines` too where that is possible. */
export function newRoom(bounds, taken, lines = []) {
  return { bounds, taken, lines };
}

/** The first place that is free of everything, else the first that only covers lines. */
function freePlace(places, { bounds, taken, lines }) {
  const free = places.filter((place) => inside(place, bounds) && !taken.some((other) => overlap(place, other)));
  return free.find((place) => !lines.some((other) => overlap(place, other))) ?? free[0];
}

/** Moves a text element beside its mark ({x, y, reach, under}), or takes it away. Says whether it stayed. */
export function placeLabel(text, mark, room) {
  const place = freePlace(candidates(mark, text.node().getComputedTextLength()), room);
  if (!place) {
    text.remove();
    return false;
  }
  room.taken.push(place);
  text.attr("x", place.x).attr("y", place.y + HEIGHT - 3);
  return true;
}

/** Small boxes along a line of points, close enough that no label slips between them. */
export function boxesAlong(points) {
  return points.slice(1).flatMap(([x2, y2], i) => {
    const [x1, y1] = points[i];
    const steps = Math.min(200, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 10));
    return Array.from({ length: steps }, (_, n) => boxAround(x1 + ((x2 - x1) * n) / steps, y1 + ((y2 - y1) * n) / steps, 1.5));
  });
}
