// What every page does: the day slider, the theme, and saying so where the server does not answer.
const words = JSON.parse(document.getElementById("words").textContent).script;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function turnTheme() {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try { localStorage.setItem("reportedly-theme", next); } catch { /* it holds for this page */ }
  document.dispatchEvent(new CustomEvent("reportedly-theme"));
}

// The address with another day; of a list its first page.
function withDay(address, day) {
  const url = new URL(address, location.href);
  if (day) { url.searchParams.set("as-of", day); } else { url.searchParams.delete("as-of"); }
  url.searchParams.delete("page");
  return url.pathname + url.search + url.hash;
}

class DayBar {
  constructor(form) {
    this.form = form;
    this.days = JSON.parse(form.dataset.days);
    this.range = form.querySelector("input[type=range]");
    this.field = form.querySelector("input[type=date]");
    this.output = form.querySelector("output");
    this.button = form.querySelector(".play");
    this.all = this.output.textContent;
    this.timer = null;
    this.range.addEventListener("input", () => this.name());
    this.range.addEventListener("change", () => this.show());
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
  }

  // The last place of the slider means all reports, the undated ones too.
  get day() {
    const at = Number(this.range.value);
    return at >= this.days.length - 1 ? "" : this.days[at];
  }

  name() {
    const text = this.day || document.querySelector("[data-all-days]").dataset.allDays;
    this.output.textContent = text;
    this.range.setAttribute("aria-valuetext", text);
    this.field.value = this.day;
  }

  async show() {
    this.name();
    const address = withDay(location.href, this.day);
    let refused = false;
    const note = () => { refused = true; };
    document.body.addEventListener("htmx:responseError", note);
    await htmx.ajax("GET", address, { target: "#content", select: "#content", swap: "outerHTML" });
    document.body.removeEventListener("htmx:responseError", note);
    if (refused) { location.assign(address); return; }  // what cannot be shown as of that day is said on a page of its own
    history.replaceState(null, "", address);
    for (const link of document.querySelectorAll("header.top a[href]")) { link.setAttribute("href", withDay(link.getAttribute("href"), this.day)); }
  }

  play() {
    if (Number(this.range.value) >= this.days.length - 1) { this.range.value = "0"; } else { this.range.value = String(Number(this.range.value) + 1); }
    this.button.setAttribute("aria-pressed", "true");
    this.button.setAttribute("aria-label", words.pause);
    this.button.textContent = "❚❚";
    const step = async () => {
      await this.show();
      if (!this.timer) { return; }
      if (Number(this.range.value) >= this.days.length - 1) { this.stop(); return; }
      this.timer = setTimeout(() => { this.range.value = String(Number(this.range.value) + 1); step(); }, 1100);
    };
    this.timer = -1;
    step();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.setAttribute("aria-pressed", "false");
    this.button.setAttribute("aria-label", words.play);
    this.button.textContent = "▶";
  }
}

document.getElementById("theme").addEventListener("click", turnTheme);
for (const form of document.querySelectorAll("form.day")) { new DayBar(form); }
document.body.addEventListener("htmx:responseError", (event) => {
  const said = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector(".alert");
  const place = document.getElementById("pulse");
  if (said && place) { const row = document.createElement("p"); row.className = "alert"; row.setAttribute("role", "alert"); row.textContent = said.textContent; place.replaceChildren(row); }
});
document.body.addEventListener("htmx:sendError", () => {
  const place = document.getElementById("pulse");
  if (place) { place.textContent = words.offline; }
});
