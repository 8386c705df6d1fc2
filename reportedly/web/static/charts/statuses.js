/** How a status looks, the same on every picture: what is planned or thought of never looks like what occurred. */

export const STATUSES = ["occurred", "ongoing", "planned", "required", "considered", "predicted", "hypothetical"];

/** Bars of these statuses are filled with lines instead of colour. */
const HATCHED = { planned: "rotate(45)", required: "rotate(0)" };

const hatchId = (id, status) => `${id}-hatch-${status}`;

/** The hatches of one drawing; the ids carry the figure's, since a page may hold several. */
export function addHatches(defs, id) {
  for (const [status, turn] of Object.entries(HATCHED)) {
    defs.append("pattern").attr("id", hatchId(id, status)).attr("patternUnits", "userSpaceOnUse")
      .attr("width", 4).attr("height", 4).attr("patternTransform", turn)
      .append("path").attr("class", `hatch is-${status}`).attr("d", "M2,0V4");
  }
}

/** The fill of a bar whose style sheet leaves it to the hatch; null for the others. */
export function hatchOf(id, { status, polarity }) {
  return HATCHED[status] && polarity !== "negative" ? `url(#${hatchId(id, status)})` : null;
}

export function classesOf({ status, polarity }) {
  const known = STATUSES.includes(status) ? status : "unknown";
  return `is-${known}${polarity === "negative" ? " denied" : ""}`;
}

/** The statuses among some rows, in the order of the legend. */
export function statusesOf(rows) {
  const there = new Set(rows.filter((row) => row.polarity !== "negative").map((row) => row.status));
  return STATUSES.filter((status) => there.has(status));
}
