/** Paints the layer of characters, from back to front: highlighted ties, discs, pulses, rings, names. */

import type { Viewpoint } from "./camera/viewpoint";
import { type Highlight, highlightedTies } from "./highlight";
import { NameLabels } from "./labels/name_labels";
import type { DerivedNetwork } from "./network/derived_network";
import type { NodeLayer } from "./nodes/node_layer";
import { drawNodes, drawRing, RING_GAP_PX } from "./nodes/nodes";
import type { Pulses } from "./nodes/pulses";
import type { Palette } from "./palette";
import { drawTies, matchesFilter, type TieFilter } from "./ties/ties";

export interface PaintScene {
  network: DerivedNetwork;
  radii: Float32Array;
  viewpoint: Viewpoint;
  highlight: Highlight;
  /** Null if nothing is highlighted. */
  highlighted: ReadonlySet<number> | null;
  pulses: Pulses;
  filter: TieFilter;
  palette: Palette;
  isFocused: boolean;
  isStill: boolean;
  /** Whether the pointer has just reached a character and may move on. */
  isHoverSettling: boolean;
}

const HIGHLIGHT_EMPHASIS = 1.6;

export class Painter {
  private readonly labels = new NameLabels();

  constructor(private readonly layer: NodeLayer) {}

  paint(scene: PaintScene): void {
    const { network, radii, viewpoint, palette, pulses, highlighted, isStill } = scene;
    const { context, sprites } = this.layer;
    const now = performance.now();
    this.layer.clear();
    if (highlighted) this.drawTies(scene);
    drawNodes(context, {
      columns: network.columns,
      radii,
      camera: viewpoint.camera,
      size: viewpoint.size,
      palette,
      sprites,
      highlighted,
      fadeIns: pulses.fadeIns(now),
    });
    pulses.draw(context, now, isStill, radii, toScreenOf(scene));
    this.drawRings(scene);
    this.drawNames(scene);
  }

  private drawTies({ network, viewpoint, highlight, filter, palette }: PaintScene): void {
    const { columns, tiesOf, reverseBond } = network;
    const { tx, ty, k } = viewpoint.camera;
    const { context } = this.layer;
    context.save();
    context.translate(tx, ty);
    context.scale(k, k);
    drawTies(
      context,
      columns,
      reverseBond,
      highlightedTies(columns, tiesOf, highlight).filter((tie) => matchesFilter(columns, tie, filter)),
      palette,
      k,
      HIGHLIGHT_EMPHASIS,
    );
    context.restore();
  }

  private drawRings(sight: PaintScene): void {
    const { selected, other, hover } = sight.highlight;
    for (const index of charactersWithRing(sight)) {
      const { accent, ink, muted } = sight.palette;
      const colour = index === selected || index === other ? accent : index === hover ? muted : ink;
      drawRing(
        this.layer.context,
        ...toScreenOf(sight)(index),
        sight.radii[index]! + RING_GAP_PX,
        colour,
        sight.isFocused && index === selected ? 3 : 2,
      );
    }
  }

  private drawNames(sight: PaintScene): void {
    const { network, radii, viewpoint, palette, isHoverSettling, highlight, highlighted } = sight;
    const { columns, rank, notableTies } = network;
    const { size, isMoving } = viewpoint;
    const priority = [highlight.hover, highlight.selected, highlight.other, ...highlight.pinned, ...highlight.path];
    this.labels.draw(this.layer.context, this.layer.sprites, {
      columns,
      size,
      palette,
      radii,
      rank,
      notableTies,
      priority,
      ringed: charactersWithRing(sight),
      highlighted,
      isMoving,
      isHoverSettling,
      toScreen: toScreenOf(sight),
    });
  }
}

function charactersWithRing({ network, highlight }: PaintScene): Set<number> {
  const all = [highlight.selected, highlight.other, highlight.hover, ...highlight.pinned];
  return new Set(all.filter((index) => index >= 0 && index < network.columns.ids.length));
}

function toScreenOf({ network: { columns }, viewpoint }: PaintScene): (index: number) => [number, number] {
  return (index) => viewpoint.toScreen(columns.x[index]!, columns.y[index]!);
}
