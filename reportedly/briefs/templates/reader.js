"use strict";
(function () {
  var words = document.getElementById("words"), frame = document.getElementById("frame"), status = document.getElementById("status"), found = document.getElementById("found");
  function fold(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  var all = Array.prototype.map.call(document.querySelectorAll(".claim, .passage"), function (one) { return { node: one, text: fold(one.textContent), claim: one.classList.contains("claim") }; });
  function filter() {
    var asked = fold(words.value).split(/\s+/).filter(Boolean), claims = 0, passages = 0;
    all.forEach(function (one) {
      var fits = asked.every(function (word) { return one.text.indexOf(word) >= 0; });
      if (one.claim) { fits = fits && (!frame.value || one.node.dataset.frame === frame.value) && (!status.value || one.node.dataset.status === status.value); }
      one.node.classList.toggle("hidden", !fits);
      if (fits) { if (one.claim) { claims += 1; } else { passages += 1; } }
    });
    var searching = Boolean(asked.length || frame.value || status.value);
    document.querySelectorAll(".whole").forEach(function (one) { one.classList.toggle("hidden", searching); });
    found.textContent = claims + (claims === 1 ? " claim, " : " claims, ") + passages + (passages === 1 ? " passage" : " passages");
  }
  [words, frame, status].forEach(function (one) { one.addEventListener("input", filter); });
  document.getElementById("search").addEventListener("submit", function (event) { event.preventDefault(); filter(); });
})();
