/** The rows behind a picture: JSON lines from the server, asked for again while it is still reading the case. */

const TRIES = 20;
const LONGEST_WAIT = 30;

function wait(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

/** Seconds to wait before the next try, or null when the server does not ask for one.
 *  It may ask with 202 as well: browsers write each 503 into the console as an error. */
function askedToWait(answer) {
  const header = answer.headers.get("Retry-After");
  if (![202, 503].includes(answer.status) || header === null) return null;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT) : 1;
}

function asRows(text) {
  return text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
}

/** Fetches the rows, and how many there are in all; `wanted` tells whether the figure is still on the page. Throws when they cannot be had. */
export async function fetchRows(source, wanted) {
  for (let tries = 0; tries <= TRIES; tries += 1) {
    const answer = await fetch(source, { headers: { Accept: "application/x-ndjson" } });
    const pause = askedToWait(answer);
    if (answer.ok && pause === null) {
      const rows = asRows(await answer.text());
      return { rows, total: Number(answer.headers.get("X-Total-Count") ?? rows.length) };
    }
    if (pause === null || !wanted()) break;
    await wait(pause);
  }
  throw new Error(source);
}
