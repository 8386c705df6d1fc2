/* global d3 */
/** Who takes from whom, laid out so that the chain reads from left to right, and the same at each load. */

const SWEEPS = 12;
const TICKS = 240;
const ROOM = { voice: 26, outlet: 46, agency: 40, original: 40 };

export function radiusOf({ kind, claims, reports }) {
  const told = (kind === "voice" ? claims : reports) ?? claims ?? 0;
  return Math.min(20, 6 + 1.6 * Math.sqrt(told));
}

/** How many copies lie between a node and the end of its chain; a circle of copies ends where it closes. */
function depths(nodes, links) {
  const onward = d3.group(links.filter((link) => link.kind === "copies"), (link) => link.source);
  const known = new Map();
  const depthOf = (node, behind) => {
    if (known.has(node)) return known.get(node);
    if (behind.has(node)) return 0;
    const next = (onward.get(node) ?? []).filter((link) => link.target.kind === "outlet");
    const depth = next.length ? 1 + d3.max(next, (link) => depthOf(link.target, new Set([...behind, node]))) : 0;
    known.set(node, depth);
    return depth;
  };
  return new Map(nodes.map((node) => [node, node.kind === "outlet" ? depthOf(node, new Set()) : 0]));
}

/** Voices on the left, agencies and originals on the right; in between outlets, those that are copied more to the right. */
function setColumns(nodes, links, { left, right }) {
  const depth = depths(nodes, links);
  const deepest = d3.max(depth.values()) || 0;
  const place = (share) => left + share * (right - left);
  for (const node of nodes) {
    const outlet = deepest ? 0.66 - (0.34 * depth.get(node)) / deepest : 0.5;
    node.column = place({ voice: 0, agency: 1, original: 1 }[node.kind] ?? outlet);
  }
}

function spread(column, top, bottom) {
  const step = (bottom - top) / column.length;
  column.forEach((node, i) => { node.row = top + step * (i + 0.5); });
}

/** Sorts each column by the rows of its neighbours until the lines cross little. */
function setRows(nodes, links, { top, bottom }) {
  const near = new Map(nodes.map((node) => [node, []]));
  links.forEach(({ source, target }) => { near.get(source).push(target); near.get(target).push(source); });
  const columns = [...d3.group(d3.sort(nodes, (node) => -near.get(node).length, (node) => node.id), (node) => node.column).values()];
  columns.forEach((column) => spread(column, top, bottom));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const column of columns) {
      spread(d3.sort(column, (node) => d3.mean(near.get(node), (other) => other.row) ?? node.row), top, bottom);
    }
  }
}

/** Lets the nodes settle around their seats. The forces draw no lots, so that the same rows give the same picture. */
function settle(nodes, links) {
  nodes.forEach((node) => { [node.x, node.y] = [node.column, node.row]; });
  d3.forceSimulation(nodes).stop()
    .force("column", d3.forceX((node) => node.column).strength(0.9))
    .force("row", d3.forceY((node) => node.row).strength(0.25))
    .force("link", d3.forceLink(links).strength(0.02))
    .force("room", d3.forceCollide((node) => Math.max(radiusOf(node) + 5, (ROOM[node.kind] ?? 40) / 2)).iterations(3))
    .tick(TICKS);
}

/** The height that the fullest column needs. */
export function heightFor(nodes) {
  const side = ({ kind }) => ({ voice: "left", outlet: "middle" }[kind] ?? "right");
  return Math.max(360, d3.max(d3.rollup(nodes, (some) => d3.sum(some, (node) => ROOM[node.kind] ?? 40), side).values()) + 40);
}

function keepInside(nodes, { top, bottom }) {
  nodes.forEach((node) => { node.y = Math.max(top + 16, Math.min(bottom - 16, node.y)); });
}

export function layOut(nodes, links, box) {
  setColumns(nodes, links, box);
  setRows(nodes, links, box);
  settle(nodes, links);
  keepInside(nodes, box);
}

/** Nodes and links out of the rows; a link to a node that is not there is left out. Also marks the ends of chains. */
export function readRows(rows) {
  const nodes = rows.filter((row) => row.node !== undefined).map((row) => ({ ...row, id: row.node }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = rows.filter((row) => byId.has(row.from) && byId.has(row.to) && row.from !== row.to)
    .map((row) => ({ ...row, source: byId.get(row.from), target: byId.get(row.to) }));
  const copying = new Set(links.filter((link) => link.kind === "copies").map((link) => link.source));
  nodes.forEach((node) => { node.ends = node.kind !== "voice" && !copying.has(node); });
  return { nodes, links };
}
