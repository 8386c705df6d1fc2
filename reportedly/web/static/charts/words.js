/** The sentences of the pictures. The page hands them over as JSON, so that no English stands in the code. */

let given = null;

function readWords() {
  const element = document.getElementById("words");
  if (!element) return {};
  return JSON.parse(element.textContent).charts ?? {};
}

/** The sentence of a key, its {placeholders} filled in. A key without a sentence shows itself, so that the gap is seen. */
export function words(key, values = {}) {
  given ??= readWords();
  return (given[key] ?? key).replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

/** The sentence for one, or for several. */
export function counted(key, n, values = {}) {
  return words(n === 1 ? `${key}_one` : `${key}_many`, { n, ...values });
}

/** The word for a value of a closed list (a status, an outcome), or the value itself when the list has grown. */
export function named(list, value) {
  given ??= readWords();
  return given[`${list}_${value}`] ?? value ?? "";
}
