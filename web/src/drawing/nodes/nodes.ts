/** Draws characters as discs: size is recent contact, brightness is energy; an inactive character is a ring. */
import type { Camera, Size } from "../camera/camera";
import type { Columns } from "../network/columns";
import type { Palette } from "../palette";
import type { Sprites } from "./sprites";

const RADIUS_MIN_PX = 2.6;
const RADIUS_MAX_PX = 9.5;
const NARROW_PX = 500;
/** The gap between a disc and the ring around it. */
export const RING_GAP_PX = 3.5;

/** The radius in px. It grows with the root of the zoom, is smaller in large networks, and larger in small ones. */
export function radiusOf(contact: number, total: number, zoom: number, width: number): number {
  const dense = total > 300 ? 0.6 : total < 20 ? 1.6 : 1;
  const narrow = width < NARROW_PX ? 0.72 : 1;
  const plain = Math.min(RADIUS_MAX_PX, RADIUS_MIN_PX + Math.sqrt(contact) * 0.6);
  return plain * dense * narrow * Math.min(2.4, Math.max(0.7, zoom ** 0.5));
}

function energyStep(energy: number, steps: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor(energy * steps)));
}

type Pen = CanvasRenderingContext2D;

export interface NodeScene {
  columns: Columns;
  radii: Float32Array;
  camera: Camera;
  size: Size;
  palette: Palette;
  sprites: Sprites;
  /** Null if nothing is highlighted. */
  highlighted: ReadonlySet<number> | null;
  /** The progress of characters that fade in, from 0 to 1. */
  fadeIns: ReadonlyMap<number, number>;
}

const FADED_OPACITY = 0.18;

export function drawNodes(context: Pen, scene: NodeScene): void {
  const { columns, palette, highlighted } = scene;
  const steps = palette.energy.length;
  const groups: number[][] = Array.from({ length: steps * 4 }, () => []);
  for (let index = 0; index < columns.ids.length; index++) {
    if (columns.isRemoved[index] || !isInView(scene, index) || scene.fadeIns.has(index)) continue;
    const shade = highlighted && !highlighted.has(index) ? 1 : 0;
    groups[(energyStep(columns.energy[index]!, steps) * 2 + shade) * 2 + (columns.isActive[index] ? 0 : 1)]!.push(index);
  }
  groups.forEach((group, style) => {
    if (!group.length) return;
    context.globalAlpha = (style >> 1) & 1 ? FADED_OPACITY : 1;
    drawDiscs(context, scene, group, palette.energy[style >> 2]!, (style & 1) === 1);
  });
  for (const [index, share] of scene.fadeIns) {
    context.globalAlpha = share;
    drawDiscs(context, scene, [index], palette.accent, false);
  }
  context.globalAlpha = 1;
}

function drawDiscs(
  context: Pen,
  { columns, radii, camera, palette, sprites }: NodeScene,
  group: readonly number[],
  colour: string,
  isRing: boolean,
): void {
  for (const index of group) {
    const x = columns.x[index]! * camera.k + camera.tx;
    const y = columns.y[index]! * camera.k + camera.ty;
    sprites.drawDisc(context, radii[index]!, colour, palette.ground, isRing, x, y);
  }
}

function isInView({ columns, camera, size }: NodeScene, index: number): boolean {
  const x = columns.x[index]! * camera.k + camera.tx;
  const y = columns.y[index]! * camera.k + camera.ty;
  return x > -20 && y > -20 && x < size.width + 20 && y < size.height + 20;
}

export function drawRing(context: Pen, x: number, y: number, radius: number, colour: string, width = 2): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
