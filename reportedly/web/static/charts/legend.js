/** Legends stand inside the drawing, so that a saved picture still explains itself. */

const SWATCH = 44;
const LINE = 22;
const GAP = 22;

function addItem(parent, item) {
  const entry = parent.append("g");
  item.draw(entry.append("g"));
  entry.append("text").attr("x", SWATCH).attr("dy", "0.35em").text(item.text);
  return entry;
}

/** Sets the items from left to right in as many lines as they need, and gives the height.
 *  An item draws its sample around y = 0 from x = 0 to x = 36. */
export function drawLegend(drawing, items, width) {
  const legend = drawing.append("g").attr("class", "legend");
  let [x, y] = [0, LINE / 2];
  for (const item of items) {
    const entry = addItem(legend, item);
    const taken = SWATCH + entry.select("text").node().getComputedTextLength();
    if (x > 0 && x + taken > width) [x, y] = [0, y + LINE];
    entry.attr("transform", `translate(${x + 1},${y})`);
    x += taken + GAP;
  }
  return items.length ? y + LINE / 2 : 0;
}
