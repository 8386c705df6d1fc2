// The drawers under a claim (edit, merge, split, note), and the keys that decide. A key in a field is only a letter.
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function openDrawer(name) {
  for (const one of document.querySelectorAll(".drawer")) { one.hidden = one.id !== `drawer-${name}`; }
  const field = document.querySelector(`#drawer-${name} input:not([type=hidden]), #drawer-${name} select`);
  if (field) { field.focus(); }
}

function closeDrawers() {
  for (const one of document.querySelectorAll(".drawer")) { one.hidden = true; }
  document.querySelector("#panel")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-open], [data-close]") : null;
  if (!button) { return; }
  if (button.dataset.open) { openDrawer(button.dataset.open); } else { closeDrawers(); }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".drawer:not([hidden])")) { closeDrawers(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) { return; }
  const button = /^[a-z]$/.test(event.key) ? document.querySelector(`#panel [data-key="${event.key}"]`) : null;
  if (!button) { return; }
  event.preventDefault();
  // A panel that has just been put in is bound a moment later; until then its buttons would send the form as a page.
  if (document.querySelector("#panel.htmx-added")) { setTimeout(() => document.querySelector(`#panel [data-key="${event.key}"]`)?.click(), 80); } else { button.click(); }
});
