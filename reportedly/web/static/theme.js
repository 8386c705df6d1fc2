// Sets the theme that was chosen before anything is painted; without a choice the system's holds.
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("reportedly-theme");
    if (chosen === "dark" || chosen === "light") { document.documentElement.dataset.theme = chosen; }
  } catch (_) { /* no storage: the system's theme */ }
})();
