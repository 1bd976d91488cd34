/** The names in the picture: by rank, where they fit. While the camera moves they move with their marks and are placed again
 * a few times a second. */
import type { Size } from "../camera/camera";
import type { Columns } from "../network/columns";
import type { NotableTie } from "../network/notable_ties";
import { RING_GAP_PX } from "../nodes/nodes";
import { NAME_FONT, type Sprites } from "../nodes/sprites";
import type { Palette } from "../palette";
import { type Candidate, type Disc, type Label, placeLabels } from "./placement";

export interface LabelScene {
  columns: Columns;
  size: Size;
  palette: Palette;
  radii: Float32Array;
  /** Characters by descending rank, and the ties that are labelled while nothing is highlighted. */
  rank: Uint32Array;
  notableTies: readonly NotableTie[];
  /** Characters to label before all others, -1 for none; the first two are drawn in full colour. */
  priority: readonly number[];
  ringed: ReadonlySet<number>;
  highlighted: ReadonlySet<number> | null;
  isMoving: boolean;
  /** Whether the pointer has just reached a character. Only `priority` is labelled then. */
  isHoverSettling: boolean;
  toScreen: (index: number) => [number, number];
}

const LABELS_MAX = 60;
const AREA_PER_LABEL_PX = 12_000;
const PLACEMENT_INTERVAL_MS = 200;
/** The number of largest discs that labels must not cover. */
const FREE_DISCS_MAX = 150;
/** The number of characters that are labelled before notable ties. */
const CHARACTERS_BEFORE_TIES = 5;
const TIE_SLACK_PX = 48;

export class NameLabels {
  private labels: (Label & { colour: string })[] = [];
  private placedAt = -Infinity;
  private readonly widths = new Map<string, number>();

  draw(context: CanvasRenderingContext2D, sprites: Sprites, scene: LabelScene): void {
    const now = performance.now();
    if (!scene.isMoving || scene.highlighted || now - this.placedAt > PLACEMENT_INTERVAL_MS) {
      this.placedAt = now;
      this.labels = this.place(context, scene);
    }
    for (const { index, text, width, colour, x, y } of this.labels) {
      const [left, top] = anchor(scene, index);
      sprites.drawName(context, text, width, colour, scene.palette.ground, left + x, top + y);
    }
  }

  /** Places the labels; x and y of each are relative to its anchor. */
  private place(context: CanvasRenderingContext2D, scene: LabelScene): (Label & { colour: string })[] {
    context.font = NAME_FONT;
    const capacity = Math.min(LABELS_MAX, Math.round((scene.size.width * scene.size.height) / AREA_PER_LABEL_PX));
    const limit = scene.isHoverSettling && scene.highlighted ? scene.priority.filter((index) => index >= 0).length : capacity;
    const tieLabels = scene.highlighted
      ? []
      : scene.notableTies.map(({ text }, place) => tieCandidate(scene, text, -1 - place));
    const characterLabels = [...candidates(scene)];
    return placeLabels(
      [...characterLabels.slice(0, CHARACTERS_BEFORE_TIES), ...tieLabels, ...characterLabels.slice(CHARACTERS_BEFORE_TIES)],
      (text) => this.widthOf(context, text),
      scene.size,
      limit,
      discs(scene),
    ).map((label) => {
      const [left, top] = anchor(scene, label.index);
      return { ...label, x: label.x - left, y: label.y - top, colour: colourOf(scene, label.index) };
    });
  }

  private widthOf(context: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      width = context.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }
}

/** The point that a label belongs to: a character, or the middle of a tie. An index below 0 is a notable tie: -1 is the
 * first. */
function anchor({ columns, notableTies, toScreen }: LabelScene, index: number): [number, number] {
  if (index >= 0) return toScreen(index);
  const { tie } = notableTies[-1 - index]!;
  const [ax, ay] = toScreen(columns.from[tie]!);
  const [bx, by] = toScreen(columns.to[tie]!);
  return [(ax + bx) / 2, (ay + by) / 2];
}

function colourOf({ columns, notableTies, palette, priority }: LabelScene, index: number): string {
  if (index < 0) return columns.bond[notableTies[-1 - index]!.tie]! < 0 ? palette.cold : palette.warm;
  return priority.indexOf(index) >= 0 && priority.indexOf(index) < 2 ? palette.ink : palette.muted;
}

function tieCandidate(scene: LabelScene, text: string, index: number): Candidate {
  const [x, y] = anchor(scene, index);
  return { index, text, x, y, radius: 6, slack: TIE_SLACK_PX };
}

function discs({ columns, radii, rank, ringed, highlighted, toScreen }: LabelScene): Disc[] {
  const free = [...rank.subarray(0, FREE_DISCS_MAX)].filter(
    (index) => !columns.isRemoved[index] && (!highlighted || highlighted.has(index)),
  );
  return free.map((index) => {
    const [x, y] = toScreen(index);
    return { x, y, radius: radii[index]! + (ringed.has(index) ? RING_GAP_PX : 0) };
  });
}

function* candidates({
  columns,
  size,
  radii,
  rank,
  priority,
  ringed,
  highlighted,
  toScreen,
}: LabelScene): Generator<Candidate> {
  const seen = new Set<number>();
  for (const index of [...priority, ...rank]) {
    if (
      index < 0 ||
      index >= columns.ids.length ||
      seen.has(index) ||
      columns.isRemoved[index] ||
      (highlighted && !highlighted.has(index))
    )
      continue;
    seen.add(index);
    const [x, y] = toScreen(index);
    if (x < -50 || y < -20 || x > size.width + 50 || y > size.height + 20) continue;
    yield {
      index,
      text: columns.names[index]!,
      x,
      y,
      radius: radii[index]! + (ringed.has(index) ? RING_GAP_PX : 0),
      isRequired: priority.includes(index),
    };
  }
}
