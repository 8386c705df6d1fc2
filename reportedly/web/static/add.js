// Files dropped on the page are those of its form.
const words = JSON.parse(document.getElementById("words").textContent).script;
const zone = document.getElementById("drop");
const form = document.getElementById("add");

function tellFiles() {
  const list = document.getElementById("chosen");
  const files = [...form.elements.file.files];
  list.replaceChildren(...files.slice(0, 20).map((file) => { const row = document.createElement("li"); row.textContent = file.name; return row; }));
  if (files.length > 20) { const row = document.createElement("li"); row.textContent = words.files.replace("{n}", String(files.length)); list.append(row); }
}

if (form) {
  form.elements.file.addEventListener("change", tellFiles);
  for (const name of ["dragover", "dragenter"]) { document.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }); }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { zone.classList.remove("over"); } });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) { form.elements.file.files = event.dataTransfer.files; tellFiles(); }
  });
}
