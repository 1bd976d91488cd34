/** Which names fit: by rank, none over another. */

export interface Candidate {
  index: number;
  text: string;
  /** Where the mark is, and how far from it the name begins, in px. */
  x: number;
  y: number;
  radius: number;
}

export interface Label {
  index: number;
  text: string;
  x: number;
  y: number;
  width: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const LINE_HEIGHT = 16;
const GAP = 4;
const CELL = 96;

/** Candidates come by falling rank; each gets a place right of, left of, above or below its mark, or no name. */
export function placed(candidates: Iterable<Candidate>, widthOf: (text: string) => number, size: { width: number; height: number }, most: number): Label[] {
  const labels: Label[] = [];
  const cells = new Map<string, Box[]>();
  for (const candidate of candidates) {
    if (labels.length >= most) break;
    const width = widthOf(candidate.text);
    const box = seats(candidate, width).find((seat) => isInside(seat, size) && isFree(seat, cells));
    if (!box) continue;
    occupy(box, cells);
    labels.push({ index: candidate.index, text: candidate.text, x: box.left, y: box.top + LINE_HEIGHT / 2, width });
  }
  return labels;
}

function seats({ x, y, radius }: Candidate, width: number): Box[] {
  const middle = y - LINE_HEIGHT / 2;
  return [
    box(x + radius + GAP, middle, width),
    box(x - radius - GAP - width, middle, width),
    box(x - width / 2, y - radius - LINE_HEIGHT, width),
    box(x - width / 2, y + radius, width),
  ];
}

function box(left: number, top: number, width: number): Box {
  return { left, top, right: left + width, bottom: top + LINE_HEIGHT };
}

function isInside(seat: Box, size: { width: number; height: number }): boolean {
  return seat.left >= 0 && seat.top >= 0 && seat.right <= size.width && seat.bottom <= size.height;
}

function isFree(seat: Box, cells: Map<string, Box[]>): boolean {
  return keysOf(seat).every((key) => (cells.get(key) ?? []).every((other) => !overlap(seat, other)));
}

function occupy(seat: Box, cells: Map<string, Box[]>): void {
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
