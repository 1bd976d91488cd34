/** The highlighted characters and ties: a hovered or selected character with its neighbours, a pair, a path, and pinned
 * characters. All others fade. */

import { neighboursOf } from "./network/adjacency";
import type { Columns } from "./network/columns";

export interface Highlight {
  /** Character indexes; -1 if absent. */
  hover: number;
  selected: number;
  other: number;
  path: readonly number[];
  /** These and their neighbours stay highlighted, whatever else is. */
  pinned: readonly number[];
}

type Ties = readonly (readonly number[])[];

/** Null if nothing is highlighted. */
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
