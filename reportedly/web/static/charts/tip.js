/** The one tip of the page. It is hidden from screen readers, since each mark's label says the same. */

const GAP = 14;
const LINGER = 160;

let tip = null;
let leaving = 0;

function theTip() {
  if (tip?.isConnected) return tip;
  tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  // The pointer may rest on the tip itself to read or select it.
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", hideSoon);
  document.body.append(tip);
  return tip;
}

function fill(element, lines) {
  const paragraphs = lines.map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  });
  element.replaceChildren(...paragraphs);
}

/** Beside a point of the window, turned inwards at its edges. */
function putBeside(element, x, y) {
  const { width, height } = element.getBoundingClientRect();
  const left = x + GAP + width > window.innerWidth ? x - GAP - width : x + GAP;
  const top = y - GAP - height < 0 ? y + GAP : y - GAP - height;
  element.style.left = `${Math.max(4, left)}px`;
  element.style.top = `${Math.max(4, Math.min(top, window.innerHeight - height - 4))}px`;
}

function show(lines, x, y) {
  clearTimeout(leaving);
  const element = theTip();
  fill(element, lines);
  element.hidden = false;
  putBeside(element, x, y);
}

export function hideTip() {
  clearTimeout(leaving);
  if (tip) tip.hidden = true;
}

function hideSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hideTip, LINGER);
}

function showAtFocus(mark, lines) {
  if (!mark.matches(":focus-visible")) return;
  const [box, frame] = [mark.getBoundingClientRect(), mark.ownerSVGElement.getBoundingClientRect()];
  // A mark may reach beyond the part of the drawing that is seen.
  const x = Math.min(Math.max(box.left + box.width / 2, frame.left), frame.right);
  show(lines, x, Math.max(box.top, frame.top));
}

/** Shows the lines while a part (a d3 selection of one) is pointed at. */
export function tipUnderPointer(part, lines) {
  return part
    .on("pointerenter.tip", (event) => show(lines, event.clientX, event.clientY))
    .on("pointerleave.tip", hideSoon);
}

/** Shows the lines while a link is pointed at or has the focus. Only for links: browsers let the focus
 *  stop at whatever listens for it. */
export function tipOn(link, lines) {
  return tipUnderPointer(link, lines)
    .on("focus.tip", (event) => showAtFocus(event.currentTarget, lines))
    .on("blur.tip", hideTip);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
