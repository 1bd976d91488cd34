/** Places labels by rank: none over another, and none over a disc unless it is required. */

export interface Candidate {
  index: number;
  text: string;
  /** The middle of the mark, and the gap between it and the label, in px. */
  x: number;
  y: number;
  radius: number;
  /** The label may cover a disc if there is no other room. */
  isRequired?: boolean;
  /** The px that the label may be farther away if there is no room near the mark. */
  slack?: number;
}

export interface Label {
  index: number;
  text: string;
  x: number;
  y: number;
  width: number;
}

export interface Disc {
  x: number;
  y: number;
  radius: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type Cells = Map<string, Box[]>;

const LINE_HEIGHT = 16;
const GAP = 4;
const CELL = 96;

/** Candidates come by descending rank. Each gets a place to the right, to the left, above or below its mark, or none. */
export function placeLabels(
  candidates: Iterable<Candidate>,
  widthOf: (text: string) => number,
  size: { width: number; height: number },
  limit: number,
  discs: readonly Disc[] = [],
): Label[] {
  const labels: Label[] = [];
  const labelCells: Cells = new Map();
  const discCells: Cells = new Map();
  for (const { x, y, radius } of discs) occupy(discBox(x, y, radius), discCells);
  for (const candidate of candidates) {
    if (labels.length >= limit) break;
    const width = widthOf(candidate.text);
    const freeBoxes = boxesAround(candidate, width).filter((seat) => isInside(seat, size) && isFree(seat, labelCells));
    const box = freeBoxes.find((seat) => isFree(seat, discCells)) ?? (candidate.isRequired ? freeBoxes[0] : undefined);
    if (!box) continue;
    occupy(box, labelCells);
    labels.push({ index: candidate.index, text: candidate.text, x: box.left, y: box.top + LINE_HEIGHT / 2, width });
  }
  return labels;
}

/** From near to far. */
function boxesAround({ x, y, radius, slack = 0 }: Candidate, width: number): Box[] {
  const middle = y - LINE_HEIGHT / 2;
  const around: Box[] = [];
  for (let far = radius; far <= radius + slack; far += LINE_HEIGHT) {
    around.push(
      box(x + far + GAP, middle, width),
      box(x - far - GAP - width, middle, width),
      box(x - width / 2, y - far - LINE_HEIGHT, width),
      box(x - width / 2, y + far, width),
    );
  }
  return around;
}

function box(left: number, top: number, width: number): Box {
  return { left, top, right: left + width, bottom: top + LINE_HEIGHT };
}

/** A label may touch the rim of a disc, not its middle. */
function discBox(x: number, y: number, radius: number): Box {
  const half = radius * 0.8;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

function isInside(box: Box, size: { width: number; height: number }): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height;
}

function isFree(box: Box, cells: Cells): boolean {
  return keysOf(box).every((key) => (cells.get(key) ?? []).every((other) => !overlap(box, other)));
}

function occupy(box: Box, cells: Cells): void {
  for (const key of keysOf(box)) cells.set(key, [...(cells.get(key) ?? []), box]);
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function keysOf(box: Box): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column++)
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row++) keys.push(`${column},${row}`);
  return keys;
}
