/** Bounds of all, some, or most characters. */

import type { Columns } from "../network/columns";
import type { Bounds } from "./camera";

const OUTLIER_SHARE = 0.03;
const DEFAULT_BOUNDS: Bounds = { left: -1, top: -1, right: 1, bottom: 1 };

export function boundsOf(columns: Columns, indexes: Iterable<number> = columns.ids.keys()): Bounds {
  return trimmedBounds(columns, indexes, 0);
}

/** Without the outermost 3 % on each side, which would make the rest too small. */
export function boundsWithoutOutliers(columns: Columns): Bounds {
  return trimmedBounds(columns, columns.ids.keys(), OUTLIER_SHARE);
}

function trimmedBounds(columns: Columns, indexes: Iterable<number>, outlierShare: number): Bounds {
  const present = [...indexes].filter((index) => !columns.isRemoved[index]);
  if (!present.length) return DEFAULT_BOUNDS;
  const cut = Math.floor(present.length * outlierShare);
  const [left, right] = trimmedRange(
    present.map((index) => columns.x[index]!),
    cut,
  );
  const [top, bottom] = trimmedRange(
    present.map((index) => columns.y[index]!),
    cut,
  );
  return { left, top, right, bottom };
}

function trimmedRange(values: number[], cut: number): [number, number] {
  const sorted = values.sort((a, b) => a - b);
  return [sorted[cut]!, sorted.at(-1 - cut)!];
}
