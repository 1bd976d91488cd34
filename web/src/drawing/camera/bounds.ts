/** What part of the plane holds all, some, or nearly all characters. */

import type { Columns } from "../network/columns";
import type { Bounds } from "./camera";

const FAR_OUT = 0.03;
const NOBODY: Bounds = { left: -1, top: -1, right: 1, bottom: 1 };

export function boundsOf(columns: Columns, indexes: Iterable<number> = columns.ids.keys()): Bounds {
  return spanned(columns, indexes, 0);
}

/** Without the few farthest out on each side, who would make everybody else small. */
export function crowdBounds(columns: Columns): Bounds {
  return spanned(columns, columns.ids.keys(), FAR_OUT);
}

function spanned(columns: Columns, indexes: Iterable<number>, leftOut: number): Bounds {
  const here = [...indexes].filter((index) => !columns.isGone[index]);
  if (!here.length) return NOBODY;
  const cut = Math.floor(here.length * leftOut);
  const [left, right] = ends(
    here.map((index) => columns.x[index]!),
    cut,
  );
  const [top, bottom] = ends(
    here.map((index) => columns.y[index]!),
    cut,
  );
  return { left, top, right, bottom };
}

function ends(values: number[], cut: number): [number, number] {
  const sorted = values.sort((a, b) => a - b);
  return [sorted[cut]!, sorted.at(-1 - cut)!];
}
