// The review queue by keyboard: j and k walk through it, o opens the claim in its report, / searches, ? tells the keys.
import { isTyping } from "./decide.js";

// Looked up at each use: another day puts another list in the page.
function help() { return document.getElementById("help"); }


function rows() { return [...document.querySelectorAll("#queue li[data-claim]")]; }

function current() { return rows().findIndex((row) => row.getAttribute("aria-current") === "true"); }

// What was decided is gone from the list when it is asked for again; where nothing was, the next page goes on.
function goOn() {
  const next = document.querySelector(".pager a[rel=next]");
  if (rows().some((row) => row.dataset.decided)) { location.replace(location.pathname + location.search); } else if (next) { location.href = next.href; }
}

function choose(at) {
  const found = rows();
  if (at >= found.length && found.length) { goOn(); }
  if (at < 0 || at >= found.length) { return; }
  for (const row of found) { row.removeAttribute("aria-current"); }
  found[at].setAttribute("aria-current", "true");
  const link = found[at].querySelector("a");
  link.focus({ preventScroll: true });
  found[at].scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `#${found[at].dataset.claim}`);  // who comes back finds the same claim
  htmx.trigger(link, "click");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#help-open")) { help().showModal(); }
  const row = event.target.closest("#queue li[data-claim]");
  if (row) { for (const one of rows()) { one.toggleAttribute("aria-current", false); } row.setAttribute("aria-current", "true"); }
});

// A decision was logged: the row says which, and the progress moves. The next claim is a key away, so that what was done can be seen first.
document.body.addEventListener("reportedly-decided", () => setTimeout(() => {
  const row = rows()[current()];
  if (!row) { return; }
  row.dataset.decided = document.getElementById("panel").dataset.decided;
  const progress = document.getElementById("progress");
  progress.dataset.before ??= progress.value;  // decided before this page was opened
  progress.value = Number(progress.dataset.before) + rows().filter((one) => one.dataset.decided).length;
  document.querySelector("label[for=progress] b").textContent = String(progress.value);
}));

const KEYS = {
  j: () => choose(current() + 1),
  k: () => choose(current() - 1),
  o: () => { const row = rows()[current()]; if (row) { location.href = row.querySelector("a").href; } },
  "/": () => { location.href = document.querySelector('header.top a[href^="/search"]').href; },
  "?": () => help().showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || help().open) { return; }
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});

if (location.hash.length > 1) { choose(rows().findIndex((row) => row.dataset.claim === location.hash.slice(1))); }
