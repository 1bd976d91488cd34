/** Whom the light is on: the pointed or selected one with those it knows, a pair, or a way. All others fade. */
import type { Columns } from "./columns";
import { neighboursOf } from "./reach";

export interface Beam {
  /** Each -1 where there is none. */
  hover: number;
  selected: number;
  other: number;
  way: readonly number[];
}

/** Null where all are in the light. */
export function litCharacters(columns: Columns, ties: readonly (readonly number[])[], { hover, selected, other, way }: Beam): ReadonlySet<number> | null {
  if (hover >= 0) return neighboursOf(columns, ties[hover] ?? [], hover);
  if (way.length) return new Set(way);
  if (selected >= 0 && other >= 0) return new Set([selected, other]);
  return selected >= 0 ? neighboursOf(columns, ties[selected] ?? [], selected) : null;
}

export function litTies(columns: Columns, ties: readonly (readonly number[])[], { hover, selected, other, way }: Beam): readonly number[] {
  const between = (a: number, b: number) => (ties[a] ?? []).filter((tie) => columns.from[tie] === b || columns.to[tie] === b);
  if (hover >= 0) return ties[hover] ?? [];
  if (way.length) return way.slice(1).flatMap((index, step) => between(way[step]!, index));
  if (other >= 0) return between(selected, other);
  return ties[selected] ?? [];
}
