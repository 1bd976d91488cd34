/** Finds characters of the picture: under a pointer, and next in a direction. */
import type { Camera } from "../camera/camera";
import type { Columns } from "./columns";

/** The character whose rim is nearest to (x, y), within `reach` px; -1 if there is none. */
export function characterAt(
  columns: Columns,
  radii: Float32Array,
  camera: Camera,
  x: number,
  y: number,
  reach: number,
): number {
  let nearest = -1;
  let least = Infinity;
  for (let index = 0; index < columns.ids.length; index++) {
    if (columns.isRemoved[index]) continue;
    const dx = columns.x[index]! * camera.k + camera.tx - x;
    const dy = columns.y[index]! * camera.k + camera.ty - y;
    const gap = Math.hypot(dx, dy) - radii[index]!;
    if (gap <= reach && gap < least) {
      least = gap;
      nearest = index;
    }
  }
  return nearest;
}

export type Direction = "left" | "right" | "up" | "down";
const UNIT_VECTORS: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** The nearest of `candidates` within 60 degrees of the direction; -1 if there is none. */
export function nearestInDirection(columns: Columns, from: number, candidates: Iterable<number>, direction: Direction): number {
  const [hx, hy] = UNIT_VECTORS[direction];
  let best = -1;
  let least = Infinity;
  for (const index of candidates) {
    if (index === from || columns.isRemoved[index]) continue;
    const dx = columns.x[index]! - columns.x[from]!;
    const dy = columns.y[index]! - columns.y[from]!;
    const ahead = dx * hx + dy * hy;
    const aside = Math.abs(dx * hy - dy * hx);
    if (ahead <= 0 || aside > ahead * 1.75) continue;
    const cost = Math.hypot(dx, dy) + aside;
    if (cost < least) {
      least = cost;
      best = index;
    }
  }
  return best;
}
