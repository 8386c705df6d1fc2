/** Draws the figures of a page: fetches their rows, draws, and draws again when their width changes. */

import { addNote } from "./picture.js";
import { fetchRows } from "./rows.js";
import { saveFigure } from "./save.js";
import { hideTip } from "./tip.js";
import { words } from "./words.js";
import * as map from "./map.js";
import * as network from "./network.js";
import * as slippage from "./slippage.js";
import * as timeline from "./timeline.js";

const PICTURES = { map, network, slippage, timeline };
const SETTLED = 150;

// Kept by element and not in an attribute: a page brought back from htmx's history holds drawn figures that nobody minds.
const begun = new WeakSet();

function asOfOf(figure) {
  return new URL(figure.dataset.src, window.location.href).searchParams.get("as-of");
}

function mindButtons(figure) {
  for (const button of figure.querySelectorAll("button[data-save]")) {
    button.disabled = true;
    button.addEventListener("click", () => saveFigure(figure, button.dataset.save, asOfOf(figure)));
  }
}

function say(figure, sentence) {
  const canvas = figure.querySelector(".canvas");
  canvas.replaceChildren();
  addNote(canvas, sentence);
}

function drawOnce(figure, rows, width) {
  const canvas = figure.querySelector(".canvas");
  hideTip();
  canvas.replaceChildren();
  PICTURES[figure.dataset.chart].draw(canvas, rows, { width, asOf: asOfOf(figure), id: figure.id || figure.dataset.chart });
  const drawn = canvas.querySelector("svg") !== null;
  figure.querySelectorAll("button[data-save]").forEach((button) => { button.disabled = !drawn; });
}

/** Draws now and whenever the canvas has another width; a hidden figure waits until it has one. */
function keepDrawn(figure, rows, total) {
  const canvas = figure.querySelector(".canvas");
  let [drawnAt, settling] = [0, 0];
  const redraw = () => {
    const width = Math.floor(canvas.clientWidth);
    if (width === drawnAt || width === 0) return;
    drawnAt = width;
    drawOnce(figure, rows, width);
    if (total > rows.length) addNote(canvas, words("cut", { shown: rows.length, total }));
  };
  redraw();
  new ResizeObserver(() => {
    clearTimeout(settling);
    settling = setTimeout(redraw, SETTLED);
  }).observe(canvas);
}

/** The rows and whatever else a picture needs, or null when they cannot be had. */
async function fetched(figure, picture) {
  try {
    const wanted = () => figure.isConnected;
    const [found] = await Promise.all([fetchRows(figure.dataset.src, wanted), picture.prepare?.()]);
    return found;
  } catch {
    return null;
  }
}

async function begin(figure) {
  const picture = PICTURES[figure.dataset.chart];
  if (!picture) return;
  mindButtons(figure);
  const canvas = figure.querySelector(".canvas");
  canvas.setAttribute("aria-busy", "true");
  say(figure, words("loading"));
  const found = await fetched(figure, picture);
  canvas.removeAttribute("aria-busy");
  if (found) keepDrawn(figure, found.rows, found.total);
  else say(figure, words("failed"));
}

/** Draws every figure under `root` that has not been drawn. */
export function drawAll(root = document) {
  const figures = [...root.querySelectorAll("figure.chart")];
  if (root.matches?.("figure.chart")) figures.push(root);
  for (const figure of figures.filter((one) => !begun.has(one))) {
    begun.add(figure);
    begin(figure);
  }
}

function drawSwapped(event) {
  hideTip();
  const target = event.detail?.target;
  // A target that was itself replaced is no longer on the page; what replaced it is.
  drawAll(target?.isConnected ? target : document);
}

document.body.addEventListener("htmx:afterSwap", drawSwapped);
document.body.addEventListener("htmx:historyRestore", drawSwapped);
drawAll();
