/** Whom the light is on: the pointed or selected one with those it knows, a pair, or a way, and who is pinned. All others fade. */
import type { Columns } from "./network/columns";
import { neighboursOf } from "./network/hit_testing";

export interface Beam {
  /** Each -1 where there is none. */
  hover: number;
  selected: number;
  other: number;
  way: readonly number[];
  /** They stay in the light with those they know, whoever else is in it. */
  pinned: readonly number[];
}

type Ties = readonly (readonly number[])[];

/** Null where all are in the light. */
export function litCharacters(columns: Columns, ties: Ties, beam: Beam): ReadonlySet<number> | null {
  const lit = charactersInBeam(columns, ties, beam);
  if (!beam.pinned.length) return lit;
  return new Set(
    [lit ?? [], ...beam.pinned.map((index) => neighboursOf(columns, ties[index] ?? [], index))].flatMap((some) => [...some]),
  );
}

export function litTies(columns: Columns, ties: Ties, beam: Beam): readonly number[] {
  const lit = tiesInBeam(columns, ties, beam);
  if (!beam.pinned.length) return lit;
  return [...new Set([...lit, ...beam.pinned.flatMap((index) => ties[index] ?? [])])];
}

function charactersInBeam(columns: Columns, ties: Ties, { hover, selected, other, way }: Beam): ReadonlySet<number> | null {
  if (hover >= 0) return neighboursOf(columns, ties[hover] ?? [], hover);
  if (way.length) return new Set(way);
  if (selected >= 0 && other >= 0) return new Set([selected, other]);
  return selected >= 0 ? neighboursOf(columns, ties[selected] ?? [], selected) : null;
}

function tiesInBeam(columns: Columns, ties: Ties, { hover, selected, other, way }: Beam): readonly number[] {
  const between = (a: number, b: number) => (ties[a] ?? []).filter((tie) => columns.from[tie] === b || columns.to[tie] === b);
  if (hover >= 0) return ties[hover] ?? [];
  if (way.length) return way.slice(1).flatMap((index, step) => between(way[step]!, index));
  if (other >= 0) return between(selected, other);
  return ties[selected] ?? [];
}
