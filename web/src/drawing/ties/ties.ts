/** Draws ties (mechanics.md R10): from the character that feels it to the middle, where the reverse tie begins. Width is
 * |bond|, colour its sign, paler if it is not returned, dashed for low trust, opacity contact. Ties of one style share one
 * path. */
import type { Columns } from "../network/columns";
import type { Palette } from "../palette";

export interface TieFilter {
  /** One bit per stage number; ties of a stage whose bit is 0 are hidden. */
  stages: number;
  /** The least |bond| of a visible tie. */
  minStrength: number;
}

export const ALL_STAGES = 0b111111;

const NEUTRAL_BELOW = 0.04;
const LOW_TRUST_BELOW = 0.3;
const WIDTHS = [0.7, 1.4, 2.4, 3.6] as const;
const OPACITIES = [0.38, 0.65, 0.95] as const;
export const STYLE_COUNT = 3 * 2 * 2 * WIDTHS.length * OPACITIES.length;

export function matchesFilter(columns: Columns, tie: number, filter: TieFilter): boolean {
  return (
    (filter.stages & (1 << columns.stage[tie]!)) !== 0 &&
    Math.abs(columns.bond[tie]!) >= filter.minStrength &&
    !columns.isRemoved[columns.from[tie]!] &&
    !columns.isRemoved[columns.to[tie]!]
  );
}

/** The index of the tie's style, from 0 to STYLE_COUNT - 1: colour, whether it is returned, dashes, width and opacity. */
export function styleIndex(bond: number, reverseBond: number, trust: number, contact: number): number {
  const sign = signOf(bond);
  const returned = sign !== 0 && signOf(reverseBond) === sign ? 1 : 0;
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

export interface TieStyle {
  stroke: string;
  isDashed: boolean;
  width: number;
  opacity: number;
}

export function styleOf(index: number, palette: Palette): TieStyle {
  const fine = WIDTHS.length * OPACITIES.length;
  const coarse = Math.floor(index / fine);
  const returned = (coarse >> 1) & 1;
  const colour = [palette.cold, palette.even, palette.warm][coarse >> 2]!;
  const opacity = OPACITIES[index % OPACITIES.length]!;
  return {
    stroke: colour,
    isDashed: (coarse & 1) === 1,
    width: WIDTHS[Math.floor((index % fine) / OPACITIES.length)]!,
    opacity: returned ? opacity : opacity * 0.7,
  };
}

type TieContext = Pick<
  CanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "stroke" | "setLineDash" | "strokeStyle" | "globalAlpha" | "lineWidth"
>;

/** Draws one half line per tie and returns their number. The context already has the camera's transform; `k` is its scale. */
export function drawTies(
  context: TieContext,
  columns: Columns,
  reverseBond: Float32Array,
  ties: Iterable<number>,
  palette: Palette,
  k: number,
  emphasis = 1,
): number {
  const groups: number[][] = [];
  let drawn = 0;
  for (const tie of ties) {
    const bucket = styleIndex(columns.bond[tie]!, reverseBond[tie]!, columns.trust[tie]!, columns.contact[tie]!);
    groups[bucket] ??= [];
    groups[bucket].push(tie);
    drawn++;
  }
  groups.forEach((group, bucket) => {
    const style = styleOf(bucket, palette);
    context.strokeStyle = style.stroke;
    context.globalAlpha = Math.min(1, style.opacity * emphasis);
    context.lineWidth = style.width / k;
    context.setLineDash(style.isDashed ? [4 / k, 3 / k] : []);
    context.beginPath();
    for (const tie of group) {
      const from = columns.from[tie]!;
      const to = columns.to[tie]!;
      context.moveTo(columns.x[from]!, columns.y[from]!);
      context.lineTo((columns.x[from]! + columns.x[to]!) / 2, (columns.y[from]! + columns.y[to]!) / 2);
    }
    context.stroke();
  });
  context.setLineDash([]);
  context.globalAlpha = 1;
  return drawn;
}

/** The strongest ties that match the filter and may cross the view, at most `limit`. `order` lists ties by descending
 * |bond|. */
export function visibleTies(
  columns: Columns,
  ranking: Uint32Array,
  filter: TieFilter,
  view: { left: number; top: number; right: number; bottom: number },
  limit: number,
): number[] {
  const ties: number[] = [];
  for (const tie of ranking) {
    if (ties.length >= limit) break;
    if (!matchesFilter(columns, tie, filter)) continue;
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
