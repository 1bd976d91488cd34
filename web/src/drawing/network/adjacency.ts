/** Which characters ties connect, and the shortest path between two. */
import type { Columns } from "./columns";

/** The tie indexes of each character, in both directions. */
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

/** The shortest path over ties as character indexes, both ends included; null if there is none. Breadth-first search. */
export function shortestPath(
  columns: Columns,
  ties: readonly (readonly number[])[],
  from: number,
  to: number,
): number[] | null {
  const previous = new Map<number, number>([[from, -1]]);
  const queue = [from];
  for (let head = 0; head < queue.length; head++) {
    const current = queue[head]!;
    if (current === to) break;
    for (const tie of ties[current] ?? []) {
      const next = columns.from[tie] === current ? columns.to[tie]! : columns.from[tie]!;
      if (previous.has(next) || columns.isRemoved[next]) continue;
      previous.set(next, current);
      queue.push(next);
    }
  }
  if (!previous.has(to)) return null;
  const path: number[] = [];
  for (let at = to; at !== -1; at = previous.get(at)!) path.unshift(at);
  return path;
}
