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

const ONE = "\\d{4}(?:-\\d\\d){0,2}";
const TIME = new RegExp(`(?<![\\w/-])(?:(${ONE})/(\\.\\.|${ONE})|\\.\\./(${ONE})|(\\d{4}-\\d\\d(?:-\\d\\d)?))(?![\\w/-])`, "g");

function dayInWords(text) {
  const [year, month, day] = text.split("-");
  return [day && Number(day), month && (words("months").split(" ")[Number(month) - 1] ?? month), year].filter(Boolean).join(" ");
}

function timeInWords(_, first, last, until, alone) {
  if (until) return words("label_by", { day: dayInWords(until) });
  if (alone) return dayInWords(alone);
  if (last === "..") return words("label_from", { day: dayInWords(first) });
  if (first === last) return dayInWords(first);
  if (first.length === 10 && first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}–${dayInWords(last)}`;
  return `${dayInWords(first)} – ${dayInWords(last)}`;
}

/** A label with its EDTF in words, as the pages write it: "2031-04-01/2031-04-10" as "1–10 Apr 2031". */
export function labelInWords(text) {
  return text.replace(TIME, timeInWords);
}
