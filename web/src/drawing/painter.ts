/** Paints the layer of characters: ties in the light, discs, what has just happened, rings, names; each over the one before. */

import type { Viewpoint } from "./camera/viewpoint";
import { type Beam, litTies } from "./highlight";
import { Names } from "./labels/name_labels";
import type { Crowd } from "./network/derived_network";
import type { NodeLayer } from "./nodes/node_layer";
import { drawNodes, drawRing, RING_PX } from "./nodes/nodes";
import type { News } from "./nodes/pulses";
import type { Palette } from "./palette";
import { drawTies, isShown, type Shown } from "./ties/ties";

export interface Sight {
  crowd: Crowd;
  radii: Float32Array;
  viewpoint: Viewpoint;
  beam: Beam;
  /** Who is in the light; null where all are. */
  lit: ReadonlySet<number> | null;
  news: News;
  shown: Shown;
  palette: Palette;
  isFocused: boolean;
  isStill: boolean;
  /** Whether the pointer has just come to whom it points at, and may be on its way. */
  isPassing: boolean;
}

const LIT_EMPHASIS = 1.6;

export class Painter {
  private readonly names = new Names();

  constructor(private readonly layer: NodeLayer) {}

  paint(sight: Sight): void {
    const { crowd, radii, viewpoint, palette, news, lit, isStill } = sight;
    const { pen, sprites } = this.layer;
    const now = performance.now();
    this.layer.clear();
    if (lit) this.ties(sight);
    drawNodes(pen, {
      columns: crowd.columns,
      radii,
      camera: viewpoint.camera,
      size: viewpoint.size,
      palette,
      sprites,
      lit,
      arriving: news.arriving(now),
    });
    news.paint(pen, now, isStill, radii, screenOf(sight));
    this.rings(sight);
    this.name(sight);
  }

  private ties({ crowd, viewpoint, beam, shown, palette }: Sight): void {
    const { columns, ties, back } = crowd;
    const { tx, ty, k } = viewpoint.camera;
    const { pen } = this.layer;
    pen.save();
    pen.translate(tx, ty);
    pen.scale(k, k);
    drawTies(
      pen,
      columns,
      back,
      litTies(columns, ties, beam).filter((tie) => isShown(columns, tie, shown)),
      palette,
      k,
      LIT_EMPHASIS,
    );
    pen.restore();
  }

  private rings(sight: Sight): void {
    const { selected, other, hover } = sight.beam;
    for (const index of ringed(sight)) {
      const { accent, ink, muted } = sight.palette;
      const colour = index === selected || index === other ? accent : index === hover ? muted : ink;
      drawRing(
        this.layer.pen,
        ...screenOf(sight)(index),
        sight.radii[index]! + RING_PX,
        colour,
        sight.isFocused && index === selected ? 3 : 2,
      );
    }
  }

  private name(sight: Sight): void {
    const { crowd, radii, viewpoint, palette, isPassing, beam, lit } = sight;
    const { columns, rank, telling } = crowd;
    const { size, isMoving } = viewpoint;
    const first = [beam.hover, beam.selected, beam.other, ...beam.pinned, ...beam.way];
    this.names.paint(this.layer.pen, this.layer.sprites, {
      columns,
      size,
      palette,
      radii,
      rank,
      telling,
      first,
      ringed: ringed(sight),
      lit,
      isMoving,
      isPassing,
      screen: screenOf(sight),
    });
  }
}

function ringed({ crowd, beam }: Sight): Set<number> {
  const all = [beam.selected, beam.other, beam.hover, ...beam.pinned];
  return new Set(all.filter((index) => index >= 0 && index < crowd.columns.ids.length));
}

function screenOf({ crowd: { columns }, viewpoint }: Sight): (index: number) => [number, number] {
  return (index) => viewpoint.screen(columns.x[index]!, columns.y[index]!);
}
