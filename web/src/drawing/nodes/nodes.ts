/** Characters as discs: size is contact lately, brightness is energy; who is inactive is a ring. */
import type { Camera, Size } from "../camera/camera";
import type { Columns } from "../network/columns";
import type { Palette } from "../palette";
import type { Sprites } from "./sprites";

const SMALLEST = 2.6;
const GREATEST = 9.5;
const NARROW_PX = 500;
/** How far from a disc the ring around it is. */
export const RING_PX = 3.5;

/** In px at the fitted scale; nearer it grows by the root of the zoom, so that a crowd stays legible, and a few are not lost. */
export function radiusOf(contact: number, crowd: number, zoom: number, width: number): number {
  const dense = crowd > 300 ? 0.6 : crowd < 20 ? 1.6 : 1;
  const narrow = width < NARROW_PX ? 0.72 : 1;
  const plain = Math.min(GREATEST, SMALLEST + Math.sqrt(contact) * 0.6);
  return plain * dense * narrow * Math.min(2.4, Math.max(0.7, zoom ** 0.5));
}

function energyStep(energy: number, steps: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor(energy * steps)));
}

type Pen = CanvasRenderingContext2D;

export interface Scene {
  columns: Columns;
  radii: Float32Array;
  camera: Camera;
  size: Size;
  palette: Palette;
  sprites: Sprites;
  /** Those in the light; null: all are. */
  lit: ReadonlySet<number> | null;
  /** From 0 (just arrived) to 1, of those who fade in. */
  arriving: ReadonlyMap<number, number>;
}

const FADED = 0.18;

export function drawNodes(pen: Pen, scene: Scene): void {
  const { columns, palette, lit } = scene;
  const steps = palette.energy.length;
  const groups: number[][] = Array.from({ length: steps * 4 }, () => []);
  for (let index = 0; index < columns.ids.length; index++) {
    if (columns.isGone[index] || !isInView(scene, index) || scene.arriving.has(index)) continue;
    const shade = lit && !lit.has(index) ? 1 : 0;
    groups[(energyStep(columns.energy[index]!, steps) * 2 + shade) * 2 + (columns.isActive[index] ? 0 : 1)]!.push(index);
  }
  groups.forEach((group, look) => {
    if (!group.length) return;
    pen.globalAlpha = (look >> 1) & 1 ? FADED : 1;
    stampAll(pen, scene, group, palette.energy[look >> 2]!, (look & 1) === 1);
  });
  for (const [index, share] of scene.arriving) {
    pen.globalAlpha = share;
    stampAll(pen, scene, [index], palette.accent, false);
  }
  pen.globalAlpha = 1;
}

function stampAll(
  pen: Pen,
  { columns, radii, camera, palette, sprites }: Scene,
  group: readonly number[],
  colour: string,
  isRing: boolean,
): void {
  for (const index of group) {
    const x = columns.x[index]! * camera.k + camera.tx;
    const y = columns.y[index]! * camera.k + camera.ty;
    sprites.disc(pen, radii[index]!, colour, palette.ground, isRing, x, y);
  }
}

function isInView({ columns, camera, size }: Scene, index: number): boolean {
  const x = columns.x[index]! * camera.k + camera.tx;
  const y = columns.y[index]! * camera.k + camera.ty;
  return x > -20 && y > -20 && x < size.width + 20 && y < size.height + 20;
}

export function drawRing(pen: Pen, x: number, y: number, radius: number, colour: string, width = 2): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}
