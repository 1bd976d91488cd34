/** The camera of the picture: its movements, its transitions, and the moment when it rests. */

import type { Columns } from "../network/columns";
import { boundsOf, boundsWithoutOutliers } from "./bounds";
import {
  type Bounds,
  type Camera,
  centreCamera,
  easeOut,
  fitCamera,
  formatCamera,
  interpolateCamera,
  parseCamera,
  type Size,
  translateCamera,
  zoomCamera,
} from "./camera";

const TRANSITION_MS = 180;
const REST_MS = 250;
const EDGE_PX = 20;
const FIT_MARGIN_PX = 40;

export class Viewpoint {
  size: Size = { width: 0, height: 0 };
  camera: Camera = { k: 1, tx: 0, ty: 0 };
  /** The scale at which all characters fit the stage. */
  fitScale = 1;
  isMoving = false;
  private transition: { from: Camera; to: Camera; began: number } | null = null;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly onMove: () => void,
    /** Called when the camera rests, with its text for the address. */
    private readonly onRest: (camera: string) => void,
  ) {}

  dispose(): void {
    clearTimeout(this.restTimer);
  }

  /** Sets the first camera: the saved one, else one that fits all but outliers, which would make the rest too small. */
  initialize(columns: Columns, savedCamera: string): void {
    this.fitScale = this.fitBounds(boundsOf(columns)).k;
    this.camera =
      (savedCamera && parseCamera(savedCamera, this.size, this.fitScale)) || this.fitBounds(boundsWithoutOutliers(columns));
  }

  /** Keeps the middle of the view in the middle. */
  resize(size: Size, columns: Columns): void {
    this.camera = translateCamera(this.camera, (size.width - this.size.width) / 2, (size.height - this.size.height) / 2);
    this.size = size;
    this.fitScale = this.fitBounds(boundsOf(columns)).k;
  }

  pan(dx: number, dy: number): void {
    this.jumpTo(translateCamera(this.camera, dx, dy));
  }

  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.jumpTo(zoomCamera(this.camera, factor, x, y, this.fitScale));
  }

  centreOn(x: number, y: number): void {
    this.jumpTo(centreCamera(x, y, this.camera.k, this.size));
  }

  fitAll(columns: Columns, isInstant: boolean): void {
    this.moveTo(this.fitBounds(boundsOf(columns)), isInstant);
  }

  /** Centres one character at the present scale, or fits several. */
  fitTo(columns: Columns, indexes: readonly number[], isStill: boolean): void {
    const [first] = indexes;
    if (first === undefined) return;
    if (indexes.length === 1)
      this.moveTo(centreCamera(columns.x[first]!, columns.y[first]!, this.camera.k, this.size), isStill);
    else this.moveTo(this.fitBounds(boundsOf(columns, indexes), FIT_MARGIN_PX), isStill);
  }

  /** Advances the transition, if there is one. */
  advance(now: number): void {
    if (!this.transition) return;
    const share = Math.min(1, (now - this.transition.began) / TRANSITION_MS);
    this.camera = interpolateCamera(this.transition.from, this.transition.to, easeOut(share), this.size);
    if (share >= 1) this.transition = null;
    this.reportMove();
  }

  /** The position of a point of the plane on the stage, in px. */
  toScreen(x: number, y: number): [number, number] {
    return [x * this.camera.k + this.camera.tx, y * this.camera.k + this.camera.ty];
  }

  contains(x: number, y: number): boolean {
    const [left, top] = this.toScreen(x, y);
    return left > EDGE_PX && top > EDGE_PX && left < this.size.width - EDGE_PX && top < this.size.height - EDGE_PX;
  }

  /** The visible part of the plane. */
  visibleBounds(): Bounds {
    const { k, tx, ty } = this.camera;
    return { left: -tx / k, top: -ty / k, right: (this.size.width - tx) / k, bottom: (this.size.height - ty) / k };
  }

  private fitBounds(bounds: Bounds, more = 0): Camera {
    return fitCamera(bounds, this.size, (this.size.width < 500 ? 28 : 56) + more);
  }

  private moveTo(to: Camera, isStill: boolean): void {
    if (isStill) this.jumpTo(to);
    else {
      this.transition = { from: this.camera, to, began: performance.now() };
      this.onMove();
    }
  }

  private jumpTo(camera: Camera): void {
    this.transition = null;
    this.camera = camera;
    this.reportMove();
  }

  private reportMove(): void {
    this.isMoving = true;
    this.onMove();
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.isMoving = false;
      this.onRest(formatCamera(this.camera, this.size, this.fitScale));
    }, REST_MS);
  }
}
