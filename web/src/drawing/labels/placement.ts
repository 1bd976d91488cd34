/** Which names fit: by rank, none over another, and none over a disc but those that are needed. */

export interface Candidate {
  index: number;
  text: string;
  /** Where the mark is, and how far from it the name begins, in px. */
  x: number;
  y: number;
  radius: number;
  /** Named over a disc rather than not at all. */
  isNeeded?: boolean;
  /** How much farther off the name may begin, in px, where there is no room near. */
  leeway?: number;
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

/** Candidates come by falling rank; each gets a place right of, left of, above or below its mark, or no name. */
export function placed(
  candidates: Iterable<Candidate>,
  widthOf: (text: string) => number,
  size: { width: number; height: number },
  most: number,
  discs: readonly Disc[] = [],
): Label[] {
  const labels: Label[] = [];
  const names: Cells = new Map();
  const marks: Cells = new Map();
  for (const { x, y, radius } of discs) occupy(inner(x, y, radius), marks);
  for (const candidate of candidates) {
    if (labels.length >= most) break;
    const width = widthOf(candidate.text);
    const free = seats(candidate, width).filter((seat) => isInside(seat, size) && isFree(seat, names));
    const box = free.find((seat) => isFree(seat, marks)) ?? (candidate.isNeeded ? free[0] : undefined);
    if (!box) continue;
    occupy(box, names);
    labels.push({ index: candidate.index, text: candidate.text, x: box.left, y: box.top + LINE_HEIGHT / 2, width });
  }
  return labels;
}

/** From near to far. */
function seats({ x, y, radius, leeway = 0 }: Candidate, width: number): Box[] {
  const middle = y - LINE_HEIGHT / 2;
  const around: Box[] = [];
  for (let far = radius; far <= radius + leeway; far += LINE_HEIGHT) {
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

/** A name may touch a disc's rim, not its middle. */
function inner(x: number, y: number, radius: number): Box {
  const half = radius * 0.8;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

function isInside(seat: Box, size: { width: number; height: number }): boolean {
  return seat.left >= 0 && seat.top >= 0 && seat.right <= size.width && seat.bottom <= size.height;
}

function isFree(seat: Box, cells: Cells): boolean {
  return keysOf(seat).every((key) => (cells.get(key) ?? []).every((other) => !overlap(seat, other)));
}

function occupy(seat: Box, cells: Cells): void {
  for (const key of keysOf(seat)) cells.set(key, [...(cells.get(key) ?? []), seat]);
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function keysOf(seat: Box): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(seat.left / CELL); column <= Math.floor(seat.right / CELL); column++)
    for (let row = Math.floor(seat.top / CELL); row <= Math.floor(seat.bottom / CELL); row++) keys.push(`${column},${row}`);
  return keys;
}
