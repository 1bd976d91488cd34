/** Where the picture is looked at from: the camera, how it is moved and glides, and when it has come to rest. */

import type { Columns } from "../network/columns";
import { boundsOf, crowdBounds } from "./bounds";
import { type Bounds, between, type Camera, centred, eased, fitted, moved, read, type Size, written, zoomed } from "./camera";

const GLIDE_MS = 180;
const REST_MS = 250;
const EDGE_PX = 20;
const CIRCLE_PX = 40;

export class Viewpoint {
  size: Size = { width: 0, height: 0 };
  camera: Camera = { k: 1, tx: 0, ty: 0 };
  /** The scale at which all is fitted. */
  unit = 1;
  isMoving = false;
  private glide: { from: Camera; to: Camera; began: number } | null = null;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly onMove: () => void,
    /** The camera rests: its place for the address. */
    private readonly onRest: (camera: string) => void,
  ) {}

  dispose(): void {
    clearTimeout(this.restTimer);
  }

  /** The first camera: as the address wishes, else on nearly all: a few far out would make everybody else small. */
  place(columns: Columns, wish: string): void {
    this.unit = this.fitted(boundsOf(columns)).k;
    this.camera = (wish && read(wish, this.size, this.unit)) || this.fitted(crowdBounds(columns));
  }

  /** What is in the middle stays there. */
  resize(size: Size, columns: Columns): void {
    this.camera = moved(this.camera, (size.width - this.size.width) / 2, (size.height - this.size.height) / 2);
    this.size = size;
    this.unit = this.fitted(boundsOf(columns)).k;
  }

  pan(dx: number, dy: number): void {
    this.go(moved(this.camera, dx, dy));
  }

  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.go(zoomed(this.camera, factor, x, y, this.unit));
  }

  centreOn(x: number, y: number): void {
    this.go(centred(x, y, this.camera.k, this.size));
  }

  fit(columns: Columns, isStill: boolean): void {
    this.head(this.fitted(boundsOf(columns)), isStill);
  }

  /** Brings characters into the middle: one at its present scale, several all in view. */
  frameOn(columns: Columns, indexes: readonly number[], isStill: boolean): void {
    const [first] = indexes;
    if (first === undefined) return;
    if (indexes.length === 1) this.head(centred(columns.x[first]!, columns.y[first]!, this.camera.k, this.size), isStill);
    else this.head(this.fitted(boundsOf(columns, indexes), CIRCLE_PX), isStill);
  }

  /** A step of the glide, if there is one. */
  advance(now: number): void {
    if (!this.glide) return;
    const share = Math.min(1, (now - this.glide.began) / GLIDE_MS);
    this.camera = between(this.glide.from, this.glide.to, eased(share), this.size);
    if (share >= 1) this.glide = null;
    this.moved();
  }

  /** Where a place of the plane is on the stage, in px. */
  screen(x: number, y: number): [number, number] {
    return [x * this.camera.k + this.camera.tx, y * this.camera.k + this.camera.ty];
  }

  holds(x: number, y: number): boolean {
    const [left, top] = this.screen(x, y);
    return left > EDGE_PX && top > EDGE_PX && left < this.size.width - EDGE_PX && top < this.size.height - EDGE_PX;
  }

  /** What part of the plane is in view. */
  bounds(): Bounds {
    const { k, tx, ty } = this.camera;
    return { left: -tx / k, top: -ty / k, right: (this.size.width - tx) / k, bottom: (this.size.height - ty) / k };
  }

  private fitted(bounds: Bounds, more = 0): Camera {
    return fitted(bounds, this.size, (this.size.width < 500 ? 28 : 56) + more);
  }

  private head(to: Camera, isStill: boolean): void {
    if (isStill) this.go(to);
    else {
      this.glide = { from: this.camera, to, began: performance.now() };
      this.onMove();
    }
  }

  private go(camera: Camera): void {
    this.glide = null;
    this.camera = camera;
    this.moved();
  }

  private moved(): void {
    this.isMoving = true;
    this.onMove();
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.isMoving = false;
      this.onRest(written(this.camera, this.size, this.unit));
    }, REST_MS);
  }
}
