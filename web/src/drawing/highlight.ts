/** Whom the light is on: the pointed or selected one with those it knows, a pair, or a way, and who is pinned. All others fade. */

import { neighboursOf } from "./network/adjacency";
import type { Columns } from "./network/columns";

export interface Highlight {
  /** Each -1 where there is none. */
  hover: number;
  selected: number;
  other: number;
  path: readonly number[];
  /** They stay in the light with those they know, whoever else is in it. */
  pinned: readonly number[];
}

type Ties = readonly (readonly number[])[];

/** Null where all are in the light. */
export function highlightedCharacters(columns: Columns, ties: Ties, highlight: Highlight): ReadonlySet<number> | null {
  const highlighted = charactersOfSelection(columns, ties, highlight);
  if (!highlight.pinned.length) return highlighted;
  return new Set(
    [highlighted ?? [], ...highlight.pinned.map((index) => neighboursOf(columns, ties[index] ?? [], index))].flatMap((some) => [
      ...some,
    ]),
  );
}

export function highlightedTies(columns: Columns, ties: Ties, highlight: Highlight): readonly number[] {
  const highlighted = tiesOfSelection(columns, ties, highlight);
  if (!highlight.pinned.length) return highlighted;
  return [...new Set([...highlighted, ...highlight.pinned.flatMap((index) => ties[index] ?? [])])];
}

function charactersOfSelection(
  columns: Columns,
  ties: Ties,
  { hover, selected, other, path }: Highlight,
): ReadonlySet<number> | null {
  if (hover >= 0) return neighboursOf(columns, ties[hover] ?? [], hover);
  if (path.length) return new Set(path);
  if (selected >= 0 && other >= 0) return new Set([selected, other]);
  return selected >= 0 ? neighboursOf(columns, ties[selected] ?? [], selected) : null;
}

function tiesOfSelection(columns: Columns, ties: Ties, { hover, selected, other, path }: Highlight): readonly number[] {
  const between = (a: number, b: number) => (ties[a] ?? []).filter((tie) => columns.from[tie] === b || columns.to[tie] === b);
  if (hover >= 0) return ties[hover] ?? [];
  if (path.length) return path.slice(1).flatMap((index, step) => between(path[step]!, index));
  if (other >= 0) return between(selected, other);
  return ties[selected] ?? [];
}
