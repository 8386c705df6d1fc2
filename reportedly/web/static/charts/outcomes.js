/** What became of a plan, as a shape: the colour only repeats it. */

/** Drawn around (0, 0) in a box of about 14 px. Those with `full` are filled, the others drawn as lines. */
const SHAPES = {
  kept: { path: "M-6,0L-2,5L6,-5" },
  slipped: { path: "M0,6V-6M-5,-1L0,-6L5,-1" },
  overdue: { path: "M0,-6L6.5,5.5H-6.5Z", full: true },
  denied: { path: "M-5,-5L5,5M5,-5L-5,5" },
  dropped: { path: "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0M-3,0H3" },
  open: { path: "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0" },
};

export const OUTCOMES = Object.keys(SHAPES);

/** The mark of an outcome on a disc of paper, so that it reads on top of lines. */
export function drawOutcome(parent, outcome) {
  const shape = SHAPES[outcome] ?? SHAPES.open;
  parent.append("circle").attr("class", "disc").attr("r", 9);
  parent.append("path").attr("class", `outcome ${shape.full ? "full" : "drawn"} of-${outcome}`).attr("d", shape.path);
}
