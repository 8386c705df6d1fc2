/** A picture as a file that looks the same without the page: styles become attributes, notes become text. */

import { words } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const INHERITED = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "paint-order", "visibility",
];
const OWN = { opacity: "1", "vector-effect": "none" };
const NOTE_LINE = 18;

function newElement(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** Writes on a copied element what the page's style sheets make of the original. */
function keepLook(original, copy, parentLook) {
  const look = getComputedStyle(original);
  for (const name of INHERITED) {
    const value = look.getPropertyValue(name);
    if (!parentLook || parentLook.getPropertyValue(name) !== value) copy.setAttribute(name, value);
    else copy.removeAttribute(name);
  }
  for (const [name, usual] of Object.entries(OWN)) {
    if (look.getPropertyValue(name) !== usual) copy.setAttribute(name, look.getPropertyValue(name));
  }
  [...original.children].forEach((child, i) => keepLook(child, copy.children[i], look));
}

/** Takes away what only the page can use: addresses, classes, invisible targets. */
function leaveThePage(copy) {
  copy.querySelectorAll(".target").forEach((target) => target.remove());
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    ["href", "class", "tabindex"].forEach((name) => element.removeAttribute(name));
  }
}

function colourOf(name, otherwise) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || otherwise;
}

/** Breaks a sentence into lines of about as many letters as the width holds. */
function asLines(sentence, width) {
  const most = Math.max(20, Math.floor(width / 6.6));
  const lines = [""];
  for (const word of sentence.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

/** What the picture shows, of which case, as of which day. */
function titleOf(figure) {
  const day = new URL(figure.dataset.src, window.location.href).searchParams.get("as-of");
  const parts = [figure.querySelector("figcaption")?.textContent.trim(), document.querySelector("header .case")?.textContent.trim(), day && words("as_of", { day })];
  return parts.filter(Boolean).join(" · ");
}

/** The sentences under the picture go with it: they tell what is not drawn. */
function addNotes(copy, figure, width, height) {
  const notes = [titleOf(figure), ...[...figure.querySelectorAll(".canvas .chart-note")].map((note) => note.textContent)].flatMap((note) => asLines(note, width));
  const font = { "font-size": "12px", "font-family": getComputedStyle(figure).fontFamily, fill: colourOf("--soft", "#555") };
  notes.forEach((line, i) => copy.append(newElement("text", { x: 0, y: height + NOTE_LINE * (i + 1), ...font }, line)));
  return height + (notes.length ? NOTE_LINE * notes.length + 8 : 0);
}

function standingAlone(figure) {
  const drawing = figure.querySelector(".canvas svg");
  const [width, drawn] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
  const copy = drawing.cloneNode(true);
  keepLook(drawing, copy, null);
  leaveThePage(copy);
  const height = addNotes(copy, figure, width, drawn);
  const frame = { x: -12, y: -12, width: width + 24, height: height + 24 };
  copy.prepend(newElement("rect", { ...frame, fill: colourOf("--paper", "#fff"), stroke: "none" }));
  copy.prepend(newElement("title", {}, figure.querySelector("figcaption")?.textContent.trim() ?? ""));
  copy.setAttribute("viewBox", `-12 -12 ${frame.width} ${frame.height}`);
  copy.setAttribute("width", frame.width);
  copy.setAttribute("height", frame.height);
  copy.setAttribute("xmlns", SVG);
  return { copy, width: frame.width, height: frame.height };
}

function asBlob(copy) {
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml;charset=utf-8" });
}

function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function loadImage(blob) {
  const address = URL.createObjectURL(blob);
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return image;
}

/** Draws the file on a canvas, two dots a pixel. */
async function asPng({ copy, width, height }) {
  const image = await loadImage(asBlob(copy));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Saves a figure's drawing under the name `reportedly-CHART-DAY`. */
export async function saveFigure(figure, kind, asOf) {
  const name = `reportedly-${figure.dataset.chart}-${asOf ?? "today"}.${kind}`;
  const alone = standingAlone(figure);
  download(kind === "png" ? await asPng(alone) : asBlob(alone.copy), name);
}
