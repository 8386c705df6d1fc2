import { isTyping } from "./decide.js";

// Words that are selected in the text become the claim to add by hand. Offsets are those of the report: code points, where the browser counts
// UTF-16.
function shownText() { return document.getElementById("text"); }

// The form is put anew where it was refused.
function byHand() { return document.querySelector("#by-hand form"); }

function codePoints(words) { return [...words].length; }

// The offset of a place in the text, or null where it lies outside.
function offsetOf(node, at) {
  const element = node instanceof Element ? node : node.parentElement;
  const stretch = element ? element.closest("[data-start]") : null;
  if (!stretch || !shownText()?.contains(stretch)) { return null; }
  const before = document.createRange();
  before.selectNodeContents(stretch);
  before.setEnd(node, at);
  return Number(stretch.dataset.start) + codePoints(before.toString());
}

function mark() {
  const [selection, form] = [getSelection(), byHand()];
  if (!form || selection.isCollapsed || selection.rangeCount === 0 || !shownText()?.contains(selection.anchorNode)) { return; }
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) { return; }
  form.elements.start.value = String(start);
  form.elements.end.value = String(end);
  form.elements.words.value = range.toString();
  document.getElementById("marked").textContent = range.toString();
  document.getElementById("by-hand").open = true;
}

document.addEventListener("selectionchange", () => { clearTimeout(mark.timer); mark.timer = setTimeout(mark, 200); });
document.querySelector("#text .chosen")?.scrollIntoView({ block: "center" });

// Words of a claim can be selected as well as followed: a click that ends a selection leads nowhere.
document.addEventListener("click", (event) => { if (event.target.closest?.("#text") && !getSelection().isCollapsed) { event.preventDefault(); } });

// j and k lead to the next claim of the text, and to the one before.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !["j", "k"].includes(event.key)) { return; }
  const claims = [...new Map([...document.querySelectorAll("#text a.said")].map((one) => [one.href, one])).values()];
  const at = claims.findIndex((one) => one.classList.contains("chosen"));
  const next = claims[event.key === "j" ? at + 1 : at - 1];
  if (next) { location.href = next.href; }
});
