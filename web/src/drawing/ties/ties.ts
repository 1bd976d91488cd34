/** How a tie is drawn (mechanics.md R10): from whoever feels it to the middle of the way, where the other's feeling begins. Width is
 * |bond|, colour its sign, full where it is returned and paler where not, dashes low trust, opacity contact. Like ties share one path. */
import type { Columns } from "../network/columns";
import type { Palette } from "../palette";

export interface Shown {
  /** Bits by stage number; a tie whose bit is 0 is left out. */
  stages: number;
  /** Only ties with at least this |bond|. */
  strength: number;
}

export const ALL_STAGES = 0b111111;

const NEUTRAL_BELOW = 0.04;
const LOW_TRUST_BELOW = 0.3;
const WIDTHS = [0.7, 1.4, 2.4, 3.6] as const;
const OPACITIES = [0.38, 0.65, 0.95] as const;
export const BUCKETS = 3 * 2 * 2 * WIDTHS.length * OPACITIES.length;

export function isShown(columns: Columns, tie: number, shown: Shown): boolean {
  return (
    (shown.stages & (1 << columns.stage[tie]!)) !== 0 &&
    Math.abs(columns.bond[tie]!) >= shown.strength &&
    !columns.isGone[columns.from[tie]!] &&
    !columns.isGone[columns.to[tie]!]
  );
}

/** The number of the look that a tie has: its colour, whether it is returned, dash, width and opacity. */
export function bucketOf(bond: number, back: number, trust: number, contact: number): number {
  const sign = signOf(bond);
  const returned = sign !== 0 && signOf(back) === sign ? 1 : 0;
  const dashed = trust < LOW_TRUST_BELOW ? 1 : 0;
  const strength = Math.abs(bond);
  const width = strength < 0.12 ? 0 : strength < 0.3 ? 1 : strength < 0.6 ? 2 : 3;
  const opacity = contact < 0.5 ? 0 : contact < 2 ? 1 : 2;
  return (((sign + 1) * 2 + returned) * 2 + dashed) * WIDTHS.length * OPACITIES.length + width * OPACITIES.length + opacity;
}

function signOf(bond: number): -1 | 0 | 1 {
  if (Math.abs(bond) < NEUTRAL_BELOW) return 0;
  return bond > 0 ? 1 : -1;
}

export interface Look {
  stroke: string;
  isDashed: boolean;
  width: number;
  opacity: number;
}

export function lookOf(bucket: number, palette: Palette): Look {
  const fine = WIDTHS.length * OPACITIES.length;
  const coarse = Math.floor(bucket / fine);
  const returned = (coarse >> 1) & 1;
  const colour = [palette.cold, palette.even, palette.warm][coarse >> 2]!;
  const opacity = OPACITIES[bucket % OPACITIES.length]!;
  return {
    stroke: colour,
    isDashed: (coarse & 1) === 1,
    width: WIDTHS[Math.floor((bucket % fine) / OPACITIES.length)]!,
    opacity: returned ? opacity : opacity * 0.7,
  };
}

type Pen = Pick<
  CanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "stroke" | "setLineDash" | "strokeStyle" | "globalAlpha" | "lineWidth"
>;

/** Draws half a line per tie, all of one look in one path. The pen is already under the camera; `k` is its scale. */
export function drawTies(
  pen: Pen,
  columns: Columns,
  back: Float32Array,
  ties: Iterable<number>,
  palette: Palette,
  k: number,
  emphasis = 1,
): number {
  const groups: number[][] = [];
  let drawn = 0;
  for (const tie of ties) {
    const bucket = bucketOf(columns.bond[tie]!, back[tie]!, columns.trust[tie]!, columns.contact[tie]!);
    groups[bucket] ??= [];
    groups[bucket].push(tie);
    drawn++;
  }
  groups.forEach((group, bucket) => {
    const look = lookOf(bucket, palette);
    pen.strokeStyle = look.stroke;
    pen.globalAlpha = Math.min(1, look.opacity * emphasis);
    pen.lineWidth = look.width / k;
    pen.setLineDash(look.isDashed ? [4 / k, 3 / k] : []);
    pen.beginPath();
    for (const tie of group) {
      const from = columns.from[tie]!;
      const to = columns.to[tie]!;
      pen.moveTo(columns.x[from]!, columns.y[from]!);
      pen.lineTo((columns.x[from]! + columns.x[to]!) / 2, (columns.y[from]! + columns.y[to]!) / 2);
    }
    pen.stroke();
  });
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  return drawn;
}

/** The strongest ties that are shown and touch the view, at most `most` of them; `order` is by falling |bond|. */
export function visibleTies(
  columns: Columns,
  order: Uint32Array,
  shown: Shown,
  view: { left: number; top: number; right: number; bottom: number },
  most: number,
): number[] {
  const ties: number[] = [];
  for (const tie of order) {
    if (ties.length >= most) break;
    if (!isShown(columns, tie, shown)) continue;
    const from = columns.from[tie]!;
    const to = columns.to[tie]!;
    const ax = columns.x[from]!;
    const ay = columns.y[from]!;
    const bx = columns.x[to]!;
    const by = columns.y[to]!;
    if ((ax < view.left && bx < view.left) || (ax > view.right && bx > view.right)) continue;
    if ((ay < view.top && by < view.top) || (ay > view.bottom && by > view.bottom)) continue;
    ties.push(tie);
  }
  return ties;
}
