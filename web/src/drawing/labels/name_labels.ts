/** The names on the picture: by rank, where they fit. While all moves they only move along, and are placed anew a few times a second. */
import type { Size } from "../camera/camera";
import type { Columns } from "../network/columns";
import type { Telling } from "../network/notable_ties";
import { RING_PX } from "../nodes/nodes";
import { NAME_FONT, type Sprites } from "../nodes/sprites";
import type { Palette } from "../palette";
import { type Candidate, type Disc, type Label, placed } from "./placement";

export interface Named {
  columns: Columns;
  size: Size;
  palette: Palette;
  radii: Float32Array;
  /** Characters by falling rank, and the ties that are told when nobody is in the light. */
  rank: Uint32Array;
  telling: readonly Telling[];
  /** Whom to name before all others; the first of them stand out. */
  first: readonly number[];
  ringed: ReadonlySet<number>;
  lit: ReadonlySet<number> | null;
  isMoving: boolean;
  /** Whether the pointer is on its way: then only those are named who come before all others. */
  isPassing: boolean;
  screen: (index: number) => [number, number];
}

const MOST_NAMES = 60;
const PX_PER_NAME = 12_000;
const RENAME_MS = 200;
/** So many of the greatest discs are kept free of names. */
const MOST_FREE = 150;
/** So many of the greatest are named before the ties that are told. */
const GREATEST = 5;
const TIE_LEEWAY_PX = 48;

export class Names {
  private labels: (Label & { colour: string })[] = [];
  private placedAt = -Infinity;
  private readonly widths = new Map<string, number>();

  paint(pen: CanvasRenderingContext2D, sprites: Sprites, scene: Named): void {
    const now = performance.now();
    if (!scene.isMoving || scene.lit || now - this.placedAt > RENAME_MS) {
      this.placedAt = now;
      this.labels = this.place(pen, scene);
    }
    for (const { index, text, width, colour, x, y } of this.labels) {
      const [left, top] = anchor(scene, index);
      sprites.name(pen, text, width, colour, scene.palette.ground, left + x, top + y);
    }
  }

  /** Each label by how far it is from what it belongs to. */
  private place(pen: CanvasRenderingContext2D, scene: Named): (Label & { colour: string })[] {
    pen.font = NAME_FONT;
    const room = Math.min(MOST_NAMES, Math.round((scene.size.width * scene.size.height) / PX_PER_NAME));
    const most = scene.isPassing && scene.lit ? scene.first.filter((index) => index >= 0).length : room;
    const told = scene.lit ? [] : scene.telling.map(({ text }, place) => tieCandidate(scene, text, -1 - place));
    const people = [...candidates(scene)];
    return placed(
      [...people.slice(0, GREATEST), ...told, ...people.slice(GREATEST)],
      (text) => this.widthOf(pen, text),
      scene.size,
      most,
      discs(scene),
    ).map((label) => {
      const [left, top] = anchor(scene, label.index);
      return { ...label, x: label.x - left, y: label.y - top, colour: colourOf(scene, label.index) };
    });
  }

  private widthOf(pen: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      width = pen.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }
}

/** What a name belongs to: a mark, or the middle of a tie. Negative indexes are of ties that are told. */
function anchor({ columns, telling, screen }: Named, index: number): [number, number] {
  if (index >= 0) return screen(index);
  const { tie } = telling[-1 - index]!;
  const [ax, ay] = screen(columns.from[tie]!);
  const [bx, by] = screen(columns.to[tie]!);
  return [(ax + bx) / 2, (ay + by) / 2];
}

function colourOf({ columns, telling, palette, first }: Named, index: number): string {
  if (index < 0) return columns.bond[telling[-1 - index]!.tie]! < 0 ? palette.cold : palette.warm;
  return first.indexOf(index) >= 0 && first.indexOf(index) < 2 ? palette.ink : palette.muted;
}

function tieCandidate(scene: Named, text: string, index: number): Candidate {
  const [x, y] = anchor(scene, index);
  return { index, text, x, y, radius: 6, leeway: TIE_LEEWAY_PX };
}

function discs({ columns, radii, rank, ringed, lit, screen }: Named): Disc[] {
  const free = [...rank.subarray(0, MOST_FREE)].filter((index) => !columns.isGone[index] && (!lit || lit.has(index)));
  return free.map((index) => {
    const [x, y] = screen(index);
    return { x, y, radius: radii[index]! + (ringed.has(index) ? RING_PX : 0) };
  });
}

function* candidates({ columns, size, radii, rank, first, ringed, lit, screen }: Named): Generator<Candidate> {
  const seen = new Set<number>();
  for (const index of [...first, ...rank]) {
    if (index < 0 || index >= columns.ids.length || seen.has(index) || columns.isGone[index] || (lit && !lit.has(index)))
      continue;
    seen.add(index);
    const [x, y] = screen(index);
    if (x < -50 || y < -20 || x > size.width + 50 || y > size.height + 20) continue;
    yield {
      index,
      text: columns.names[index]!,
      x,
      y,
      radius: radii[index]! + (ringed.has(index) ? RING_PX : 0),
      isNeeded: first.includes(index),
    };
  }
}
