/* global d3 */
/** Nearer, wider and along: by wheel, drag and two fingers, and by buttons for everybody else. */

import { words } from "./words.js";

/** Plain wheels and single fingers scroll the page: a picture may be taller than the window and must not hold the reader. */
function meantForThePicture(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  if (event.type.startsWith("touch")) return event.touches.length > 1;
  return !event.ctrlKey && !event.button;
}

export function newZoom(width, height, nearest) {
  const all = [[0, 0], [width, height]];
  return d3.zoom().filter(meantForThePicture).extent(all).translateExtent(all).scaleExtent([1, nearest]);
}

/** A row of buttons above the drawing; each has a word key and what it does. */
export function addButtons(canvas, buttons) {
  const row = d3.select(canvas).insert("div", ":first-child").attr("class", "chart-zoom");
  for (const [key, act] of buttons) {
    row.append("button").attr("type", "button").text(words(key)).on("click", act);
  }
  row.append("span").attr("class", "chart-hint").text(words("zoom_hint"));
}

/** Nearer, wider and all, for the element a zoom works on. */
export function nearAndFar(element, zoom) {
  return [
    ["zoom_nearer", () => element.call(zoom.scaleBy, 1.8)],
    ["zoom_wider", () => element.call(zoom.scaleBy, 1 / 1.8)],
    ["zoom_all", () => element.call(zoom.transform, d3.zoomIdentity)],
  ];
}

/** Moves the view by a share of its size. */
export function mover(element, zoom, width, height) {
  return (key, across, down) => [key, () => {
    const { k } = d3.zoomTransform(element.node());
    element.call(zoom.translateBy, (across * width) / k, (down * height) / k);
  }];
}
