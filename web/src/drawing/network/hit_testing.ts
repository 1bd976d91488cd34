/** Finding characters on the picture: under a pointer, next in a direction, beside each other. */
import type { Camera } from "../camera/camera";
import type { Columns } from "./columns";

/** The nearest character within `reach` px of its rim, or -1. */
export function under(columns: Columns, radii: Float32Array, camera: Camera, x: number, y: number, reach: number): number {
  let nearest = -1;
  let least = Infinity;
  for (let index = 0; index < columns.ids.length; index++) {
    if (columns.isGone[index]) continue;
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

/** All ties of each character, both ways, as lists of tie indexes. */
export function tiesByCharacter(columns: Columns): number[][] {
  const ties: number[][] = Array.from({ length: columns.ids.length }, () => []);
  for (let tie = 0; tie < columns.from.length; tie++) {
    ties[columns.from[tie]!]!.push(tie);
    ties[columns.to[tie]!]!.push(tie);
  }
  return ties;
}

export function neighboursOf(columns: Columns, ties: readonly number[], character: number): Set<number> {
  const all = new Set<number>([character]);
  for (const tie of ties) {
    all.add(columns.from[tie]!);
    all.add(columns.to[tie]!);
  }
  return all;
}

export type Direction = "left" | "right" | "up" | "down";
const HEADINGS: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Whom an arrow key leads to: among `candidates`, the nearest within 60 degrees of the direction, or -1. */
export function towards(columns: Columns, from: number, candidates: Iterable<number>, direction: Direction): number {
  const [hx, hy] = HEADINGS[direction];
  let best = -1;
  let least = Infinity;
  for (const index of candidates) {
    if (index === from || columns.isGone[index]) continue;
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

/** The shortest way over ties, as character indexes from `from` to `to`; null where there is none. */
export function wayBetween(columns: Columns, ties: readonly (readonly number[])[], from: number, to: number): number[] | null {
  const before = new Map<number, number>([[from, -1]]);
  const queue = [from];
  for (let head = 0; head < queue.length; head++) {
    const here = queue[head]!;
    if (here === to) break;
    for (const tie of ties[here] ?? []) {
      const next = columns.from[tie] === here ? columns.to[tie]! : columns.from[tie]!;
      if (before.has(next) || columns.isGone[next]) continue;
      before.set(next, here);
      queue.push(next);
    }
  }
  if (!before.has(to)) return null;
  const way: number[] = [];
  for (let at = to; at !== -1; at = before.get(at)!) way.unshift(at);
  return way;
}
